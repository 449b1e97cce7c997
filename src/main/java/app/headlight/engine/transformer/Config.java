package app.headlight.engine.transformer;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The sizes and kinds of an attention-only transformer.
 *
 * @param nLayers number of layers, 0 or more
 * @param dModel width of the residual stream
 * @param nHeads heads in a layer
 * @param dHead width of a head
 * @param dVocab tokens in the vocabulary
 * @param nCtx the longest sequence
 * @param eps added to the variance by {@link Norm#LN_PRE}
 * @param prependBos whether every text begins with {@code bosToken}, if there is one
 * @param bosToken id of the beginning-of-sequence token; null if the model has none, or its tokenizer decides
 */
public record Config(
        int nLayers,
        int dModel,
        int nHeads,
        int dHead,
        int dVocab,
        int nCtx,
        Positions positions,
        Norm norm,
        double eps,
        boolean prependBos,
        @Nullable Integer bosToken) {

    private static final int MOST_LAYERS = 1_000;
    private static final int MOST_HEADS = 1_000;
    private static final int WIDEST = 100_000;

    /** The largest vocabulary and the longest context. */
    private static final int LONGEST = 1_000_000;

    /** @throws IllegalArgumentException naming the field that is out of its bounds */
    public Config {
        String size = Bounds.amount(weightBytes(nLayers, dModel, nHeads, dHead, dVocab, nCtx, positions));
        require("n_layers", nLayers, 0, MOST_LAYERS, size);
        require("d_model", dModel, 1, WIDEST, size);
        require("n_heads", nHeads, 1, MOST_HEADS, size);
        require("d_head", dHead, 1, WIDEST, size);
        require("d_vocab", dVocab, 1, LONGEST, size);
        require("n_ctx", nCtx, 1, LONGEST, size);
        requireArray("d_vocab × d_model", (double) dVocab * dModel, size);
        requireArray("d_model × n_heads × d_head", (double) dModel * nHeads * dHead, size);
        if (positions != Positions.NONE) {
            requireArray("n_ctx × d_model", (double) nCtx * dModel, size);
        }
        if (!(eps >= 0) || Double.isInfinite(eps)) {
            throw new IllegalArgumentException("eps is " + eps + "; expected a small number, such as 1e-5");
        }
        if (bosToken != null && (bosToken < 0 || bosToken >= dVocab)) {
            throw new IllegalArgumentException(
                    "bos_token_id is " + bosToken + "; expected an id below d_vocab, " + dVocab);
        }
    }

    /** The token that a text begins with; null if there is none. */
    public @Nullable Integer beginning() {
        return prependBos ? bosToken : null;
    }

    /** The same with this token at the beginning of sequences. */
    public Config withBos(int token) {
        return new Config(nLayers, dModel, nHeads, dHead, dVocab, nCtx, positions, norm, eps, prependBos, token);
    }

    /** The size of the weights as float32, in bytes. */
    public double weightBytes() {
        return weightBytes(nLayers, dModel, nHeads, dHead, dVocab, nCtx, positions);
    }

    private static double weightBytes(
            double layers, double d, double heads, double k, double vocabulary, double context, Positions positions) {
        double positional = positions == Positions.NONE ? 0 : context * d;
        return (2 * vocabulary * d + positional + layers * 4 * d * heads * k) * Float.BYTES;
    }

    private static void require(String field, int value, int least, int most, String size) {
        if (value < least) {
            throw new IllegalArgumentException(field + " is " + value + "; expected " + least + " or more");
        }
        if (value > most) {
            throw new IllegalArgumentException(String.format(
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
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "%s is %,.0f; expected %,d at most (the weights would take %s)",
                    product,
                    value,
                    Integer.MAX_VALUE - 8,
                    size));
        }
    }
}
