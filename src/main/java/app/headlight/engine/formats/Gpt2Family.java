package app.headlight.engine.formats;

import app.headlight.engine.transformer.Config;
import app.headlight.engine.transformer.Mlp;
import app.headlight.engine.transformer.Norm;
import java.util.List;

/**
 * GPT-2 of the transformers package (Radford et al. 2019). Its weights are of the class Conv1D, [in, out], and those of
 * queries, keys and values lie side by side in one tensor, {@code c_attn}.
 */
final class Gpt2Family implements Family {

    @Override
    public String name() {
        return "GPT-2";
    }

    @Override
    public String modelType() {
        return "gpt2";
    }

    @Override
    public List<String> architectures() {
        return List.of("GPT2LMHeadModel", "GPT2Model");
    }

    @Override
    public FileTraits traits(Fields fields) {
        return FileTraits.of(fields, true, true);
    }

    @Override
    public Config config(Fields fields) {
        int dModel = fields.whole("n_embd", "hidden_size");
        int heads = fields.whole("n_head", "num_attention_heads");
        int vocabulary = fields.whole("vocab_size");
        int dHead = Transformers.dHead(fields, "n_embd", dModel, "n_head", heads);
        var config = Config.builder()
                .sizes(
                        fields.whole("n_layer", "num_hidden_layers"),
                        dModel,
                        heads,
                        dHead,
                        vocabulary,
                        fields.wholeOr(1024, "n_positions", "max_position_embeddings"))
                .mlp(new Mlp(
                        fields.wholeOr(4 * dModel, "n_inner"),
                        Activations.ofTransformers(fields, "activation_function", "gelu_new"),
                        false))
                .norm(Norm.LN)
                .eps(fields.number(1e-5, "layer_norm_epsilon"))
                .scaleByInverseLayer(fields.truth(false, "scale_attn_by_inverse_layer_idx"))
                .bosToken(Transformers.bosToken(fields, vocabulary));
        if (!fields.truth(true, "scale_attn_weights")) {
            config.attnScale(1);
        }
        return config.build();
    }

    @Override
    public void tensors(Config config, FileTraits traits, TensorPlan plan) {
        int d = config.dModel();
        int m = config.mlp().dMlp();
        String base = plan.prefix("wte.weight", "transformer.", "");
        plan.embeddings(config, traits.tied(), base + "wte.weight", "lm_head.weight");
        plan.put("pos_embed.W_pos", base + "wpe.weight", Layout.matrix(config.nCtx(), d));
        Transformers.norm(plan, "ln_final", base + "ln_f", d, true);
        for (int l = 0; l < config.nLayers(); l++) {
            String to = "blocks." + l + ".";
            String from = base + "h." + l + ".";
            Transformers.norm(plan, to + "ln1", from + "ln_1", d, true);
            List<String> parts = List.of("Q", "K", "V");
            for (int part = 0; part < 3; part++) {
                plan.put(to + "attn.W_" + parts.get(part), from + "attn.c_attn.weight", Layout.columns(d, d, part, 3));
                plan.put(to + "attn.b_" + parts.get(part), from + "attn.c_attn.bias", Layout.vectorPart(d, part, 3));
            }
            plan.put(to + "attn.W_O", from + "attn.c_proj.weight", Layout.matrix(d, d));
            plan.put(to + "attn.b_O", from + "attn.c_proj.bias", Layout.vector(d));
            Transformers.norm(plan, to + "ln2", from + "ln_2", d, true);
            plan.put(to + "mlp.W_in", from + "mlp.c_fc.weight", Layout.matrix(d, m));
            plan.put(to + "mlp.b_in", from + "mlp.c_fc.bias", Layout.vector(m));
            plan.put(to + "mlp.W_out", from + "mlp.c_proj.weight", Layout.matrix(m, d));
            plan.put(to + "mlp.b_out", from + "mlp.c_proj.bias", Layout.vector(d));
        }
        plan.ignore("(transformer\\.)?h\\.\\d+\\.attn\\.(bias|masked_bias)");
    }
}
