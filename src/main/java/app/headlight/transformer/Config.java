package app.headlight.transformer;

import org.jspecify.annotations.Nullable;

/**
 * The sizes and kinds of an attention-only transformer.
 *
 * @param nLayers layers, from 0
 * @param dModel width of the residual stream
 * @param nHeads heads a layer
 * @param dHead width of a head
 * @param dVocab tokens in the vocabulary
 * @param nCtx the longest sequence
 * @param eps added to the variance by {@link Norm#LN_PRE}
 * @param prependBos whether every text begins with {@code bosToken}, where there is one
 * @param bosToken id of the beginning-of-sequence token; null where the model has none, or leaves it to its tokenizer
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

    /** @throws IllegalArgumentException naming the field that cannot be */
    public Config {
        require("n_layers", nLayers, 0);
        require("d_model", dModel, 1);
        require("n_heads", nHeads, 1);
        require("d_head", dHead, 1);
        require("d_vocab", dVocab, 1);
        require("n_ctx", nCtx, 1);
        if (!(eps >= 0) || Double.isInfinite(eps)) {
            throw new IllegalArgumentException("eps is " + eps + "; expected a small number, such as 1e-5");
        }
        if (bosToken != null && (bosToken < 0 || bosToken >= dVocab)) {
            throw new IllegalArgumentException(
                    "bos_token_id is " + bosToken + "; expected an id below d_vocab, " + dVocab);
        }
    }

    /** The token that a text begins with; null where none is put in front. */
    public @Nullable Integer beginning() {
        return prependBos ? bosToken : null;
    }

    /** The same with this token at the beginning of sequences. */
    public Config withBos(int token) {
        return new Config(nLayers, dModel, nHeads, dHead, dVocab, nCtx, positions, norm, eps, prependBos, token);
    }

    private static void require(String field, int value, int least) {
        if (value < least) {
            throw new IllegalArgumentException(field + " is " + value + "; expected " + least + " or more");
        }
    }
}
