package app.headlight.tensor;

import org.ejml.data.FMatrixRMaj;

/** Softmax by rows, and its logarithmic denominator. Sums are float64. */
public final class Softmax {

    /** Values whose exponentials are held at a time: 8 KB, which stay in the nearest cache. */
    private static final int BLOCK = 1024;

    private Softmax() {}

    /**
     * The attention pattern of causal scores: row t is the softmax of its first t + 1 entries, and zero after them
     * (Vaswani et al. 2017, section 3.2.3).
     *
     * @param scores [T, T]; what stands above the diagonal is not read
     * @return [T, T]
     */
    public static FMatrixRMaj causal(FMatrixRMaj scores) {
        int n = scores.numCols;
        FMatrixRMaj pattern = new FMatrixRMaj(scores.numRows, n);
        double[] weights = new double[n];
        for (int t = 0; t < scores.numRows; t++) {
            int from = t * n;
            int sources = Math.min(n, t + 1);
            float most = Exponentials.most(scores.data, from, sources);
            Exponentials.below(most, scores.data, from, sources, weights);
            double share = 1 / Exponentials.sum(weights, sources);
            for (int s = 0; s < sources; s++) {
                pattern.data[from + s] = (float) (weights[s] * share);
            }
        }
        return pattern;
    }

    /** log Σ exp of one row, in nats: a log-probability is a logit less this. */
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
