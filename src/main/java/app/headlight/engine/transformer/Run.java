package app.headlight.engine.transformer;

import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.tensor.Matrix;
import app.headlight.engine.tensor.Softmax;
import app.headlight.engine.transformer.Site.Kind;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.ejml.data.FMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * A forward pass with its activations, by the names of TransformerLens ({@code docs/maths.md}, "Forward pass"). T is
 * the number of tokens. Its matrices cannot be
 * written to, and its arrays are copies.
 */
public final class Run {

    private static final Set<Kind> KEPT =
            Set.of(Kind.RESID_PRE, Kind.Q, Kind.K, Kind.V, Kind.SCORES, Kind.PATTERN, Kind.Z, Kind.ATTN_OUT);
    private static final Set<Kind> OF_MLP = Set.of(Kind.RESID_MID, Kind.MLP_OUT);

    private final Config config;
    private final HeadOutputs outputs;
    private final int[] tokens;
    private final List<Edit> edits;
    private final Activations activations;
    private final FMatrixRMaj last; // x_L
    private final FMatrixRMaj logits;
    private final float[][] normScale; // found when asked for
    private volatile double @Nullable [] logSum; // likewise

    Run(
            Config config,
            HeadOutputs outputs,
            int[] tokens,
            List<Edit> edits,
            Activations activations,
            FMatrixRMaj last,
            FMatrixRMaj logits) {
        this.config = config;
        this.outputs = outputs;
        this.tokens = tokens;
        this.edits = List.copyOf(edits);
        this.activations = activations;
        this.last = last;
        this.logits = logits;
        this.normScale = new float[2 * config.nLayers() + 1][];
    }

    /** The kinds of site that a run keeps; the others are computed from these when they are asked for. */
    static Set<Kind> kept(Config config) {
        Set<Kind> kinds = EnumSet.copyOf(KEPT);
        if (config.mlp() != null) {
            kinds.addAll(OF_MLP);
        }
        return kinds;
    }

    public Config config() {
        return config;
    }

    public int[] tokens() {
        return tokens.clone();
    }

    public List<Edit> edits() {
        return edits;
    }

    /** Whether an edit zeroes all that a head writes. */
    public boolean isZeroed(HeadId head) {
        return edits.contains(Edit.zero(head));
    }

    /** The number of tokens, T. */
    public int length() {
        return tokens.length;
    }

    Activations activations() {
        return activations;
    }

    /** x_l, [T, D]: the stream before layer l, or with l = L after the last layer. */
    public Matrix residual(int l) {
        return Matrix.of(stream(l));
    }

    /** The stream between attention and MLP of a layer, [T, D]; in a parallel layer that before it. */
    public Matrix residualMid(int layer) {
        return Matrix.of(mid(layer));
    }

    /** The same for what computes with it and does not write to it. */
    FMatrixRMaj stream(int l) {
        return l == config.nLayers() ? last : activations.get(Site.of(Kind.RESID_PRE, l));
    }

    private FMatrixRMaj mid(int layer) {
        Site site = Site.of(Kind.RESID_MID, layer);
        return activations.has(site) ? activations.get(site) : stream(layer);
    }

    /** The scale of the norm at each position, [T], that attention of layer l reads through (l = L: unembedding). */
    public float[] normScale(int l) {
        return scale(l, stream(l));
    }

    /** The scale of the norm at each position, [T], that the MLP of a layer reads through. */
    public float[] mlpNormScale(int layer) {
        return scale(config.nLayers() + 1 + layer, mid(layer));
    }

    private float[] scale(int index, FMatrixRMaj stream) {
        float[] found = normScale[index];
        if (found == null) {
            found = new float[length()];
            Norm norm = index == config.nLayers() ? config.finalNorm() : config.norm();
            for (int t = 0; t < found.length; t++) {
                found[t] = Rows.inverseDeviation(stream, t, norm, config.eps());
            }
            normScale[index] = found;
        }
        return found.clone();
    }

    /** Queries of a layer, before any rotation, [T, H·K]. */
    public Matrix q(int layer) {
        return Matrix.of(activations.get(Site.of(Kind.Q, layer)));
    }

    /** Keys of a layer, before any rotation, [T, H·K]; each head has its own copy of a grouped key. */
    public Matrix k(int layer) {
        return Matrix.of(activations.get(Site.of(Kind.K, layer)));
    }

    /** Values of a layer, [T, H·K]; each head has its own copy of a grouped value. */
    public Matrix v(int layer) {
        return Matrix.of(activations.get(Site.of(Kind.V, layer)));
    }

    /** Mixed values of a layer, [T, H·K]: each head's pattern times its values. */
    public Matrix z(int layer) {
        return Matrix.of(activations.get(Site.of(Kind.Z, layer)));
    }

    /** A copy of the part of an activation [T, H·K] that belongs to one head, [T, K]. */
    public Matrix ofHead(Matrix packed, int head) {
        int k = config.dHead();
        return packed.columns(head * k, (head + 1) * k);
    }

    /** q kᵀ divided by the model's scale and capped, [T, T]; −∞ where the source is not seen. */
    public Matrix scores(HeadId head) {
        return Matrix.of(activations.get(Site.of(Kind.SCORES, head)));
    }

    /** The attention pattern, [T destinations, T sources]; rows sum to 1. */
    public Matrix pattern(HeadId head) {
        return Matrix.of(activations.get(Site.of(Kind.PATTERN, head)));
    }

    /**
     * What the head writes to the stream, z W_O, [T, D]; b_O belongs to the layer, not to a head. It is computed anew
     * with each call.
     */
    public Matrix result(HeadId head) {
        Site site = Site.of(Kind.RESULT, head);
        return Matrix.of(
                activations.has(site)
                        ? activations.get(site)
                        : outputs.of(activations.get(Site.of(Kind.Z, head)), head));
    }

    /** What the attention of a layer writes, b_O included, [T, D]. */
    public Matrix attnOut(int layer) {
        return Matrix.of(activations.get(Site.of(Kind.ATTN_OUT, layer)));
    }

    /**
     * What the MLP of a layer writes, b_out included, [T, D].
     *
     * @throws Refusal if there is none
     */
    public Matrix mlpOut(int layer) {
        return Matrix.of(activations.get(Site.of(Kind.MLP_OUT, layer)));
    }

    /** The logits, [T, V]. */
    public Matrix logits() {
        return Matrix.of(logits);
    }

    /** Loss of positions 0 to T−2, in nats: −log p of the token that follows. */
    public double[] loss() {
        double[] sums = sums();
        double[] loss = new double[length() - 1];
        for (int t = 0; t < loss.length; t++) {
            loss[t] = sums[t] - logits.get(t, tokens[t + 1]);
        }
        return loss;
    }

    /** log Σ exp of the logits at each position, [T]; a log-probability is a logit minus this. */
    public double[] logSum() {
        return sums().clone();
    }

    private double[] sums() {
        double[] found = logSum;
        if (found == null) {
            found = IntStream.range(0, length())
                    .parallel()
                    .mapToDouble(t -> Softmax.logSumExp(logits, t))
                    .toArray();
            logSum = found;
        }
        return found;
    }

    /** The memory that the run takes, in bytes. */
    public long bytes() {
        return (logits.data.length + last.data.length + activations.floats() + 4L * length()) * Float.BYTES;
    }
}
