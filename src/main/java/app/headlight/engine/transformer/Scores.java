package app.headlight.engine.transformer;

import java.util.Arrays;
import org.ejml.data.FMatrixRMaj;

/**
 * Makes attention scores of the products of queries and keys in one layer: divided by a number, capped, and masked.
 *
 * @param scale what products are multiplied by
 * @param cap c: scores x become c·tanh(x/c); 0 if not
 * @param window the number of sources that a destination sees at most
 */
record Scores(float scale, double cap, int window) {

    static Scores of(Config config, int layer) {
        return new Scores((float) (1 / config.scoreScale(layer)), config.scoresSoftCap(), config.window(layer));
    }

    /** Computes the scores in place, [n destinations, n sources]; −∞ where a source is not seen. */
    void of(FMatrixRMaj products) {
        int n = products.numRows;
        for (int t = 0; t < n; t++) {
            int from = t * n;
            int first = (int) Math.max(0, t + 1L - window);
            Arrays.fill(products.data, from, from + first, Float.NEGATIVE_INFINITY);
            for (int i = from + first; i <= from + t; i++) {
                products.data[i] *= scale;
            }
            for (int i = from + first; cap != 0 && i <= from + t; i++) {
                products.data[i] = (float) (cap * Math.tanh(products.data[i] / cap));
            }
            Arrays.fill(products.data, from + t + 1, from + n, Float.NEGATIVE_INFINITY);
        }
    }

    /**
     * Computes the derivative by the products from that by the scores, in place.
     *
     * @param scores as {@link #of} makes them; not read if there is no cap
     */
    void backward(FMatrixRMaj scores, FMatrixRMaj change) {
        int n = change.numRows;
        for (int t = 0; t < n; t++) {
            for (int i = t * n; i <= t * n + t; i++) {
                double share = cap == 0 || scores.data[i] == Float.NEGATIVE_INFINITY ? 0 : scores.data[i] / cap;
                change.data[i] *= (float) (scale * (1 - share * share));
            }
        }
    }
}
