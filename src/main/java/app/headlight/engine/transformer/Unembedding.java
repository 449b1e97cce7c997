package app.headlight.engine.transformer;

import app.headlight.engine.tensor.MatrixProducts;
import app.headlight.engine.tensor.Prepared;
import java.util.function.IntConsumer;
import java.util.function.ObjIntConsumer;
import org.ejml.data.FMatrixRMaj;

/** Makes logits of what the unembedding reads: x W_U + b_U, with a soft cap if the model has one. */
final class Unembedding {

    private Unembedding() {}

    /**
     * @param x [n, D]
     * @param product room for x W_U, [n, V]
     * @param rows does something for each of n rows, on any thread
     * @param logits [n, V], written
     */
    static void logits(
            PreparedWeights weights,
            MatrixProducts products,
            Prepared x,
            Prepared product,
            ObjIntConsumer<IntConsumer> rows,
            FMatrixRMaj logits) {
        boolean hasBias = weights.bias("unembed.b_U") != null;
        float[] bias = weights.weights().bU();
        double cap = weights.config().logitsSoftCap();
        products.multiply(x, weights.get("unembed.W_U"), product); // (n, D) (D, V)
        // Row by row, so that each row is finished while it is in the cache.
        rows.accept(
                t -> {
                    product.rows(t, t + 1).read(logits, t);
                    if (hasBias) {
                        Rows.add(logits, t, bias);
                    }
                    cap(logits, t, cap);
                },
                x.rows());
    }

    private static void cap(FMatrixRMaj logits, int row, double cap) {
        int from = row * logits.numCols;
        for (int i = from; cap != 0 && i < from + logits.numCols; i++) {
            logits.data[i] = (float) (cap * Math.tanh(logits.data[i] / cap));
        }
    }

    /** Computes the derivative by uncapped logits from that by the capped ones, in place; n·V numbers each. */
    static void capBackward(float[] capped, double cap, FMatrixRMaj change) {
        for (int i = 0; i < capped.length; i++) {
            double share = capped[i] / cap;
            change.data[i] *= (float) (1 - share * share);
        }
    }
}
