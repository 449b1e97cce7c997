package app.headlight.engine.formats;

import app.headlight.engine.transformer.Config;
import app.headlight.engine.transformer.ConfigBuilder;
import app.headlight.engine.transformer.Mlp;
import app.headlight.engine.transformer.Norm;
import java.util.List;

/**
 * What Llama, Qwen2 and Mistral have in common in the transformers package: RMS norms, rotary positions, grouped keys, a
 * gated MLP, and the names of fields and tensors.
 */
final class LlamaLayers {

    /** The names of kinds of layers, in {@code layer_types}. */
    static final String FULL = "full_attention";

    static final String SLIDING = "sliding_attention";

    private LlamaLayers() {}

    /**
     * All but windows.
     *
     * @param usualGroups keys and values in a layer if the file does not say it
     * @param usualContext the longest sequence if the file does not say it
     * @param biasedMlp whether the three projections of an MLP have biases
     */
    static ConfigBuilder config(Fields fields, int usualGroups, int usualContext, boolean biasedMlp) {
        int dModel = fields.whole("hidden_size");
        int heads = fields.whole("num_attention_heads");
        int vocabulary = fields.whole("vocab_size");
        int dHead = fields.has("head_dim")
                ? fields.whole("head_dim")
                : Transformers.dHead(fields, "hidden_size", dModel, "num_attention_heads", heads);
        boolean allHeads = fields.node("num_key_value_heads").isNull();
        return Config.builder()
                .sizes(
                        fields.whole("num_hidden_layers"),
                        dModel,
                        heads,
                        dHead,
                        vocabulary,
                        fields.wholeOr(usualContext, "max_position_embeddings"))
                .nKeyValueHeads(groups(fields, allHeads ? heads : usualGroups, heads))
                .mlp(new Mlp(
                        fields.whole("intermediate_size"),
                        Activations.ofTransformers(fields, "hidden_act", "silu"),
                        true,
                        biasedMlp))
                .norm(Norm.RMS)
                .eps(fields.number(1e-6, "rms_norm_eps"))
                .rotary(Rope.ofWholeHeads(fields, dHead))
                .bosToken(Transformers.bosToken(fields, vocabulary));
    }

    private static int groups(Fields fields, int usual, int heads) {
        int groups = fields.wholeOr(usual, "num_key_value_heads");
        if (groups < 1 || heads % groups != 0) {
            throw fields.contradiction(
                    "num_key_value_heads", "num_attention_heads", "expected a divisor of the number of heads");
        }
        return groups;
    }

    /** The size of the windows. */
    static int window(Fields fields, int usual) {
        int window = fields.wholeOr(usual, "sliding_window");
        if (window < 1) {
            throw fields.refused("sliding_window", "expected 1 or more, or null");
        }
        return window;
    }

    /** Refuses layers that are not of full attention. */
    static void refuseWindows(Fields fields) {
        List<String> types = fields.texts("layer_types");
        if (types != null && !types.stream().allMatch(FULL::equals)) {
            throw fields.refused("layer_types", "only \"" + FULL + "\" in every layer is read so far");
        }
    }

    /** @param biased whether all four projections of attention have biases */
    static void tensors(Config config, FileTraits traits, boolean biased, TensorPlan plan) {
        int d = config.dModel();
        int hk = config.packedHeads();
        int gk = config.packedKeys();
        int m = config.mlp().dMlp();
        String base = base(plan);
        plan.embeddings(config, traits.tied(), base + "embed_tokens.weight", "lm_head.weight");
        Transformers.norm(plan, "ln_final", base + "norm", d, false);
        for (int l = 0; l < config.nLayers(); l++) {
            String to = "blocks." + l + ".";
            String from = base + "layers." + l + ".";
            String attention = from + "self_attn.";
            Transformers.norm(plan, to + "ln1", from + "input_layernorm", d, false);
            Transformers.norm(plan, to + "ln2", from + "post_attention_layernorm", d, false);
            plan.put(to + "attn.W_Q", attention + "q_proj.weight", Layout.transposed(d, hk));
            plan.put(to + "attn.W_K", attention + "k_proj.weight", Layout.transposed(d, gk));
            plan.put(to + "attn.W_V", attention + "v_proj.weight", Layout.transposed(d, gk));
            plan.put(to + "attn.W_O", attention + "o_proj.weight", Layout.transposed(hk, d));
            plan.put(to + "mlp.W_gate", from + "mlp.gate_proj.weight", Layout.transposed(d, m));
            plan.put(to + "mlp.W_in", from + "mlp.up_proj.weight", Layout.transposed(d, m));
            plan.put(to + "mlp.W_out", from + "mlp.down_proj.weight", Layout.transposed(m, d));
            if (config.mlp().biasedFactors()) {
                plan.put(to + "mlp.b_gate", from + "mlp.gate_proj.bias", Layout.vector(m));
                plan.put(to + "mlp.b_in", from + "mlp.up_proj.bias", Layout.vector(m));
                plan.put(to + "mlp.b_out", from + "mlp.down_proj.bias", Layout.vector(d));
            }
            if (biased) {
                readerBiases(config, l, plan);
                plan.put(to + "attn.b_O", attention + "o_proj.bias", Layout.vector(d));
            }
        }
        plan.ignore("(model\\.)?(layers\\.\\d+\\.self_attn\\.)?rotary_emb\\.inv_freq");
    }

    /** The biases of queries, keys and values of a layer. */
    static void readerBiases(Config config, int layer, TensorPlan plan) {
        String to = "blocks." + layer + ".attn.b_";
        String from = base(plan) + "layers." + layer + ".self_attn.";
        plan.put(to + "Q", from + "q_proj.bias", Layout.vector(config.packedHeads()));
        plan.put(to + "K", from + "k_proj.bias", Layout.vector(config.packedKeys()));
        plan.put(to + "V", from + "v_proj.bias", Layout.vector(config.packedKeys()));
    }

    private static String base(TensorPlan plan) {
        return plan.prefix("embed_tokens.weight", "model.", "");
    }
}
