package app.headlight.web.runs;

import app.headlight.engine.tensor.Matrix;
import app.headlight.engine.transformer.HeadId;
import app.headlight.web.component.AttentionView;
import app.headlight.web.component.AttentionView.Attention;
import app.headlight.web.component.AttentionView.HeadPattern;
import app.headlight.web.component.Float32;
import app.headlight.web.component.Term;
import app.headlight.web.explore.attention.AttentionChoices;
import app.headlight.web.explore.shown.Choice;
import app.headlight.web.explore.shown.StateChange;
import app.headlight.web.panels.Panel;
import app.headlight.web.view.AttentionState;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import java.util.List;
import java.util.stream.Collectors;

/** What the selected heads of a run attend to. */
class RunAttention extends Div implements Panel<ShownRun> {

    private final AttentionView view = new AttentionView();
    private final Span title = new Span();

    RunAttention(StateChange change) {
        addClassNames("hl-panel", "hl-attention");
        view.setId("attention-view");
        view.setFixed();
        title.addClassName("hl-attention-title");
        title.getElement().setAttribute("slot", "title");
        view.add(title);
        AttentionChoices.listen(view, change);
        add(view);
    }

    @Override
    public void show(ShownRun shown) {
        title.removeAll();
        title.add(new Span(names(shown.state().heads())), new Term("attention", "attention"));
        draw(view, shown, shown.state().heads());
    }

    private static String names(List<HeadId> heads) {
        return heads.stream().map(HeadId::toString).collect(Collectors.joining(", "));
    }

    /** Draws some heads as the state says. */
    static void draw(AttentionView view, ShownRun shown, List<HeadId> heads) {
        view.show(List.of(shown.key(), heads), () -> attention(shown, heads));
        AttentionState drawn = shown.state().attention();
        view.setView(Choice.name(drawn.view()), Choice.name(drawn.weighting()), drawn.threshold());
        view.select(shown.state().destination(), shown.state().source());
        view.setWithout(drawn.without());
    }

    private static Attention attention(ShownRun shown, List<HeadId> heads) {
        boolean whole = !shown.run().isCausal();
        return new Attention(
                shown.stored().name() + " " + names(heads),
                shown.labels(),
                "",
                heads.stream()
                        .map(head ->
                                shown.measured("attention picture", List.of(head), () -> pattern(shown, head, whole)))
                        .toList(),
                false,
                whole,
                "‖v‖");
    }

    private static HeadPattern pattern(ShownRun shown, HeadId head, boolean whole) {
        Matrix pattern = shown.run().pattern(head);
        return new HeadPattern(
                head.toString(),
                whole ? Float32.base64(pattern) : Float32.lowerTriangle(pattern),
                shown.hasValues() ? Float32.base64(shown.values(head).toArray()) : null,
                null,
                null);
    }
}
