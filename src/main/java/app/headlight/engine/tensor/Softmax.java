package app.headlight.engine.tensor;

import java.util.Arrays;
import org.ejml.data.FMatrixRMaj;

/** The softmax of rows, its derivative, and log Σ exp. Sums are float64. */
public final class Softmax {

    /** The number of values whose exponentials are computed at once: 8 KB, which stay in the first-level cache. */
    private static final int BLOCK = 1024;

    private Softmax() {}

    /**
     * The attention pattern of causal scores: row t is the softmax of its first t + 1 entries, and zero after them
     * (Vaswani et al. 2017, section 3.2.3).
     *
     * @param scores [T, T]; entries above the diagonal are not read
     * @return [T, T]
     */
    public static FMatrixRMaj causal(FMatrixRMaj scores) {
        FMatrixRMaj pattern = scores.copy();
        causal(pattern, 1, new double[scores.numCols]);
        return pattern;
    }

    /**
     * The same in place, of scores times {@code scale}, for callers that reuse their memory.
     *
     * @param scores [T, T] in, the pattern out
     * @param exponentials room for a row, [T]
     */
    public static void causal(FMatrixRMaj scores, float scale, double[] exponentials) {
        int n = scores.numCols;
        for (int t = 0; t < scores.numRows; t++) {
            int from = t * n;
            int sources = Math.min(n, t + 1);
            for (int i = from; i < from + sources; i++) {
                scores.data[i] *= scale;
            }
            float most = Exponentials.most(scores.data, from, sources);
            Exponentials.below(most, scores.data, from, sources, exponentials);
            double share = 1 / Exponentials.sum(exponentials, sources);
            for (int s = 0; s < sources; s++) {
                scores.data[from + s] = (float) (exponentials[s] * share);
            }
            Arrays.fill(scores.data, from + sources, from + n, 0);
        }
    }

    /**
     * The derivative of {@link #causal(FMatrixRMaj, float, double[])}, in place: by the scores, given that by the
     * pattern. Row by row dS = scale · A ∘ (dA − Σ A ∘ dA).
     *
     * @param pattern A, [T, T]
     * @param change dA in, dS out, [T, T]
     */
    public static void causalGradient(FMatrixRMaj pattern, float scale, FMatrixRMaj change) {
        int n = pattern.numCols;
        for (int t = 0; t < pattern.numRows; t++) {
            int from = t * n;
            int to = from + Math.min(n, t + 1);
            float mean = dot(pattern.data, change.data, from, to);
            for (int i = from; i < to; i++) {
                change.data[i] = scale * pattern.data[i] * (change.data[i] - mean);
            }
            Arrays.fill(change.data, to, from + n, 0);
        }
    }

    /** A sum in four parts, as {@link Exponentials#sum}. */
    private static float dot(float[] a, float[] b, int from, int to) {
        float p = 0;
        float q = 0;
        float r = 0;
        float s = 0;
        int i = from;
        for (; i + 3 < to; i += 4) {
            p += a[i] * b[i];
            q += a[i + 1] * b[i + 1];
            r += a[i + 2] * b[i + 2];
            s += a[i + 3] * b[i + 3];
        }
        for (; i < to; i++) {
            p += a[i] * b[i];
        }
        return (p + q) + (r + s);
    }

    /**
     * The losses of rows of logits, −log softmax(logits)[target], in nats. The logits are replaced by the derivative of
     * the sum of the losses times {@code weight}: weight · (softmax(logits) − [target]).
     *
     * @param logits [T, V] in, the derivative out
     * @param targets [T], a token for each row
     * @param exponentials room for a row, [V]
     * @param loss the losses out, [T]
     */
    public static void crossEntropy(
            FMatrixRMaj logits, int[] targets, float weight, double[] exponentials, double[] loss) {
        int n = logits.numCols;
        for (int t = 0; t < logits.numRows; t++) {
            int from = t * n;
            float most = Exponentials.most(logits.data, from, n);
            Exponentials.below(most, logits.data, from, n, exponentials);
            double sum = Exponentials.sum(exponentials, n);
            loss[t] = most + Math.log(sum) - logits.data[from + targets[t]];
            float share = (float) (weight / sum);
            for (int i = 0; i < n; i++) {
                logits.data[from + i] = share * (float) exponentials[i];
            }
            logits.data[from + targets[t]] -= weight;
        }
    }

    /** log Σ exp of one row, in nats: a log-probability is a logit minus this. */
    public static double logSumExp(FMatrixRMaj logits, int row) {
        int n = logits.numCols;
        int start = row * n;
        float most = Exponentials.most(logits.data, start, n);
        double[] exponentials = new double[Math.min(n, BLOCK)];
        double sum = 0;
        for (int done = 0; done < n; done += BLOCK) {
            int count = Math.min(BLOCK, n - done);
            Exponentials.below(most, logits.data, start + done, count, exponentials);
            sum += Exponentials.sum(exponentials, count);
        }
        return most + Math.log(sum);
    }
}
