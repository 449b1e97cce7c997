package app.headlight.web.explore.attention;

import app.headlight.engine.transformer.HeadId;
import app.headlight.services.edits.AskedEdit;
import app.headlight.web.component.AttentionView;
import app.headlight.web.component.Term;
import app.headlight.web.explore.edits.EditMarks;
import app.headlight.web.explore.edits.EditMenu;
import app.headlight.web.explore.shown.Exploration;
import app.headlight.web.explore.shown.ShownHead;
import app.headlight.web.explore.shown.StateChange;
import app.headlight.web.panels.Panel;
import app.headlight.web.view.ViewState;
import com.vaadin.flow.component.Text;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import java.util.List;

/** The panel of attention: what the selected heads attend to. */
public class AttentionPanel extends Div implements Panel<Exploration> {

    private final AttentionView view = new AttentionView();
    private final Span title = new Span();
    private final EditMenu menu;

    public AttentionPanel(StateChange change) {
        addClassNames("hl-panel", "hl-attention");
        view.setId("attention-view");
        title.addClassName("hl-attention-title");
        title.getElement().setAttribute("slot", "title");
        view.add(title);
        AttentionChoices.listen(view, change);
        view.addLineCutListener(event -> change.to(
                state -> state.heads().isEmpty() || !state.virtual().isEmpty() // which has no lines of its own
                        ? state
                        : cut(state, state.heads().getFirst(), event.destination(), event.sourceToken())));
        menu = new EditMenu(view, change);
        add(view);
    }

    @Override
    public void show(Exploration exploration) {
        List<ShownHead> heads = exploration.shownHeads();
        EditMarks marks = EditMarks.of(exploration);
        Span all = new Span();
        for (ShownHead head : heads) {
            Span name = new Span(head.name());
            name.setClassName("hl-off", marks.off().contains(head.name()));
            all.add(new Text(all.getChildren().findAny().isEmpty() ? "" : ", "), name);
        }
        title.removeAll();
        title.add(all, new Term("attention", heads.isEmpty() ? "Attention" : "attention"));
        AttentionDrawing.show(view, exploration, marks);
        menu.show(exploration);
    }

    /** A head's line is cut, or whole again. */
    static ViewState cut(ViewState state, HeadId head, int destination, int source) {
        return state.withLine(destination, source)
                .withEdits(state.edits().toggled(AskedEdit.cut(head, destination, source, false)));
    }
}
