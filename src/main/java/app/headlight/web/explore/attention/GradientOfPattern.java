package app.headlight.web.explore.attention;

import app.headlight.engine.circuits.PatternGradient;
import app.headlight.engine.transformer.HeadId;
import app.headlight.engine.transformer.Run;
import app.headlight.engine.transformer.Transformer;
import app.headlight.web.component.AttentionView;
import app.headlight.web.component.Float32;
import app.headlight.web.explore.shown.Exploration;
import app.headlight.web.explore.shown.Question;
import app.headlight.web.explore.shown.ShownHead;
import app.headlight.web.explore.shown.Vocabulary.Asked;
import app.headlight.web.python.AttentionPython;
import app.headlight.web.words.TokenText;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Gradient × pattern for the attention panel: of the log-probability of the token that the attribution tab asks about, where
 * a destination is selected; else of the mean loss of the sentence.
 */
final class GradientOfPattern {

    private GradientOfPattern() {}

    /** All that it depends on. */
    static List<Object> key(Exploration exploration) {
        return List.of(
                exploration.sentenceKey(),
                exploration.shownHeads().stream().map(ShownHead::name).toList(),
                exploration.state().destination(),
                exploration.state().circuit().ask());
    }

    static AttentionView.Gradient of(Exploration exploration) {
        List<ShownHead> heads = exploration.shownHeads();
        int length = exploration.isEmpty() ? 0 : exploration.computed().length();
        PatternGradient gradient = null;
        String of;
        if (exploration.isDifference() || !exploration.computed().edits().isEmpty()) {
            of = "nothing: it is computed of the run without edits only";
        } else if (!exploration.state().virtual().isEmpty()) {
            of = "nothing: only the model's own heads have a gradient";
        } else if (exploration.hasDestination()) {
            Question question = Question.of(exploration);
            of = name(exploration, question);
            Transformer model = exploration.model().transformer();
            gradient = exploration.ofRun(
                    "gradient of the patterns",
                    List.of(question.destination(), question.asked()),
                    run -> of(model, run, question));
        } else if (length < 2) {
            of = "the loss, which takes two tokens";
        } else {
            of = "the mean loss of the sentence";
            gradient = exploration.ofRun(
                    "gradient of the patterns",
                    List.of("mean loss"),
                    run -> PatternGradient.ofMeanLoss(exploration.model().transformer(), run));
        }
        PatternGradient found = gradient;
        return new AttentionView.Gradient(
                of, heads.stream().map(head -> figures(found, head, length)).toList());
    }

    /** What Python takes the gradient of; null where there is nothing. */
    static AttentionPython.@Nullable Gradient inPython(Exploration exploration) {
        if (exploration.hasDestination()) {
            Question question = Question.of(exploration);
            Asked asked = question.asked();
            return new AttentionPython.Gradient(question.destination(), asked.raised(), asked.lowered());
        }
        return exploration.computed().length() < 2 ? null : new AttentionPython.Gradient(-1, -1, -1);
    }

    private static PatternGradient of(Transformer model, Run run, Question question) {
        Asked asked = question.asked();
        return asked.lowered() < 0
                ? PatternGradient.ofLogProbability(model, run, question.destination(), asked.raised())
                : PatternGradient.ofDifference(model, run, question.destination(), asked.raised(), asked.lowered());
    }

    private static String name(Exploration exploration, Question question) {
        Asked asked = question.asked();
        String what = asked.lowered() < 0
                ? "log p(" + TokenText.of(exploration.piece(asked.raised()).label()) + ")"
                : "the logit of " + asked.name(exploration);
        return what + " after " + exploration.placed(question.destination());
    }

    /** Zero after the positions that count. Without any gradient there is no figure at all. */
    private static String figures(@Nullable PatternGradient gradient, ShownHead head, int length) {
        if (gradient == null || !(head instanceof ShownHead.One(HeadId id))) {
            double[] none = new double[length * (length + 1) / 2];
            Arrays.fill(none, Double.NaN);
            return Float32.base64(none);
        }
        return Float32.lowerTriangle(gradient.weighted(id, length));
    }
}
