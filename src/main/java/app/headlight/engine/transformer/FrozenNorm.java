package app.headlight.engine.transformer;

import app.headlight.engine.transformer.LayerWeights.NormWeights;
import org.ejml.data.FMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * A norm with the scales that it had in a run: a linear map of what is written to the stream at each position, plus a bias.
 * What all writers add, each through this map, sums to what the reader reads (Elhage et al. 2021, "A Mathematical
 * Framework for Transformer Circuits", on layer normalization).
 */
public final class FrozenNorm {

    private final Norm norm;
    private final float[] scale; // [T]
    private final @Nullable NormWeights weights;

    private FrozenNorm(Norm norm, float[] scale, @Nullable NormWeights weights) {
        this.norm = norm;
        this.scale = scale;
        this.weights = weights;
    }

    /** What the attention of a layer reads the stream through. */
    public static FrozenNorm ofAttention(Transformer model, Run run, int layer) {
        return new FrozenNorm(
                model.config().norm(),
                run.normScale(layer),
                model.weights().layer(layer).ln1());
    }

    /** What the MLP of a layer reads the stream through. */
    public static FrozenNorm ofMlp(Transformer model, Run run, int layer) {
        return new FrozenNorm(
                model.config().norm(),
                run.mlpNormScale(layer),
                model.weights().layer(layer).ln2());
    }

    /** What the unembedding reads the stream through. */
    public static FrozenNorm ofUnembedding(Transformer model, Run run) {
        return new FrozenNorm(
                model.config().finalNorm(),
                run.normScale(model.config().nLayers()),
                model.weights().lnFinal());
    }

    /** The scale at a position; 1 without a norm. */
    public float scale(int position) {
        return scale[position];
    }

    /** What is read of something that is written at a position, {@code [D]}, in place; without the bias. */
    public void read(double[] written, int position) {
        double mean = norm.isCentred() ? mean(written) : 0;
        for (int d = 0; d < written.length; d++) {
            written[d] = (written[d] - mean) * scale[position] * weight(d);
        }
    }

    /** What is read of something that is written at every position, {@code [T, D]}, in place; without the bias. */
    public void read(FMatrixRMaj written) {
        readUnscaled(written);
        scaleRows(written);
    }

    /** The same without the scales: for rows that are read at another position than they are listed by. */
    public void readUnscaled(FMatrixRMaj written) {
        centre(written);
        weigh(written);
    }

    /**
     * Turns readers of what the norm gives, {@code [T, D]}, into readers of the stream, in place: the transpose of
     * {@link #read(FMatrixRMaj)}. Centring and scaling are their own transpose.
     */
    public void readBack(FMatrixRMaj readers) {
        weigh(readers);
        centre(readers);
        scaleRows(readers);
    }

    /** b, {@code [D]}, a copy; null if the norm has none. */
    public float @Nullable [] bias() {
        return weights == null || weights.b() == null ? null : weights.b().clone();
    }

    private double weight(int d) {
        return weights == null ? 1 : weights.w()[d];
    }

    private void centre(FMatrixRMaj rows) {
        for (int t = 0; norm.isCentred() && t < rows.numRows; t++) {
            Rows.centreAndScale(rows, t, norm, 1);
        }
    }

    private void weigh(FMatrixRMaj rows) {
        for (int i = 0; weights != null && i < rows.data.length; i++) {
            rows.data[i] *= weights.w()[i % rows.numCols];
        }
    }

    private void scaleRows(FMatrixRMaj rows) {
        for (int i = 0; norm != Norm.NONE && i < rows.data.length; i++) {
            rows.data[i] *= scale[i / rows.numCols];
        }
    }

    private static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }
}
