package app.headlight.engine.circuits;

import app.headlight.engine.tensor.Softmax;
import app.headlight.engine.transformer.Transformer;
import org.ejml.data.FMatrixRMaj;
import org.ejml.dense.row.CommonOps_FDRM;

/** Computes the loss of a model from a given last stream. */
final class StreamLoss {

    /** The number of rows whose logits are in memory at once. */
    private static final int BLOCK = 128;

    private StreamLoss() {}

    /**
     * The sum of −log p of the token that follows over positions 0 to T−2, in nats.
     *
     * @param stream after the last layer, {@code [T, D]}, before the final norm
     */
    static double sum(Transformer model, FMatrixRMaj stream, int[] tokens) {
        double sum = 0;
        for (int from = 0; from < tokens.length - 1; from += BLOCK) {
            int to = Math.min(tokens.length - 1, from + BLOCK);
            FMatrixRMaj rows = CommonOps_FDRM.extract(stream, from, to, 0, stream.numCols);
            FMatrixRMaj logits = model.unembed(model.normalised(rows));
            for (int t = from; t < to; t++) {
                sum += Softmax.logSumExp(logits, t - from) - logits.get(t - from, tokens[t + 1]);
            }
        }
        return sum;
    }
}
