package app.headlight.engine.circuits;

import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.tensor.Matrix;
import app.headlight.engine.transformer.FrozenNorm;
import app.headlight.engine.transformer.HeadId;
import app.headlight.engine.transformer.Progress;
import app.headlight.engine.transformer.Run;
import app.headlight.engine.transformer.Transformer;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.ejml.data.FMatrixRMaj;

/**
 * Measures by how much each head raises the logits of the tokens that it attends to: the rank that its direct effect
 * gives them among the whole vocabulary, from -1 (lowered most) through 0 (like the rest) to 1 (raised most), weighted
 * by attention, as a mean over positions (Olsson et al. 2022, "In-context Learning and Induction Heads", copying score,
 * with the rank in place of the logit). On random tokens the score depends only on the head.
 */
public final class CopyingHeads {

    private CopyingHeads() {}

    /** The mean scores over some texts, by layer and head; empty for a model without heads. */
    public static Map<HeadId, Double> of(Transformer model, RepeatedTokens texts, Progress progress) {
        Map<HeadId, Double> means = new LinkedHashMap<>();
        int done = 0;
        for (int[] text : texts.sequences()) {
            progress.report(done++, texts.sequences().size());
            if (model.config().nLayers() > 0) {
                of(model, model.run(text))
                        .forEach((head, score) ->
                                means.merge(head, score / texts.sequences().size(), Double::sum));
            }
        }
        return Collections.unmodifiableMap(means);
    }

    /** The scores on one run of {@code model}: H L T V D operations. */
    public static Map<HeadId, Double> of(Transformer model, Run run) {
        Map<HeadId, Double> scores = new LinkedHashMap<>();
        for (HeadId head : model.heads()) {
            scores.put(head, of(model, run, head));
        }
        return Collections.unmodifiableMap(scores);
    }

    /**
     * The mean score of one head over some texts.
     *
     * @throws Refusal if there is no such head
     */
    public static double of(Transformer model, HeadId head, RepeatedTokens texts, Progress progress) {
        model.head(head);
        double sum = 0;
        int done = 0;
        for (int[] text : texts.sequences()) {
            progress.report(done++, texts.sequences().size());
            sum += of(model, model.run(text), head);
        }
        return sum / texts.sequences().size();
    }

    private static double of(Transformer model, Run run, HeadId head) {
        FMatrixRMaj effects = effects(model, run, head);
        Matrix pattern = run.pattern(head);
        int[] tokens = run.tokens();
        double sum = IntStream.range(0, run.length())
                .parallel()
                .mapToDouble(t -> score(effects, pattern, tokens, t))
                .sum();
        return sum / run.length();
    }

    /** What the head adds to every logit before any cap, {@code [T, V]}, with the scale of the final norm frozen. */
    private static FMatrixRMaj effects(Transformer model, Run run, HeadId head) {
        FMatrixRMaj written = run.result(head).copy();
        FrozenNorm.ofUnembedding(model, run).read(written);
        return model.logitsAdded(Matrix.of(written));
    }

    private static double score(FMatrixRMaj effects, Matrix pattern, int[] tokens, int t) {
        float[] own = new float[t + 1];
        for (int s = 0; s <= t; s++) {
            own[s] = effects.get(t, tokens[s]);
        }
        Ranks ranks = new Ranks(own);
        ranks.count(effects.data, t * effects.numCols, effects.numCols);
        double sum = 0;
        for (int s = 0; s <= t; s++) {
            sum += pattern.get(t, s) * ranks.of(own[s]);
        }
        return sum;
    }
}
