package app.headlight.engine.circuits;

import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.tensor.Matrix;
import app.headlight.engine.transformer.HeadId;
import app.headlight.engine.transformer.Run;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.ejml.data.FMatrixRMaj;
import org.ejml.dense.row.CommonOps_FDRM;

/**
 * The attention of a whole layer, or of all layers: the patterns of its heads, summed (Abnar and Zuidema 2020,
 * "Quantifying Attention Flow in Transformers", take the mean).
 *
 * @param summed {@code [T destination, T source]}; each row sums to the number of heads
 * @param heads how many there are
 */
public record SummedAttention(Matrix summed, int heads) {

    /** Sums the patterns of a layer of a run; throws {@link Refusal} if there is no such layer. */
    public static SummedAttention ofLayer(Run run, int layer) {
        if (layer < 0 || layer >= run.config().nLayers()) {
            throw Refusal.of("the layer", layer, "0 to " + (run.config().nLayers() - 1));
        }
        return of(run, IntStream.of(layer));
    }

    /** Sums the patterns of every head of a run. */
    public static SummedAttention ofAll(Run run) {
        return of(run, IntStream.range(0, run.config().nLayers()));
    }

    private static SummedAttention of(Run run, IntStream layers) {
        List<HeadId> heads = layers.boxed()
                .flatMap(layer -> IntStream.range(0, run.config().nHeads()).mapToObj(head -> new HeadId(layer, head)))
                .toList();
        return of(heads, run.length(), run::pattern);
    }

    /**
     * Sums the patterns of some heads, wherever they are from.
     *
     * @param length T
     * @param patterns each {@code [T, T]}
     */
    public static SummedAttention of(List<HeadId> heads, int length, Function<HeadId, Matrix> patterns) {
        FMatrixRMaj sum = new FMatrixRMaj(length, length);
        heads.forEach(head -> CommonOps_FDRM.addEquals(sum, patterns.apply(head).copy()));
        return new SummedAttention(Matrix.of(sum), heads.size());
    }

    /** The mean over the heads, {@code [T, T]}; each row sums to 1. */
    public Matrix mean() {
        FMatrixRMaj mean = summed.copy();
        CommonOps_FDRM.scale(1f / Math.max(1, heads), mean);
        return Matrix.of(mean);
    }
}
