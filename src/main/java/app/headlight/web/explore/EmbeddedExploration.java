package app.headlight.web.explore;

import app.headlight.web.page.MissingModel;
import app.headlight.web.page.ModelWarnings;
import app.headlight.web.view.Address;
import app.headlight.web.view.Decoded;
import app.headlight.web.view.ExploreAddress;
import app.headlight.web.view.ViewState;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** The tokens and the attention of a sentence, for a page within another page: what is picked stays inside. */
public class EmbeddedExploration extends Div {

    private final transient Explorer explorer;
    private final transient Consumer<String> address;
    private final ModelWarnings warnings = new ModelWarnings();
    private final Div notices = new Div();
    private final MissingModel missing = new MissingModel();
    private final TokenPanel tokens = new TokenPanel(this::change);
    private final AttentionPanel attention = new AttentionPanel(this::change);
    private ViewState state = ViewState.FIRST;

    /** @param address told where Explore shows what is shown here, whenever that changes */
    public EmbeddedExploration(Explorer explorer, Consumer<String> address) {
        this.explorer = explorer;
        this.address = address;
        addClassName("hl-embedded");
        notices.addClassName("hl-notices");
        notices.getElement().setAttribute("role", "status");
        add(missing, warnings, notices, tokens.component(), attention);
    }

    /** @param asked what does not fit the model is replaced, and said */
    public void show(Decoded asked) {
        Optional<Exploration> found = explorer.open(asked);
        notices.removeAll();
        missing.setVisible(false);
        setClassName("hl-missing", found.isEmpty());
        if (found.isEmpty()) {
            missing.show(asked.state().model(), explorer.models(), model -> "embed?model=" + Address.escaped(model));
            return;
        }
        Exploration exploration = found.get();
        exploration.notices().forEach(this::notice);
        state = exploration.state();
        warnings.show(exploration.model().stored());
        tokens.show(exploration);
        attention.show(exploration);
        address.accept(ExploreAddress.of(state));
    }

    private void change(UnaryOperator<ViewState> edit, List<String> said) {
        show(new Decoded(edit.apply(state).withPresentWeights(), said));
    }

    private void notice(String text) {
        Paragraph notice = new Paragraph(text);
        notice.addClassName("hl-notice");
        notices.add(notice);
    }
}
