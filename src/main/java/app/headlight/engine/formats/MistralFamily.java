package app.headlight.engine.formats;

import app.headlight.engine.transformer.Config;
import java.util.List;
import java.util.stream.IntStream;

/** Mistral of the transformers package (Jiang et al. 2023): as Llama, with a window in every layer. */
final class MistralFamily implements Family {

    private static final int USUAL_WINDOW = 4096;

    @Override
    public String name() {
        return "Mistral";
    }

    @Override
    public String modelType() {
        return "mistral";
    }

    @Override
    public List<String> architectures() {
        return List.of("MistralForCausalLM", "MistralModel");
    }

    @Override
    public FileTraits traits(Fields fields) {
        return FileTraits.of(fields, false, false);
    }

    @Override
    public Config config(Fields fields) {
        var config = LlamaLayers.config(fields, 8, 131_072, false);
        // A window of null is none; only one that is left out is the usual one.
        boolean none = fields.node("sliding_window").isNull();
        int layers = fields.whole("num_hidden_layers");
        if (!none && !fields.truth(true, "use_sliding_window")) {
            throw fields.contradiction("use_sliding_window", "sliding_window", "expected true or no window");
        }
        List<String> types = fields.texts("layer_types");
        String kind = none ? LlamaLayers.FULL : LlamaLayers.SLIDING;
        if (types != null && !types.stream().allMatch(kind::equals)) {
            throw fields.contradiction("layer_types", "sliding_window", "expected \"" + kind + "\" in every layer");
        }
        if (!none) {
            config.window(
                    LlamaLayers.window(fields, USUAL_WINDOW),
                    IntStream.range(0, layers).boxed().toList());
        }
        return config.build();
    }

    @Override
    public void tensors(Config config, FileTraits traits, TensorPlan plan) {
        LlamaLayers.tensors(config, traits, false, plan);
    }
}
