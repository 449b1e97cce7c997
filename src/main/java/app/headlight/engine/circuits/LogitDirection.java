package app.headlight.engine.circuits;

import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.tensor.Matrix;
import app.headlight.engine.transformer.FrozenNorm;
import app.headlight.engine.transformer.Run;
import app.headlight.engine.transformer.Transformer;
import org.ejml.data.FMatrixRMaj;

/**
 * A linear value of the logits at one position, as a direction of what the final norm gives there: the value is that ·
 * vector + bias, and every decomposition of the stream splits it. Where the model caps its logits, the value is of the
 * logits before the cap.
 *
 * @param destination the position
 * @param vector {@code [D]}
 * @param bias the part of b_U and of the final norm's b
 * @param value the model's own value, from the logits of its run
 */
public record LogitDirection(int destination, float[] vector, double bias, double value) {

    /** The logit of a token. Throws {@link Refusal} naming a position or token that does not exist. */
    public static LogitDirection logit(Transformer model, Run run, int destination, int token) {
        return weighted(model, run, destination, only(model, token));
    }

    /** The difference of two logits; throws like {@link #logit}. */
    public static LogitDirection difference(Transformer model, Run run, int destination, int raised, int lowered) {
        double[] weights = only(model, raised);
        weights[Submatrix.checked(lowered, weights.length, "token")] -= 1;
        return weighted(model, run, destination, weights);
    }

    /** The difference of a token's logit and the mean of all logits; throws like {@link #logit}. */
    public static LogitDirection overMean(Transformer model, Run run, int destination, int token) {
        double[] weights = only(model, token);
        for (int v = 0; v < weights.length; v++) {
            weights[v] -= 1.0 / weights.length;
        }
        return weighted(model, run, destination, weights);
    }

    /**
     * The direction in which a token's log-probability rises fastest: its logit minus the mean of all logits, weighted
     * by their probabilities (the derivative of log softmax); throws like {@link #logit}. The value is that difference,
     * not the log-probability, which is not linear in the stream.
     */
    public static LogitDirection logProbability(Transformer model, Run run, int destination, int token) {
        double[] weights = only(model, token);
        Submatrix.checked(destination, run.length(), "position");
        double logSum = run.logSum()[destination];
        for (int v = 0; v < weights.length; v++) {
            weights[v] -= Math.exp(run.logits().get(destination, v) - logSum);
        }
        double cap = model.config().logitsSoftCap();
        for (int v = 0; cap != 0 && v < weights.length; v++) {
            double share = run.logits().get(destination, v) / cap;
            weights[v] *= 1 - share * share; // the derivative of the cap
        }
        return weighted(model, run, destination, weights);
    }

    private static double[] only(Transformer model, int token) {
        double[] weights = new double[model.config().dVocab()];
        weights[Submatrix.checked(token, weights.length, "token")] = 1;
        return weights;
    }

    /** The sum of all logits, each times its weight, {@code [V]}. */
    private static LogitDirection weighted(Transformer model, Run run, int destination, double[] weights) {
        Submatrix.checked(destination, run.length(), "position");
        FMatrixRMaj wU = model.weights().wU();
        float[] vector = new float[wU.numRows];
        for (int d = 0; d < vector.length; d++) {
            double sum = 0;
            for (int v = 0; v < weights.length; v++) {
                sum += weights[v] * wU.data[d * weights.length + v];
            }
            vector[d] = (float) sum;
        }
        double bias = 0;
        double value = 0;
        float[] logits = uncapped(model, run, destination);
        for (int v = 0; v < weights.length; v++) {
            bias += weights[v] * model.weights().bU()[v];
            value += weights[v] * logits[v];
        }
        float[] b = FrozenNorm.ofUnembedding(model, run).bias();
        for (int d = 0; b != null && d < b.length; d++) {
            bias += (double) vector[d] * b[d];
        }
        return new LogitDirection(destination, vector, bias, value);
    }

    /** The logits at a position before any cap, {@code [V]}. */
    private static float[] uncapped(Transformer model, Run run, int position) {
        if (model.config().logitsSoftCap() == 0) {
            return run.logits().row(position);
        }
        FMatrixRMaj last = Submatrix.rows(run.residual(model.config().nLayers()), new int[] {position}, "position");
        float[] logits = model.logitsAdded(Matrix.of(model.normalised(last))).data;
        for (int v = 0; v < logits.length; v++) {
            logits[v] += model.weights().bU()[v];
        }
        return logits;
    }

    /** A copy. */
    @Override
    public float[] vector() {
        return vector.clone();
    }
}
