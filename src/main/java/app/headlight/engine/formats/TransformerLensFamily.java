package app.headlight.engine.formats;

import app.headlight.engine.transformer.Config;
import app.headlight.engine.transformer.ConfigBuilder;
import app.headlight.engine.transformer.Mlp;
import app.headlight.engine.transformer.Mlp.Activation;
import app.headlight.engine.transformer.Norm;
import app.headlight.engine.transformer.Positions;
import app.headlight.engine.transformer.Rotary;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The state dict of TransformerLens's HookedTransformer with its HookedTransformerConfig, whose defaults are those of
 * TransformerLens: {@code W_Q, W_K, W_V [H, D, K]}, {@code W_O [H, K, D]}. A bias that is not in the file is zero. Our
 * own files are of this family.
 */
final class TransformerLensFamily implements Family {

    private static final double USUAL_BASE = 10_000;

    @Override
    public String name() {
        return "TransformerLens";
    }

    @Override
    public String modelType() {
        return "";
    }

    @Override
    public List<String> architectures() {
        return List.of();
    }

    @Override
    public FileTraits traits(Fields fields) {
        boolean tied = fields.truth(false, "tie_word_embeddings");
        return new FileTraits(tied, true, !fields.truth(false, "attn_only") && isGateOnly(fields));
    }

    @Override
    public boolean beginsAsItsTokenizerSays() {
        return false;
    }

    @Override
    public Config config(Fields fields) {
        int layers = fields.whole("n_layers");
        int dModel = fields.whole("d_model");
        int dHead = fields.whole("d_head");
        int dVocab = fields.whole("d_vocab");
        Norm norm = norm(fields);
        Mlp mlp = mlp(fields, dModel);
        ConfigBuilder config = Config.builder()
                .sizes(layers, dModel, heads(fields, dModel, dHead), dHead, dVocab, fields.whole("n_ctx"))
                .nKeyValueHeads(groups(fields))
                .mlp(mlp)
                .parallel(fields.truth(false, "parallel_attn_mlp") && mlp != null)
                .norm(norm)
                .finalRms(fields.truth(false, "final_rms") && norm.isCentred())
                .eps(fields.number(1e-5, "eps"))
                .scaleByInverseLayer(fields.truth(false, "scale_attn_by_inverse_layer_idx"))
                .scoresSoftCap(cap(fields, "attn_scores_soft_cap"))
                .logitsSoftCap(cap(fields, "output_logits_soft_cap"))
                .prependBos(fields.truth(true, "default_prepend_bos"))
                .bosToken(fields.wholeOrNull("bos_token_id"));
        List<Integer> local = local(fields, layers);
        if (!local.isEmpty()) {
            config.window(fields.whole("window_size"), local);
        }
        positions(fields, dHead, local, config);
        scale(fields, config);
        if (fields.wholeOr(-1, "d_vocab_out") != -1 && fields.whole("d_vocab_out") != dVocab) {
            throw fields.refused("d_vocab_out", "only d_vocab, " + dVocab + ", is read so far");
        }
        return config.build();
    }

    /** The number of heads; if the file does not say it, as many as fit into the width. */
    private static int heads(Fields fields, int dModel, int dHead) {
        JsonNode node = fields.node("n_heads");
        boolean open = node.isMissingNode() || node.isIntegralNumber() && node.asInt(0) == -1;
        return open ? dModel / Math.max(1, dHead) : fields.whole("n_heads");
    }

    private static int groups(Fields fields) {
        int groups = fields.wholeOr(0, "n_key_value_heads");
        if (fields.has("n_key_value_heads") && groups < 1) {
            throw fields.refused("n_key_value_heads", "expected 1 or more");
        }
        return groups;
    }

    private static @Nullable Mlp mlp(Fields fields, int dModel) {
        if (fields.truth(false, "attn_only")) {
            return null;
        }
        if (fields.has("num_experts")) {
            throw fields.refused("num_experts", "only null is read so far");
        }
        return new Mlp(
                fields.wholeOr(4 * dModel, "d_mlp"),
                Activations.ofTransformerLens(fields),
                fields.truth(false, "gated_mlp") && !isGateOnly(fields),
                fields.truth(false, "mlp_bias"));
    }

