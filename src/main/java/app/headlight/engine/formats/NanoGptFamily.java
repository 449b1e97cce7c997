package app.headlight.engine.formats;

import app.headlight.engine.transformer.Config;
import app.headlight.engine.transformer.Mlp;
import app.headlight.engine.transformer.Mlp.Activation;
import app.headlight.engine.transformer.Norm;
import java.util.List;

/**
 * A checkpoint of nanoGPT, converted to safetensors, with its {@code model_args} as {@code config.json}. GPT-2 with the
 * exact GELU and, if {@code bias} is false, without biases; its weights are of the class Linear, [out, in].
 */
final class NanoGptFamily implements Family {

    private static final double EPS = 1e-5;

    @Override
    public String name() {
        return "nanoGPT";
    }

    @Override
    public String modelType() {
        return "nanogpt";
    }

    @Override
    public List<String> architectures() {
        return List.of("GPT");
    }

    @Override
    public FileTraits traits(Fields fields) {
        return FileTraits.of(fields, true, fields.truth(true, "bias"));
    }

    @Override
    public Config config(Fields fields) {
        int dModel = fields.whole("n_embd");
        int heads = fields.whole("n_head");
        int vocabulary = fields.whole("vocab_size");
        return Config.builder()
                .sizes(
                        fields.whole("n_layer"),
                        dModel,
                        heads,
                        Transformers.dHead(fields, "n_embd", dModel, "n_head", heads),
                        vocabulary,
                        fields.whole("block_size"))
                .mlp(new Mlp(4 * dModel, Activation.GELU, false))
                .norm(Norm.LN)
                .eps(EPS)
                .bosToken(Transformers.bosToken(fields, vocabulary))
                .build();
    }

    @Override
    public void tensors(Config config, FileTraits traits, TensorPlan plan) {
        int d = config.dModel();
        int m = config.mlp().dMlp();
        String compiled = plan.prefix("transformer.wte.weight", "", "_orig_mod.");
        String base = compiled + "transformer.";
        plan.embeddings(config, traits.tied(), base + "wte.weight", compiled + "lm_head.weight");
        plan.put("pos_embed.W_pos", base + "wpe.weight", Layout.matrix(config.nCtx(), d));
        boolean bias = traits.biased();
        Transformers.norm(plan, "ln_final", base + "ln_f", d, bias);
        for (int l = 0; l < config.nLayers(); l++) {
            String to = "blocks." + l + ".";
            String from = base + "h." + l + ".";
            Transformers.norm(plan, to + "ln1", from + "ln_1", d, bias);
            List<String> parts = List.of("Q", "K", "V");
            for (int part = 0; part < 3; part++) {
                String name = parts.get(part);
                plan.put(to + "attn.W_" + name, from + "attn.c_attn.weight", Layout.transposedPart(d, d, part, 3));
                if (bias) {
                    plan.put(to + "attn.b_" + name, from + "attn.c_attn.bias", Layout.vectorPart(d, part, 3));
                }
            }
            Transformers.linear(plan, to + "attn.W_O", to + "attn.b_O", from + "attn.c_proj", d, d, bias);
            Transformers.norm(plan, to + "ln2", from + "ln_2", d, bias);
            Transformers.linear(plan, to + "mlp.W_in", to + "mlp.b_in", from + "mlp.c_fc", d, m, bias);
            Transformers.linear(plan, to + "mlp.W_out", to + "mlp.b_out", from + "mlp.c_proj", m, d, bias);
        }
        plan.ignore("(_orig_mod\\.)?transformer\\.h\\.\\d+\\.attn\\.bias");
    }
}
