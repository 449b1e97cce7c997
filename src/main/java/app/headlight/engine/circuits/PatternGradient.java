package app.headlight.engine.circuits;

import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.tensor.Matrix;
import app.headlight.engine.transformer.Activations;
import app.headlight.engine.transformer.HeadId;
import app.headlight.engine.transformer.LogitMetric;
import app.headlight.engine.transformer.Run;
import app.headlight.engine.transformer.Site;
import app.headlight.engine.transformer.Site.Kind;
import app.headlight.engine.transformer.Transformer;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.ejml.data.FMatrixRMaj;

/**
 * The first-order effect of every entry of every pattern, along all ways: the derivative of a value by the entry, times
 * the entry (gradient × input; Simonyan, Vedaldi and Zisserman 2013, on patterns). An entry counts as free: its row
 * need not sum to 1. The effect through later heads and their patterns, which {@link LogitEffect} leaves out, is
 * included.
 *
 * @param gradients by head, {@code [n destination, n source]}, 0 after the diagonal
 * @param weighted each times the pattern, likewise
 */
public record PatternGradient(Map<HeadId, Matrix> gradients, Map<HeadId, Matrix> weighted) {

    /**
     * The gradient times the pattern of a head among all tokens of a run: 0 also where later positions have no effect.
     *
     * @param length T, at least n
     * @return {@code [T destination, T source]}
     */
    public Matrix weighted(HeadId head, int length) {
        Matrix part = Objects.requireNonNull(weighted.get(head), () -> "there is no head " + head);
        FMatrixRMaj whole = new FMatrixRMaj(length, length);
        for (int t = 0; t < part.rows(); t++) {
            part.copyRow(t, whole.data, t * length);
        }
        return Matrix.of(whole);
    }

    /** Copies the maps. */
    public PatternGradient {
        gradients = Collections.unmodifiableMap(new LinkedHashMap<>(gradients));
        weighted = Collections.unmodifiableMap(new LinkedHashMap<>(weighted));
    }

    /**
     * The gradient of the mean loss of a run, in nats; where the product is negative, the attention lowers the loss. n
     * = T − 1, because the last position has no loss.
     *
     * @throws Refusal if the run has one token only, or edits
     */
    public static PatternGradient ofMeanLoss(Transformer model, Run run) {
        if (run.length() < 2) {
            throw new Refusal("there is no token with a next one to predict; expected two at least");
        }
        return of(model, run, run.tokens(), 1f / (run.length() - 1), 0);
    }

    /**
     * The gradient of the log-probability of a token at a destination. n = destination + 1, because later positions
     * have no effect.
     *
     * @throws Refusal naming a position or token that does not exist, or if the run has edits
     */
    public static PatternGradient ofLogProbability(Transformer model, Run run, int destination, int token) {
        Submatrix.checked(destination, run.length(), "position");
        Submatrix.checked(token, model.config().dVocab(), "token");
        int[] tokens = Arrays.copyOf(run.tokens(), destination + 2);
        tokens[destination + 1] = token; // predicted at the destination, and read by no position that counts
        return of(model, run, tokens, -1, destination);
    }

    /**
     * The gradient of the difference of two logits at a destination, which is that of their log-probabilities.
     *
     * @throws Refusal as {@link #ofLogProbability}
     */
    public static PatternGradient ofDifference(Transformer model, Run run, int destination, int raised, int lowered) {
        PatternGradient up = ofLogProbability(model, run, destination, raised);
        PatternGradient down = ofLogProbability(model, run, destination, lowered);
        Map<HeadId, Matrix> gradients = new LinkedHashMap<>();
        up.gradients.forEach((head, gradient) -> {
            FMatrixRMaj difference = gradient.copy();
            Matrix other = down.gradients.get(head);
            for (int i = 0; i < difference.data.length; i++) {
                difference.data[i] -= other.get(i / other.columns(), i % other.columns());
            }
            gradients.put(head, Matrix.of(difference));
        });
        return of(run, gradients);
    }

    private static PatternGradient of(Transformer model, Run run, int[] tokens, float weight, int from) {
        if (!run.edits().isEmpty()) {
            throw new Refusal("the run has edits; expected a run without");
        }
        int n = tokens.length - 1;
        int[] read = Arrays.copyOf(tokens, n);
        int[][] targets = {Arrays.copyOfRange(tokens, 1, n + 1)};
        LogitMetric metric = LogitMetric.loss(targets, weight, from, new double[1][n]);
        Activations byPattern = model.gradients(read, metric, Set.of(Kind.PATTERN));
        Map<HeadId, Matrix> gradients = new LinkedHashMap<>();
        for (HeadId head : model.heads()) {
            FMatrixRMaj gradient = byPattern.get(Site.of(Kind.PATTERN, head));
            for (int t = 0; t < n; t++) {
                Arrays.fill(gradient.data, t * n + t + 1, (t + 1) * n, 0);
            }
            gradients.put(head, Matrix.of(gradient));
        }
        return of(run, gradients);
    }

    private static PatternGradient of(Run run, Map<HeadId, Matrix> gradients) {
        Map<HeadId, Matrix> weighted = new LinkedHashMap<>();
        gradients.forEach((head, gradient) -> {
            FMatrixRMaj product = gradient.copy();
            Matrix pattern = run.pattern(head);
            for (int i = 0; i < product.data.length; i++) {
                product.data[i] *= pattern.get(i / product.numCols, i % product.numCols);
            }
            weighted.put(head, Matrix.of(product));
        });
        return new PatternGradient(gradients, weighted);
    }
}
