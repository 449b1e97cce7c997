package app.headlight.web.circuits;

import app.headlight.services.models.OpenModel;
import app.headlight.web.page.LongWork;
import app.headlight.web.page.MissingModel;
import app.headlight.web.page.ModelWarnings;
import app.headlight.web.view.Address;
import app.headlight.web.view.Parameter;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * The heads of a model with their scores, or their composition, embedded in another page; selections stay inside.
 * {@code part=heads} or {@code part=composition} says which; without it, composition where an edge is selected.
 */
public class EmbeddedCircuits extends Div {

    /** Which panel is shown. */
    private enum Part {
        CHOSEN,
        HEADS,
        COMPOSITION
    }

    private static final Parameter<Part> PART = Parameter.choice("part", Part.CHOSEN);

    private final transient Inspector inspector;
    private final transient Consumer<String> address;
    private final ModelWarnings warnings = new ModelWarnings();
    private final Div notices = new Div();
    private final MissingModel missing = new MissingModel();
    private final LongWork work = new LongWork();
    private final HeadsPanel heads = new HeadsPanel(head -> change(now -> now.withHead(head)));
    private final CompositionPanel composition = new CompositionPanel(this::change);
    private transient CircuitsState state = CircuitsState.FIRST;

    /** @param address told where the page of circuits shows what is shown here, whenever that changes */
    public EmbeddedCircuits(Inspector inspector, Consumer<String> address) {
        this.inspector = inspector;
        this.address = address;
        addClassNames("hl-embedded", "hl-circuits-page");
        notices.addClassName("hl-notices");
        notices.getElement().setAttribute("role", "status");
        add(missing, warnings, notices, work, heads, composition);
    }

    /** @param parameters of the address; what does not fit the model is replaced, and said */
    public void show(Map<String, String> parameters) {
        CircuitsState asked = CircuitsState.of(parameters).readable();
        boolean composed = switch (PART.in(parameters, unreadable -> {})) {
            case CHOSEN ->
                !asked.get(CircuitsState.EDGE).isEmpty()
                        || asked.get(CircuitsState.DRAWN) != CompositionMatrix.Drawn.GRAPH;
            case HEADS -> false;
            case COMPOSITION -> true;
        };
        heads.setVisible(!composed);
        composition.setVisible(composed);
        show(asked);
    }

    private void show(CircuitsState asked) {
        notices.removeAll();
        Optional<OpenModel> model = inspector.model(asked);
        missing.setVisible(false);
        setClassName("hl-missing", model.isEmpty());
        if (model.isEmpty()) {
            missing.show(
                    asked.get(CircuitsState.MODEL),
                    inspector.models(),
                    other -> "embed?page=circuits&model=" + Address.escaped(other));
            return;
        }
        inspector.check(asked, model.get(), this::notice);
        warnings.show(model.get().stored());
        work.await(
                inspector.circuits(model.get()),
                "Computing the circuits of " + model.get().name(),
                known -> {
                    Inspection inspection = inspector.inspect(model.get(), known, asked, this::notice);
                    state = inspection.state();
                    if (heads.isVisible()) {
                        heads.show(inspection);
                    } else {
                        composition.show(inspection);
                    }
                    address.accept(state.address());
                });
    }

    private void change(UnaryOperator<CircuitsState> edit) {
        show(edit.apply(state.with(CircuitsState.WEIGHTS, "")));
    }

    private void notice(String text) {
        Paragraph notice = new Paragraph(text);
        notice.addClassName("hl-notice");
        notices.add(notice);
    }
}
