package app.headlight.engine.circuits;

import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.tensor.Matrix;
import app.headlight.engine.transformer.HeadId;
import app.headlight.engine.transformer.Run;
import org.ejml.data.FMatrixRMaj;
import org.ejml.dense.row.CommonOps_FDRM;

/**
 * The attention of a whole layer: the patterns of its heads, summed (Abnar and Zuidema 2020, "Quantifying Attention Flow
 * in Transformers", take the mean).
 *
 * @param summed {@code [T destination, T source]}; each row sums to the number of heads
 */
public record LayerAttention(Matrix summed) {

    /** Sums the patterns of a layer of a run; throws {@link Refusal} if there is no such layer. */
    public static LayerAttention of(Run run, int layer) {
        if (layer < 0 || layer >= run.config().nLayers()) {
            throw Refusal.of("the layer", layer, "0 to " + (run.config().nLayers() - 1));
        }
        FMatrixRMaj sum = new FMatrixRMaj(run.length(), run.length());
        for (int head = 0; head < run.config().nHeads(); head++) {
            CommonOps_FDRM.addEquals(sum, run.pattern(new HeadId(layer, head)).copy());
        }
        return new LayerAttention(Matrix.of(sum));
    }
}
