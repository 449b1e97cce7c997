package app.headlight.web.runs;

import app.headlight.engine.transformer.HeadId;
import app.headlight.web.component.AttentionView;
import app.headlight.web.component.Segmented;
import app.headlight.web.explore.attention.SideBySideTab;
import app.headlight.web.explore.shown.Choice;
import app.headlight.web.explore.shown.StateChange;
import app.headlight.web.panels.Panel;
import app.headlight.web.view.AttentionState.Beside;
import app.headlight.web.view.ViewState;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import java.util.ArrayList;
import java.util.List;

/** The heads of a run side by side: the selected ones, those of a layer, or all. */
class RunBeside extends Div implements Panel<ShownRun> {

    private final transient StateChange change;
    private final Segmented which = SideBySideTab.choice();
    private final Paragraph words = new Paragraph();
    private final Div pictures = new Div();
    private final List<Picture> made = new ArrayList<>();

    RunBeside(StateChange change) {
        this.change = change;
        addClassNames("hl-tab", "hl-tab-picked");
        which.addChoiceListener(event -> change.to(
                state -> state.withAttention(state.attention().withBeside(Choice.of(Beside.class, event.value())))));
        words.addClassName("hl-muted");
        pictures.addClassName("hl-side-by-side");
        add(which, words, pictures);
    }

    /** One head's. */
    private final class Picture extends Div {

        private final AttentionView view = new AttentionView();
        private final Span name = new Span();
        private transient HeadId head = new HeadId(0, 0);

        Picture() {
            addClassName("hl-one-head");
            name.getElement().setAttribute("slot", "title");
            view.setCompact();
            view.setFixed();
            view.add(name);
            view.addLineSelectListener(event -> change.to(state -> state.withHeads(first(state))
                    .withLine(event.destination(), event.sourceToken() < 0 ? ViewState.UNSET : event.sourceToken())));
            view.addWithoutChangeListener(event ->
                    change.to(state -> state.withAttention(state.attention().withWithout(event.without()))));
            view.addClearSelectionListener(event -> change.to(state -> state.withLine(ViewState.NONE, ViewState.NONE)));
            add(view);
        }

        private List<HeadId> first(ViewState state) {
            return SideBySideTab.first(state, head).heads();
        }

        void show(ShownRun shown, HeadId other) {
            head = other;
            view.setId("beside-" + other);
            name.setText(other.toString());
            setClassName("hl-selected", shown.state().heads().contains(other));
            RunAttention.draw(view, shown, List.of(other));
        }
    }

    @Override
    public void show(ShownRun shown) {
        Beside beside = shown.state().attention().beside();
        which.setValue(Choice.name(beside));
        List<HeadId> wanted = wanted(shown, beside);
        List<HeadId> heads = SideBySideTab.some(
                wanted, shown.head(), shown.run().nHeads(), shown.run().length());
        words.setText(SideBySideTab.words(heads, wanted.size(), shown.state().attention()));
        while (made.size() > heads.size()) {
            pictures.remove(made.removeLast());
        }
        while (made.size() < heads.size()) {
            Picture picture = new Picture();
            made.add(picture);
            pictures.add(picture);
        }
        pictures.getStyle().set("--hl-tokens", Integer.toString(shown.run().length()));
        for (int i = 0; i < heads.size(); i++) {
            made.get(i).show(shown, heads.get(i));
        }
    }

    private static List<HeadId> wanted(ShownRun shown, Beside beside) {
        return beside == Beside.SELECTED
                ? shown.state().heads()
                : shown.run().heads().stream()
                        .filter(head -> beside == Beside.ALL
                                || head.layer() == shown.head().layer())
                        .toList();
    }
}
