package app.headlight.engine.formats;

import app.headlight.engine.transformer.Config;
import java.util.List;

/** Llama of the transformers package (Touvron et al. 2023), and what was made after it, such as SmolLM2. */
final class LlamaFamily implements Family {

    @Override
    public String name() {
        return "Llama";
    }

    @Override
    public String modelType() {
        return "llama";
    }

    @Override
    public List<String> architectures() {
        return List.of("LlamaForCausalLM", "LlamaModel");
    }

    @Override
    public FileTraits traits(Fields fields) {
        return FileTraits.of(fields, false, fields.truth(false, "attention_bias"));
    }

    @Override
    public Config config(Fields fields) {
        LlamaLayers.refuseWindows(fields);
        int heads = fields.whole("num_attention_heads");
        return LlamaLayers.config(fields, heads, 2048, fields.truth(false, "mlp_bias"))
                .build();
    }

    @Override
    public void tensors(Config config, FileTraits traits, TensorPlan plan) {
        LlamaLayers.tensors(config, traits, traits.biased(), plan);
    }
}
