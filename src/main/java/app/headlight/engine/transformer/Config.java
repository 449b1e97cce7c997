package app.headlight.engine.transformer;

import app.headlight.engine.refusal.Refusal;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The sizes and kinds of a transformer, by TransformerLens's fields.
 *
 * @param nLayers number of layers, L; 0 or more
 * @param dModel width of the residual stream, D
 * @param nHeads heads in a layer, H
 * @param nKeyValueHeads keys and values in a layer, G, which divides H: head h uses those of group h·G div H
 * @param dHead width of a head, K
 * @param dVocab tokens in the vocabulary, V
 * @param nCtx the longest sequence
 * @param mlp the MLP of each layer; null if there is none
 * @param parallel whether the MLP reads the stream before the layer, as attention does, and not that after attention
 * @param finalRms whether what the unembedding reads is not centred, in a model whose other norms centre
 * @param eps added to the variance or mean square by a norm
 * @param rotary null unless positions are rotary
 * @param attnScale what scores are divided by: √K, or another number, or 1
 * @param scaleByInverseLayer whether the scores of layer l are also divided by l + 1
 * @param scoresSoftCap c, if scores x become c·tanh(x/c) before the mask; 0 if not
 * @param logitsSoftCap the same of the logits
 * @param window if not 0, a destination t of the layers in {@code windowLayers} sees the sources s > t − window
 * @param windowLayers in order; empty if the window is 0
 * @param prependBos whether every text begins with {@code bosToken}, if there is one
 * @param bosToken id of the beginning-of-sequence token; null if the model has none, or its tokenizer decides
 */
