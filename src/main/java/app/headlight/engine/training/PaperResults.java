package app.headlight.engine.training;

import app.headlight.engine.circuits.Composition;
import app.headlight.engine.circuits.DetectorScores;
import app.headlight.engine.circuits.OvCircuit;
import app.headlight.engine.circuits.RepeatedTokens;
import app.headlight.engine.transformer.HeadId;
import app.headlight.engine.transformer.Run;
import app.headlight.engine.transformer.Transformer;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * The results of the paper about models without MLPs, measured on one model (Elhage et al. 2021; Olsson et al. 2022).
 *
 * @param scores detector scores by head, on repeated random tokens
 * @param copying copying scores by head
 * @param random loss on random tokens that are repeated
 * @param strongest the pair of heads with the strongest K-composition, null with fewer than two layers
 */
public record PaperResults(
        Map<HeadId, DetectorScores> scores,
        Map<HeadId, Double> copying,
        Halves random,
        @Nullable Pair strongest) {

    /** The mean losses over a passage the first and the second time that it is shown, in nats a token. */
    public record Halves(double first, double second) {

        /**
         * Measures texts whose second half repeats the first; the prediction of the first repeated token counts for
         * neither half.
         */
        public static Halves of(Transformer model, List<int[]> texts, int period) {
            double first = 0;
            double second = 0;
            for (int[] text : texts) {
                double[] loss = model.run(text).loss();
                int beginning = text.length - 2 * period;
                first += mean(loss, beginning, beginning + period - 1);
                second += mean(loss, beginning + period, loss.length);
            }
            return new Halves(first / texts.size(), second / texts.size());
        }

        private static double mean(double[] loss, int from, int to) {
            return Arrays.stream(loss, from, to).average().orElse(0);
        }
    }

    /**
     * Two heads and their K-composition.
     *
     * @param k raw K-composition score
     */
    public record Pair(HeadId earlier, HeadId later, double k) {}

    public static PaperResults of(Transformer model) {
        RepeatedTokens repeated = RepeatedTokens.of(model.config());
        Map<HeadId, Double> copying = new LinkedHashMap<>();
        Pair strongest = null;
        for (HeadId later : model.heads()) {
            copying.put(later, OvCircuit.of(model, later).spectrum().score());
            for (HeadId earlier : model.heads()) {
                if (earlier.layer() < later.layer()) {
                    double k = Composition.K.raw(model.head(earlier), model.head(later));
                    if (strongest == null || k > strongest.k()) {
                        strongest = new Pair(earlier, later, k);
                    }
                }
            }
        }
        return new PaperResults(
                DetectorScores.of(model, repeated),
                copying,
                Halves.of(model, repeated.sequences(), repeated.period()),
                strongest);
    }

    /** The mean loss over windows of a text, in nats a token. */
    public static double loss(Transformer model, List<int[]> windows) {
        double sum = 0;
        for (int[] window : windows) {
            Run run = model.run(window);
            sum += Arrays.stream(run.loss()).average().orElse(0);
        }
        return sum / windows.size();
    }

    /** The highest induction score of any head; 0 without heads. */
    public double induction() {
        return best(DetectorScores::induction)
                .map(scores::get)
                .map(DetectorScores::induction)
                .orElse(0.0);
    }

    /** The head with the highest score of one detector; null without heads. */
    public Optional<HeadId> best(ToDoubleFunction<DetectorScores> detector) {
        return scores.keySet().stream()
                .max(Comparator.comparingDouble(head -> detector.applyAsDouble(scores.get(head))));
    }
}
