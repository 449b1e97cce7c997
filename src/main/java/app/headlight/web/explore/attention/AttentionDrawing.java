package app.headlight.web.explore.attention;

import app.headlight.engine.transformer.Run;
import app.headlight.engine.transformer.Transformer;
import app.headlight.web.component.AttentionView;
import app.headlight.web.component.AttentionView.Attention;
import app.headlight.web.component.AttentionView.HeadPattern;
import app.headlight.web.component.Float32;
import app.headlight.web.explore.edits.EditMarks;
import app.headlight.web.explore.shown.Choice;
import app.headlight.web.explore.shown.Exploration;
import app.headlight.web.explore.shown.ShownHead;
import app.headlight.web.python.AttentionPython;
import app.headlight.web.view.AttentionState;
import app.headlight.web.view.AttentionState.Weighting;
import app.headlight.web.words.Quantity;
import java.util.ArrayList;
import java.util.List;

/** Draws the attention of an exploration's heads. */
final class AttentionDrawing {

    private AttentionDrawing() {}

    /** Shows the heads of an exploration in a picture, drawn as its state says. */
    static void show(AttentionView view, Exploration exploration, EditMarks marks) {
        List<ShownHead> heads = exploration.shownHeads();
        view.show(List.of(exploration.sentenceKey(), names(heads)), () -> attention(exploration, heads));
        AttentionState drawn = exploration.state().attention();
        if (drawn.weighting() == Weighting.GRADIENT && !heads.isEmpty() && !exploration.isEmpty()) {
            view.showGradient(GradientOfPattern.key(exploration), () -> GradientOfPattern.of(exploration));
        } else {
            view.showNoGradient();
        }
        view.setView(Choice.name(drawn.view()), Choice.name(drawn.weighting()), drawn.threshold());
        view.select(exploration.state().destination(), exploration.state().source());
        view.setWithout(drawn.without());
        view.setEdited(marks.cuts(heads));
        view.setPython(exploration.python(run -> AttentionPython.of(
                run,
                heads.stream().map(ShownHead::heads).toList(),
                drawn,
                drawn.weighting() == Weighting.GRADIENT ? GradientOfPattern.inPython(exploration) : null)));
    }

    private static String names(List<ShownHead> heads) {
        return String.join(", ", heads.stream().map(ShownHead::name).toList());
    }

    private static HeadPattern pattern(Exploration exploration, ShownHead head) {
        Transformer model = exploration.model().transformer();
        if (exploration.isDifference()) {
            Exploration with = exploration.withEdits();
            Exploration without = exploration.withoutEdits();
            return new HeadPattern(
                    head.name(),
                    Float32.lowerTriangle(with.pattern(head).minus(without.pattern(head))),
                    Float32.base64(head.sourceNorms(model, with.computed())),
                    Float32.lowerTriangle(
                            head.logitEffect(with.logitEffect()).minus(head.logitEffect(without.logitEffect()))),
                    Float32.lowerTriangle(
                            head.weighted(model, with.computed()).minus(head.weighted(model, without.computed()))));
        }
        Run run = exploration.computed();
        return new HeadPattern(
                head.name(),
                Float32.lowerTriangle(head.pattern(model, run)),
                Float32.base64(head.sourceNorms(model, run)),
                Float32.lowerTriangle(head.logitEffect(exploration.logitEffect())),
                run.edits().isEmpty() ? null : Float32.lowerTriangle(head.weighted(model, run)));
    }

    private static Attention attention(Exploration exploration, List<ShownHead> heads) {
        List<HeadPattern> patterns = new ArrayList<>();
        if (!exploration.isEmpty() && !heads.isEmpty()) {
            for (ShownHead head : heads) {
                patterns.add(exploration.ofRun(
                        "attention picture",
                        List.of(head.name(), exploration.isDifference()),
                        run -> pattern(exploration, head)));
            }
        }
        return new Attention(
                exploration.model().name() + " " + names(heads) + (exploration.isDifference() ? " change" : ""),
                exploration.labels(),
                Quantity.LOGIT_OVER_MEAN.label(),
                patterns,
                exploration.isDifference());
    }
}
