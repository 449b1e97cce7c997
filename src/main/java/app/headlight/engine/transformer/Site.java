package app.headlight.engine.transformer;

import app.headlight.engine.refusal.Refusal;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * The place of one activation in a model, by TransformerLens's hook.
 *
 * @param layer from 0; −1 for a site that is there once
 * @param head from 0; −1 for a site that all heads of a layer share, and for all heads of q, k, v and z side by side
 */
public record Site(Kind kind, int layer, int head) {

    /** The kinds of site, in the order of a forward pass. T tokens; what it is of one sentence. */
    public enum Kind {
        /** W_E of each token, [T, D]. */
        EMBED("hook_embed"),
        /** W_pos of each position, [T, D]. */
        POS_EMBED("hook_pos_embed"),
        /** The stream before a layer, [T, D]. */
        RESID_PRE("hook_resid_pre"),
        /** Queries, before any rotation, [T, K] of a head. */
        Q("attn.hook_q"),
        /** Keys, before any rotation, [T, K] of a head; grouped keys are the head's own copy. */
        K("attn.hook_k"),
        /** Values, [T, K] of a head. */
        V("attn.hook_v"),
        /** Scores, divided, capped and masked, [T destinations, T sources]. */
        SCORES("attn.hook_attn_scores"),
        /** The pattern, [T destinations, T sources]. */
        PATTERN("attn.hook_pattern"),
        /** Pattern times values, [T, K] of a head. */
        Z("attn.hook_z"),
        /** What a head writes, z W_O, [T, D]. */
        RESULT("attn.hook_result"),
        /** What the attention of a layer writes, b_O included, [T, D]. */
        ATTN_OUT("hook_attn_out"),
        /** The stream between attention and MLP, [T, D]; a layer without MLP, or a parallel one, has none. */
        RESID_MID("hook_resid_mid"),
        /** The stream that the MLP reads, before its norm, [T, D]: an edit here changes what the MLP reads alone. */
        MLP_IN("hook_mlp_in"),
        /** What the activation function is applied to, [T, M]. */
        MLP_PRE("mlp.hook_pre"),
        /** The activations of the neurons, [T, M]. */
        MLP_POST("mlp.hook_post"),
        /** What the MLP of a layer writes, b_out included, [T, D]. */
        MLP_OUT("hook_mlp_out"),
        /** The stream after a layer, [T, D]. */
        RESID_POST("hook_resid_post"),
        /** What the unembedding reads, [T, D]. */
        FINAL_NORM("ln_final.hook_normalized");

        private final String hook;

        Kind(String hook) {
            this.hook = hook;
        }

        /**
         * The kind of a name: its own in small letters, such as {@code resid_pre}, or TransformerLens's without the layer,
         * such as {@code attn.hook_z}.
         */
        public static Optional<Kind> named(String name) {
            return Arrays.stream(values())
                    .filter(kind ->
                            name.equals(kind.hook) || name.equals(kind.name().toLowerCase(Locale.ROOT)))
                    .findFirst();
        }

        /** Whether each row is of one destination and has a number for each source. */
        public boolean isSquare() {
            return this == SCORES || this == PATTERN;
        }

        /** Whether each head has one. */
        public boolean isByHead() {
            return ordinal() >= Q.ordinal() && ordinal() <= RESULT.ordinal();
        }

        /** Whether the heads of a layer lie side by side in one matrix. */
        boolean isPacked() {
            return this == Q || this == K || this == V || this == Z;
        }

        /** Whether a model of this configuration has such sites. */
        private boolean isIn(Config config) {
            return switch (this) {
                case POS_EMBED -> config.positions().isEmbedded();
                case RESID_MID -> config.mlp() != null && !config.parallel();
                case MLP_IN, MLP_PRE, MLP_POST, MLP_OUT -> config.mlp() != null;
                default -> true;
            };
        }

        /** @throws Refusal naming the kind, if a model of this configuration has no such sites */
        public void check(Config config) {
            if (!isIn(config)) {
                throw new Refusal("there is no " + hook + " in this model");
            }
        }

        /** Whether each layer has one. */
        public boolean isByLayer() {
            return this != EMBED && this != POS_EMBED && this != FINAL_NORM;
        }
    }

    public static Site of(Kind kind, HeadId head) {
        return new Site(kind, head.layer(), head.head());
    }

    public static Site of(Kind kind, int layer) {
        return new Site(kind, layer, -1);
    }

    public static Site of(Kind kind) {
        return new Site(kind, -1, -1);
    }

    /** TransformerLens's name, such as {@code blocks.0.attn.hook_z}. */
    public String hook() {
        return kind.isByLayer() ? "blocks." + layer + "." + kind.hook : kind.hook;
    }

    /** How many numbers the site has at one position of a sentence of some length; of one head, if it is by head. */
    public int width(Config config, int length) {
        return switch (kind) {
            case Q, K, V, Z -> config.dHead();
            case SCORES, PATTERN -> length;
            case MLP_PRE, MLP_POST -> Objects.requireNonNull(config.mlp()).dMlp();
            default -> config.dModel();
        };
    }

    /** @throws Refusal naming the site, if a model of this configuration does not have it */
    public void check(Config config) {
        if (kind.isByHead() && head >= 0 && layer >= 0) {
            new HeadId(layer, head).check(config);
        }
        boolean there = (kind.isByLayer() ? layer >= 0 && layer < config.nLayers() : layer == -1)
                && (head == -1 || kind.isByHead())
                && kind.isIn(config);
        if (!there) {
            throw new Refusal("there is no site " + this + " in this model");
        }
    }

    @Override
    public String toString() {
        return head < 0 ? hook() : hook() + " of head " + head;
    }
}
