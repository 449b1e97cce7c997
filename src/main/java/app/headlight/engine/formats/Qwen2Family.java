package app.headlight.engine.formats;

import app.headlight.engine.transformer.Config;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Qwen2 of the transformers package (Yang et al. 2024): as Llama, with biases of queries, keys and values, and, where
 * the configuration asks for it, a window in its later layers.
 */
final class Qwen2Family implements Family {

    private static final int USUAL_WINDOW = 4096;

    /** How many layers have no window if the file does not say it; the transformers package writes it into every file. */
    private static final int USUALLY_WITHOUT_WINDOW = 28;

    @Override
    public String name() {
        return "Qwen2";
    }

    @Override
    public String modelType() {
        return "qwen2";
    }

    @Override
    public List<String> architectures() {
        return List.of("Qwen2ForCausalLM", "Qwen2Model");
    }

    @Override
    public FileTraits traits(Fields fields) {
        return FileTraits.of(fields, false, true);
    }

    @Override
    public Config config(Fields fields) {
        var config = LlamaLayers.config(fields, 32, 32_768, false);
        List<Integer> layers = layersWithWindow(fields, fields.whole("num_hidden_layers"));
        if (!layers.isEmpty()) {
            config.window(LlamaLayers.window(fields, USUAL_WINDOW), layers);
        }
        return config.build();
    }

    private static List<Integer> layersWithWindow(Fields fields, int layers) {
        boolean windows = fields.truth(false, "use_sliding_window")
                && !fields.node("sliding_window").isNull();
        int without = fields.wholeOr(USUALLY_WITHOUT_WINDOW, "max_window_layers");
        List<Integer> byNumber = windows
                ? IntStream.range(Math.max(0, Math.min(without, layers)), layers)
                        .boxed()
                        .toList()
                : List.of();
        List<String> types = fields.texts("layer_types");
        if (types == null) {
            return byNumber;
        }
        if (types.size() != layers
                || !Set.of(LlamaLayers.FULL, LlamaLayers.SLIDING).containsAll(types)) {
            throw fields.refused(
                    "layer_types",
                    "expected \"" + LlamaLayers.FULL + "\" or \"" + LlamaLayers.SLIDING + "\" for each of " + layers
                            + " layers");
        }
        List<Integer> byType = IntStream.range(0, layers)
                .filter(layer -> types.get(layer).equals(LlamaLayers.SLIDING))
                .boxed()
                .toList();
        if (!windows && !byType.isEmpty()) {
            throw fields.contradiction(
                    "layer_types",
                    fields.truth(false, "use_sliding_window") ? "sliding_window" : "use_sliding_window",
                    "expected a window, or \"" + LlamaLayers.FULL + "\" in every layer");
        }
        if (windows && without != USUALLY_WITHOUT_WINDOW && !byType.equals(byNumber)) {
            throw fields.contradiction(
                    "layer_types", "max_window_layers", "expected one of them, or both to name the same layers");
        }
        return byType;
    }

    @Override
    public void tensors(Config config, FileTraits traits, TensorPlan plan) {
        LlamaLayers.tensors(config, traits, false, plan);
        for (int l = 0; l < config.nLayers(); l++) {
            LlamaLayers.readerBiases(config, l, plan);
        }
    }
}
