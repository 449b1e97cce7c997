package app.headlight.engine.transformer;

import java.util.List;
import org.ejml.data.FMatrixRMaj;
import org.ejml.dense.row.CommonOps_FDRM;

/**
 * A forward pass with all its activations, by the names of TransformerLens ({@code docs/maths.md}, "Forward pass"). T
 * is the number of tokens. Do not write to the matrices and arrays that it returns: they belong to the run.
 */
public final class Run {

    private final Config config;
    private final int[] tokens;
    private final List<Intervention> interventions;
    private final FMatrixRMaj[] residual;
    private final float[][] normScale;
    private final RunLayer[] layers;
    private final FMatrixRMaj logits;
    private final double[] loss;
    private final double[] logSum;

    Run(
            Config config,
            int[] tokens,
            List<Intervention> interventions,
            FMatrixRMaj[] residual,
            float[][] normScale,
            RunLayer[] layers,
            FMatrixRMaj logits,
            double[] loss,
            double[] logSum) {
        this.config = config;
        this.tokens = tokens;
        this.interventions = interventions;
        this.residual = residual;
        this.normScale = normScale;
        this.layers = layers;
        this.logits = logits;
        this.loss = loss;
        this.logSum = logSum;
    }

    public Config config() {
        return config;
    }

    public int[] tokens() {
        return tokens;
    }

    public List<Intervention> interventions() {
        return interventions;
    }

    /** The number of tokens, T. */
    public int length() {
        return tokens.length;
    }

    /** x_l, [T, D]: the stream before layer l, or with l = L after the last layer. */
    public FMatrixRMaj residual(int l) {
        return residual[l];
    }

    /** The scale of the norm at each position, [T], in layer l (l = L: before the unembedding). */
    public float[] normScale(int l) {
        return normScale[l];
    }

    /** Queries of a layer, [T, H·K]. */
    public FMatrixRMaj q(int layer) {
        return layers[layer].q();
    }

    /** Keys of a layer, [T, H·K]. */
    public FMatrixRMaj k(int layer) {
        return layers[layer].k();
    }

    /** Values of a layer, [T, H·K]. */
    public FMatrixRMaj v(int layer) {
        return layers[layer].v();
    }

    /** Mixed values of a layer, [T, H·K]: each head's pattern times its values. */
    public FMatrixRMaj z(int layer) {
        return layers[layer].z();
    }

    /** A copy of the part of an activation [T, H·K] that belongs to one head, [T, K]. */
    public FMatrixRMaj ofHead(FMatrixRMaj packed, int head) {
        int k = config.dHead();
        return CommonOps_FDRM.extract(packed, 0, length(), head * k, (head + 1) * k);
    }

    /** q kᵀ / √K, [T, T]; −∞ where the source comes after the destination. */
    public FMatrixRMaj scores(HeadId head) {
        return layers[head.layer()].scores()[head.head()];
    }

    /** The attention pattern, [T destinations, T sources]; rows sum to 1. */
    public FMatrixRMaj pattern(HeadId head) {
        return layers[head.layer()].pattern()[head.head()];
    }

    /** What the head writes to the stream, z W_O, [T, D]; b_O belongs to the layer, not to a head. */
    public FMatrixRMaj result(HeadId head) {
        return layers[head.layer()].result()[head.head()];
    }

    /** The logits, [T, V]. */
    public FMatrixRMaj logits() {
        return logits;
    }

    /** Loss of positions 0 to T−2, in nats: −log p of the token that follows. */
    public double[] loss() {
        return loss;
    }

    /** log Σ exp of the logits at each position, [T]; a log-probability is a logit minus this. */
    public double[] logSum() {
        return logSum;
    }

    /** The memory that the run takes, in bytes. */
    public long bytes() {
        long floats = logits.data.length + 4L * length();
        for (FMatrixRMaj x : residual) {
            floats += x.data.length;
        }
        for (RunLayer layer : layers) {
            floats += layer.floats();
        }
        return floats * Float.BYTES;
    }
}