    /**
     * Whether the MLP has a gate and nothing that it is multiplied by: TransformerLens computes a gated MLP whose activation
     * has a norm over the neurons as the norm of act(x W_gate), without W_in and b_in.
     */
    private static boolean isGateOnly(Fields fields) {
        return fields.truth(false, "gated_mlp") && Activations.ofTransformerLens(fields) == Activation.SOLU_LN;
    }

    private static Norm norm(Fields fields) {
        JsonNode node = fields.node("normalization_type");
        if (node.isNull()) {
            return Norm.NONE;
        }
        return switch (node.isMissingNode() ? "LN" : node.asString("")) {
            case "LN" -> Norm.LN;
            case "LNPre" -> Norm.LN_PRE;
            case "RMS" -> Norm.RMS;
            case "RMSPre" -> Norm.RMS_PRE;
            default ->
                throw fields.refused(
                        "normalization_type", "null, \"LN\", \"LNPre\", \"RMS\" and \"RMSPre\" are read so far");
        };
    }

    private static double cap(Fields fields, String field) {
        return Math.max(0, fields.number(-1, field));
    }

    /** The layers with a window. */
    private static List<Integer> local(Fields fields, int layers) {
        if (!fields.truth(false, "use_local_attn")) {
            return List.of();
        }
        List<String> types = fields.texts("attn_types");
        if (types == null
                || types.size() < layers
                || !List.of("global", "local").containsAll(types)) {
            throw fields.refused(
                    "attn_types",
                    "use_local_attn is true, so expected \"global\" or \"local\" for each of " + layers + " layers");
        }
        return IntStream.range(0, layers)
                .filter(layer -> types.get(layer).equals("local"))
                .boxed()
                .toList();
    }

    private static void positions(Fields fields, int dHead, List<Integer> local, ConfigBuilder config) {
        JsonNode node = fields.node("positional_embedding_type");
        switch (node.isMissingNode() ? "standard" : node.asString("")) {
            case "standard" -> config.positions(Positions.STANDARD);
            case "shortformer" -> config.positions(Positions.SHORTFORMER);
            case "none" -> config.positions(Positions.NONE);
            case "rotary" -> {
                double base = fields.number(USUAL_BASE, "rotary_base");
                if (!local.isEmpty() && fields.number(base, "rotary_base_local") != base) {
                    throw fields.refused("rotary_base_local", "only that of all layers, " + base + ", is read so far");
                }
                config.rotary(new Rotary(
                        fields.wholeOr(dHead, "rotary_dim"),
                        base,
                        fields.truth(false, "rotary_adjacent_pairs"),
                        Rope.ofTransformerLens(fields)));
            }
            default ->
                throw fields.refused(
                        "positional_embedding_type",
                        "\"standard\", \"shortformer\", \"rotary\" and \"none\" are read so far");
        }
    }

    /** Without a scale of its own, a model divides scores by √K. */
    private static void scale(Fields fields, ConfigBuilder config) {
        double scale = fields.number(-1, "attn_scale");
        if (!fields.truth(true, "use_attn_scale")) {
            config.attnScale(1);
        } else if (scale != -1) {
            config.attnScale(scale);
        }
    }

