package app.headlight.engine.formats;

import app.headlight.engine.transformer.Config;
import app.headlight.engine.transformer.Mlp;
import app.headlight.engine.transformer.Norm;
import java.util.List;

/**
 * GPT-NeoX and Pythia of the transformers package (Biderman et al. 2023): rotary positions of a part of each head,
 * attention and MLP side by side. Queries, keys and values are in one tensor, {@code query_key_value}, head by head.
 */
final class NeoxFamily implements Family {

    private static final double USUAL_SHARE = 0.25;

    @Override
    public String name() {
        return "GPT-NeoX";
    }

    @Override
    public String modelType() {
        return "gpt_neox";
    }

    @Override
    public List<String> architectures() {
        return List.of("GPTNeoXForCausalLM", "GPTNeoXModel");
    }

    @Override
    public FileTraits traits(Fields fields) {
        return FileTraits.of(fields, false, fields.truth(true, "attention_bias"));
    }

    @Override
    public Config config(Fields fields) {
        int dModel = fields.whole("hidden_size");
        int heads = fields.whole("num_attention_heads");
        int vocabulary = fields.whole("vocab_size");
        int dHead = Transformers.dHead(fields, "hidden_size", dModel, "num_attention_heads", heads);
        if (fields.wholeOr(dHead, "head_dim") != dHead) {
            throw fields.refused("head_dim", "only hidden_size / num_attention_heads, " + dHead + ", is read so far");
        }
        return Config.builder()
                .sizes(
                        fields.whole("num_hidden_layers"),
                        dModel,
                        heads,
                        dHead,
                        vocabulary,
                        fields.wholeOr(2048, "max_position_embeddings"))
                .mlp(new Mlp(
                        fields.whole("intermediate_size"),
                        Activations.ofTransformers(fields, "hidden_act", "gelu"),
                        false))
                .parallel(fields.truth(true, "use_parallel_residual"))
                .norm(Norm.LN)
                .eps(fields.number(1e-5, "layer_norm_eps"))
                .rotary(Rope.ofPart(fields, dHead, USUAL_SHARE, "rotary_emb_base", "rotary_pct"))
                .bosToken(Transformers.bosToken(fields, vocabulary))
                .build();
    }

    @Override
    public void tensors(Config config, FileTraits traits, TensorPlan plan) {
        int d = config.dModel();
        int h = config.nHeads();
        int k = config.dHead();
        int m = config.mlp().dMlp();
        String base = plan.prefix("embed_in.weight", "gpt_neox.", "");
        plan.embeddings(config, traits.tied(), base + "embed_in.weight", "embed_out.weight");
        Transformers.norm(plan, "ln_final", base + "final_layer_norm", d, true);
        for (int l = 0; l < config.nLayers(); l++) {
            String to = "blocks." + l + ".";
            String from = base + "layers." + l + ".";
            String fused = from + "attention.query_key_value";
            Transformers.norm(plan, to + "ln1", from + "input_layernorm", d, true);
            List<String> parts = List.of("Q", "K", "V");
            for (int part = 0; part < 3; part++) {
                String name = parts.get(part);
                plan.put(to + "attn.W_" + name, fused + ".weight", Layout.transposedPartOfHeads(d, h, k, part, 3));
                if (traits.biased()) {
                    plan.put(to + "attn.b_" + name, fused + ".bias", Layout.vectorPartOfHeads(h, k, part, 3));
                }
            }
            Transformers.linear(
                    plan, to + "attn.W_O", to + "attn.b_O", from + "attention.dense", d, d, traits.biased());
            Transformers.norm(plan, to + "ln2", from + "post_attention_layernorm", d, true);
            Transformers.linear(plan, to + "mlp.W_in", to + "mlp.b_in", from + "mlp.dense_h_to_4h", d, m, true);
            Transformers.linear(plan, to + "mlp.W_out", to + "mlp.b_out", from + "mlp.dense_4h_to_h", m, d, true);
        }
        plan.ignore("(gpt_neox\\.)?layers\\.\\d+\\.attention\\.(bias|masked_bias|rotary_emb\\.inv_freq)");
    }
}