public record Config(
        int nLayers,
        int dModel,
        int nHeads,
        int nKeyValueHeads,
        int dHead,
        int dVocab,
        int nCtx,
        @Nullable Mlp mlp,
        boolean parallel,
        Norm norm,
        boolean finalRms,
        double eps,
        Positions positions,
        @Nullable Rotary rotary,
        double attnScale,
        boolean scaleByInverseLayer,
        double scoresSoftCap,
        double logitsSoftCap,
        int window,
        List<Integer> windowLayers,
        boolean prependBos,
        @Nullable Integer bosToken) {

    private static final int MOST_LAYERS = 1_000;
    private static final int MOST_HEADS = 1_000;
    private static final int WIDEST = 100_000;

    /** The largest vocabulary and the longest context. */
    private static final int LONGEST = 1_000_000;

    /** @throws Refusal naming the field that is out of its bounds */
    public Config {
        windowLayers = List.copyOf(windowLayers);
        String size = Bounds.amount(
                weightBytes(nLayers, dModel, nHeads, nKeyValueHeads, dHead, dVocab, nCtx, mlp, positions));
        requireSize("n_layers", nLayers, 0, MOST_LAYERS, size);
        requireSize("d_model", dModel, 1, WIDEST, size);
        requireSize("n_heads", nHeads, 1, MOST_HEADS, size);
        requireSize("d_head", dHead, 1, WIDEST, size);
        requireSize("d_vocab", dVocab, 1, LONGEST, size);
        requireSize("n_ctx", nCtx, 1, LONGEST, size);
        requireArray("d_vocab × d_model", (double) dVocab * dModel, size);
        requireArray("d_model × n_heads × d_head", (double) dModel * nHeads * dHead, size);
        if (positions.isEmbedded()) {
            requireArray("n_ctx × d_model", (double) nCtx * dModel, size);
        }
        if (mlp != null) {
            requireArray("d_model × d_mlp", (double) dModel * mlp.dMlp(), size);
        }
        require(
                nKeyValueHeads >= 1 && nHeads % nKeyValueHeads == 0,
                "n_key_value_heads is " + nKeyValueHeads + "; expected a divisor of n_heads, " + nHeads);
        require(eps >= 0 && !Double.isInfinite(eps), "eps is " + eps + "; expected a small number, such as 1e-5");
        require(
                !finalRms || norm.isCentred(),
                "final_rms is true; expected false in a model whose norms do not centre");
        require(!parallel || mlp != null, "parallel_attn_mlp is true; expected false in a model without MLP");
        require(
                (positions == Positions.ROTARY) == (rotary != null),
                "positions are " + positions + " and the rotation is " + rotary + "; expected both or neither rotary");
        require(
                rotary == null || rotary.dimensions() <= dHead,
                rotary == null
                        ? ""
                        : "rotary_dim is " + rotary.dimensions() + "; expected d_head, " + dHead + ", at most");
        require(
                attnScale > 0 && !Double.isInfinite(attnScale),
                "attn_scale is " + attnScale + "; expected a positive number, such as the square root of d_head");
        if (rotary != null && rotary.scaling() instanceof RotaryScaling.Linear linear && !windowLayers.isEmpty()) {
            throw new Refusal("the rotary scaling is linear with the factor " + linear.factor()
                    + " and layers have a window of " + window
                    + "; expected one of them, because tools do not agree whether layers with a window are scaled");
        }
        requireCap("attn_scores_soft_cap", scoresSoftCap);
        requireCap("output_logits_soft_cap", logitsSoftCap);
        require(window >= 0, "window_size is " + window + "; expected 1 or more, or none");
        for (int layer : windowLayers) {
            require(
                    window > 0 && layer >= 0 && layer < nLayers,
                    "layer " + layer + " has a window of " + window + "; expected a layer below " + nLayers
                            + " and a window of 1 or more");
        }
        require(
                bosToken == null || bosToken >= 0 && bosToken < dVocab,
                "bos_token_id is " + bosToken + "; expected an id below d_vocab, " + dVocab);
    }

    /** A configuration to be filled in. */
    public static ConfigBuilder builder() {
        return new ConfigBuilder();
    }

    /** A builder that begins with the values of this. */
    public ConfigBuilder toBuilder() {
        return new ConfigBuilder(this);
    }

    /** The token that a text begins with; null if there is none. */
    public @Nullable Integer beginning() {
        return prependBos ? bosToken : null;
    }

    /** The norm between the last stream and the unembedding. */
    public Norm finalNorm() {
        if (!finalRms) {
            return norm;
        }
        return norm.isWeighted() ? Norm.RMS : Norm.RMS_PRE;
    }

    /** H·K. */
    public int packedHeads() {
        return nHeads * dHead;
    }

    /** G·K. */
    public int packedKeys() {
        return nKeyValueHeads * dHead;
    }

    /** The key and value that a head of a layer uses. */
    public int keyOf(int head) {
        return head * nKeyValueHeads / nHeads;
    }

    /** How many sources a destination of a layer sees at most; {@link Integer#MAX_VALUE} where there is no window. */
    public int window(int layer) {
        return windowLayers.contains(layer) ? window : Integer.MAX_VALUE;
    }

    /** What the scores of a layer are divided by, before a soft cap. */
    public double scoreScale(int layer) {
        return scaleByInverseLayer ? attnScale * (layer + 1) : attnScale;
    }

    /** The size of the weights as float32, in bytes. */
    public double weightBytes() {
        return weightBytes(nLayers, dModel, nHeads, nKeyValueHeads, dHead, dVocab, nCtx, mlp, positions);
    }

    /** Counts the matrices; vectors take little. */
    private static double weightBytes(
            double layers,
            double d,
            double heads,
            double keys,
            double k,
            double vocabulary,
            double context,
            @Nullable Mlp mlp,
            Positions positions) {
        double positional = positions.isEmbedded() ? context * d : 0;
        double neurons = mlp == null ? 0 : (mlp.gated() ? 3 : 2) * d * mlp.dMlp();
        double layer = 2 * d * (heads + keys) * k + neurons;
        return (2 * vocabulary * d + positional + layers * layer) * Float.BYTES;
    }

    private static void require(boolean good, String otherwise) {
        if (!good) {
            throw new Refusal(otherwise);
        }
    }

    private static void requireCap(String field, double cap) {
        require(cap >= 0 && !Double.isInfinite(cap), field + " is " + cap + "; expected a positive number, or none");
    }

    private static void requireSize(String field, int value, int least, int most, String size) {
        require(value >= least, field + " is " + value + "; expected " + least + " or more");
        if (value > most) {
            throw new Refusal(String.format(
                    Locale.ROOT,
                    "%s is %d; expected %,d at most (the weights would take %s)",
                    field,
                    value,
                    most,
                    size));
        }
    }

    private static void requireArray(String product, double value, String size) {
        if (value > Integer.MAX_VALUE - 8) {
            throw new Refusal(String.format(
                    Locale.ROOT,
                    "%s is %,.0f; expected %,d at most (the weights would take %s)",
                    product,
                    value,
                    Integer.MAX_VALUE - 8,
                    size));
        }
    }
}