    @Override
    public void tensors(Config config, FileTraits traits, TensorPlan plan) {
        int v = config.dVocab();
        int d = config.dModel();
        String wE = "embed.W_E";
        String wU = "unembed.W_U";
        boolean fromUnembedding = traits.tied() && !plan.has(wE) && plan.has(wU);
        plan.put(wE, fromUnembedding ? wU : wE, fromUnembedding ? Layout.transposed(v, d) : Layout.matrix(v, d));
        boolean fromEmbedding = traits.tied() && !plan.has(wU);
        plan.put(wU, fromEmbedding ? wE : wU, fromEmbedding ? Layout.transposed(d, v) : Layout.matrix(d, v));
        plan.putIfThere("unembed.b_U", "unembed.b_U", Layout.vector(v));
        if (config.positions().isEmbedded()) {
            plan.put("pos_embed.W_pos", "pos_embed.W_pos", Layout.matrix(config.nCtx(), d));
        }
        norm(config.finalNorm(), config.dModel(), "ln_final", plan);
        for (int l = 0; l < config.nLayers(); l++) {
            norm(config.norm(), config.dModel(), "blocks." + l + ".ln1", plan);
            attention(config, l, plan);
            if (config.mlp() != null) {
                norm(config.norm(), config.dModel(), "blocks." + l + ".ln2", plan);
                mlp(config, config.mlp(), traits.gateOnly(), "blocks." + l + ".mlp.", plan);
            }
        }
        plan.ignore("blocks\\.\\d+\\.attn\\.(IGNORE|rotary_sin|rotary_cos)");
    }

    private static void norm(Norm norm, int width, String name, TensorPlan plan) {
        if (norm.isWeighted()) {
            plan.put(name + ".w", name + ".w", Layout.vector(width));
        }
        if (norm.isBiased()) {
            plan.put(name + ".b", name + ".b", Layout.vector(width));
        }
    }

    private static void attention(Config config, int layer, TensorPlan plan) {
        int h = config.nHeads();
        int g = config.nKeyValueHeads();
        int d = config.dModel();
        int k = config.dHead();
        String prefix = "blocks." + layer + ".attn.";
        plan.put(prefix + "W_Q", prefix + "W_Q", Layout.heads(h, d, k));
        plan.put(prefix + "W_K", grouped(plan, prefix, "W_K"), Layout.heads(g, d, k));
        plan.put(prefix + "W_V", grouped(plan, prefix, "W_V"), Layout.heads(g, d, k));
        plan.put(prefix + "W_O", prefix + "W_O", Layout.headsBelow(h, k, d));
        plan.putIfThere(prefix + "b_Q", prefix + "b_Q", Layout.headVector(h, k));
        plan.putIfThere(prefix + "b_K", grouped(plan, prefix, "b_K"), Layout.headVector(g, k));
        plan.putIfThere(prefix + "b_V", grouped(plan, prefix, "b_V"), Layout.headVector(g, k));
        plan.putIfThere(prefix + "b_O", prefix + "b_O", Layout.vector(d));
        plan.mask(prefix + "mask", config.window(layer));
    }

    /** A model with grouped keys has another name for those. */
    private static String grouped(TensorPlan plan, String prefix, String name) {
        return plan.has(prefix + "_" + name) ? prefix + "_" + name : prefix + name;
    }

    private static void mlp(Config config, Mlp mlp, boolean gateOnly, String prefix, TensorPlan plan) {
        int d = config.dModel();
        int m = mlp.dMlp();
        plan.put(prefix + "W_in", prefix + (gateOnly ? "W_gate" : "W_in"), Layout.matrix(d, m));
        plan.put(prefix + "W_out", prefix + "W_out", Layout.matrix(m, d));
        if (!gateOnly) {
            plan.putIfThere(prefix + "b_in", prefix + "b_in", Layout.vector(m));
        }
        if (mlp.biasedFactors()) {
            plan.putIfThere(prefix + "b_gate", prefix + "b_gate", Layout.vector(m));
        }
        plan.putIfThere(prefix + "b_out", prefix + "b_out", Layout.vector(d));
        if (mlp.gated()) {
            plan.put(prefix + "W_gate", prefix + "W_gate", Layout.matrix(d, m));
        }
        if (mlp.activation() == Activation.SOLU_LN && config.norm() == Norm.LN) {
            plan.put(prefix + "ln.w", prefix + "ln.w", Layout.vector(m));
            plan.put(prefix + "ln.b", prefix + "ln.b", Layout.vector(m));
        }
    }
}
