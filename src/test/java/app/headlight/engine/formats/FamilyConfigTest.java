package app.headlight.engine.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.transformer.ConfigBuilder;
import app.headlight.engine.transformer.Mlp;
import app.headlight.engine.transformer.Mlp.Activation;
import app.headlight.engine.transformer.Norm;
import app.headlight.engine.transformer.Positions;
import app.headlight.engine.transformer.Rotary;
import app.headlight.engine.transformer.RotaryScaling;
import java.io.IOException;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What each field of the transformers package's configurations, of both its generations, means for the model. */
class FamilyConfigTest {

    private static final String GPT2 = "families/random-gpt2";
    private static final String NEOX = "families/random-neox";
    private static final String LLAMA = "families/random-llama";
    private static final String QWEN2 = "families/random-qwen2";
    private static final String MISTRAL = "mistral";

    @Test
    void theFilesOfEachFamilyAreRead() {
        assertThat(files(GPT2).config().config())
                .isEqualTo(new Expected(3, 48, 4, 12, 97, 40)
                        .with(c ->
                                c.mlp(new Mlp(192, Activation.GELU_NEW, false)).norm(Norm.LN)));
        assertThat(files(NEOX).config().config())
                .isEqualTo(new Expected(2, 64, 4, 16, 83, 48)
                        .with(c -> c.mlp(new Mlp(256, Activation.GELU, false))
                                .norm(Norm.LN)
                                .parallel(true)
                                .rotary(new Rotary(4, 10_000, false))
                                .bosToken(0)));
        assertThat(files(LLAMA).config().config())
                .isEqualTo(new Expected(3, 48, 6, 8, 89, 64)
                        .with(c -> c.mlp(new Mlp(112, Activation.SILU, true))
                                .nKeyValueHeads(2)
                                .norm(Norm.RMS)
                                .eps(1e-6)
                                .rotary(new Rotary(8, 10_000, false))
                                .bosToken(1)));
        assertThat(files(QWEN2).config().config())
                .isEqualTo(new Expected(2, 32, 4, 8, 73, 64)
                        .with(c -> c.mlp(new Mlp(88, Activation.SILU, true))
                                .nKeyValueHeads(2)
                                .norm(Norm.RMS)
                                .eps(1e-6)
                                .rotary(new Rotary(8, 10_000, false))));
        assertThat(files(MISTRAL).config().config())
                .isEqualTo(files(LLAMA).config().config().toBuilder()
                        .window(5, List.of(0, 1, 2))
                        .build());
    }

    private record Expected(int layers, int dModel, int heads, int dHead, int vocabulary, int context) {
        Object with(UnaryOperator<ConfigBuilder> rest) {
            return rest.apply(app.headlight.engine.transformer.Config.builder()
                            .sizes(layers, dModel, heads, dHead, vocabulary, context))
                    .build();
        }
    }

    static Stream<Arguments> fields() {
        return Stream.of(
                field(GPT2, "{\"layer_norm_epsilon\": 0.01}", c -> c.eps(0.01)),
                field(GPT2, "{\"n_inner\": 100}", c -> c.mlp(new Mlp(100, Activation.GELU_NEW, false))),
                field(GPT2, "{\"activation_function\": \"relu\"}", c -> c.mlp(new Mlp(192, Activation.RELU, false))),
                field(GPT2, "{\"activation_function\": \"gelu\"}", c -> c.mlp(new Mlp(192, Activation.GELU, false))),
                field(GPT2, "{\"activation_function\": \"gelu_fast\"}", c -> c),
                field(GPT2, "{\"activation_function\": \"gelu_pytorch_tanh\"}", c -> c),
                field(GPT2, "{\"activation_function\": \"gelu_accurate\"}", c -> c),
                field(
                        GPT2,
                        "{\"activation_function\": \"quick_gelu\"}",
                        c -> c.mlp(new Mlp(192, Activation.QUICK_GELU, false))),
                field(GPT2, "{\"activation_function\": \"relu2\"}", c -> c.mlp(new Mlp(192, Activation.RELU2, false))),
                field(GPT2, "{\"scale_attn_weights\": false}", c -> c.attnScale(1)),
                field(GPT2, "{\"scale_attn_by_inverse_layer_idx\": true}", c -> c.scaleByInverseLayer(true)),
                field(GPT2, "{\"bos_token_id\": 5}", c -> c.bosToken(5)),
                field(GPT2, "{\"n_embd\": null, \"hidden_size\": 48}", c -> c),
                field(GPT2, "{\"n_positions\": null, \"max_position_embeddings\": 40}", c -> c),
                field(GPT2, "{\"n_positions\": null}", c -> c.sizes(3, 48, 4, 12, 97, 1024)),
                field(NEOX, "{\"use_parallel_residual\": false}", c -> c.parallel(false)),
                field(NEOX, "{\"layer_norm_eps\": 0.01}", c -> c.eps(0.01)),
                field(NEOX, "{\"hidden_act\": \"gelu_new\"}", c -> c.mlp(new Mlp(256, Activation.GELU_NEW, false))),
                field(NEOX, "{\"head_dim\": 16}", c -> c),
                field(NEOX, "{\"rope_parameters\": null}", c -> c),
                field(
                        NEOX,
                        "{\"rope_parameters\": null, \"rotary_pct\": 0.5}",
                        c -> c.rotary(new Rotary(8, 10_000, false))),
                field(
                        NEOX,
                        "{\"rope_parameters\": null, \"partial_rotary_factor\": 0.5}",
                        c -> c.rotary(new Rotary(8, 10_000, false))),
                field(
                        NEOX,
                        "{\"rope_parameters\": null, \"rotary_emb_base\": 500}",
                        c -> c.rotary(new Rotary(4, 500, false))),
                field(
                        NEOX,
                        "{\"rope_parameters\": null, \"rope_theta\": 500}",
                        c -> c.rotary(new Rotary(4, 500, false))),
                field(NEOX, "{\"rotary_pct\": 0.25, \"rotary_emb_base\": 10000, \"rope_scaling\": null}", c -> c),
                field(
                        NEOX,
                        "{\"rope_parameters\": {\"rope_type\": \"default\", \"partial_rotary_factor\": 1.0}}",
                        c -> c.rotary(new Rotary(16, 10_000, false))),
                field(LLAMA, "{\"rms_norm_eps\": 0.01}", c -> c.eps(0.01)),
                field(
                        LLAMA,
                        "{\"hidden_act\": \"gelu_pytorch_tanh\"}",
                        c -> c.mlp(new Mlp(112, Activation.GELU_NEW, true))),
                field(LLAMA, "{\"num_key_value_heads\": null}", c -> c.nKeyValueHeads(6)),
                field(LLAMA, "{\"num_key_value_heads\": 1}", c -> c.nKeyValueHeads(1)),
                field(
                        LLAMA,
                        "{\"head_dim\": 10}",
                        c -> c.sizes(3, 48, 6, 10, 89, 64)
                                .attnScale(Math.sqrt(10))
                                .rotary(new Rotary(10, 10_000, false))),
                field(LLAMA, "{\"head_dim\": null}", c -> c),
                field(
                        LLAMA,
                        "{\"rope_parameters\": null, \"rope_theta\": 500.0}",
                        c -> c.rotary(new Rotary(8, 500, false))),
                field(
                        LLAMA,
                        "{\"rope_parameters\": {\"rope_theta\": 500.0}}",
                        c -> c.rotary(new Rotary(8, 500, false))),
                field(LLAMA, "{\"rope_parameters\": null, \"rope_scaling\": {\"type\": \"default\"}}", c -> c),
                field(LLAMA, "{\"rope_parameters\": null, \"rope_scaling\": {\"rope_type\": \"default\"}}", c -> c),
                field(
                        LLAMA,
                        "{\"rope_parameters\": null, \"rope_scaling\": {\"type\": \"linear\", \"factor\": 2}}",
                        c -> c.rotary(new Rotary(8, 10_000, false, new RotaryScaling.Linear(2)))),
                field(
                        LLAMA,
                        "{\"rope_parameters\": {\"rope_type\": \"linear\", \"rope_theta\": 500, \"factor\": 2.5}}",
                        c -> c.rotary(new Rotary(8, 500, false, new RotaryScaling.Linear(2.5)))),
                field(
                        LLAMA,
                        "{\"rope_parameters\": {\"rope_type\": \"llama3\", \"factor\": 8, \"low_freq_factor\": 1,"
                                + " \"high_freq_factor\": 4.0, \"original_max_position_embeddings\": 32}}",
                        c -> c.rotary(new Rotary(8, 10_000, false, new RotaryScaling.ByParts(8, 1, 4, 32)))),
                field(
                        NEOX,
                        "{\"rope_parameters\": {\"rope_type\": \"linear\", \"partial_rotary_factor\": 0.5, \"factor\": 3}}",
                        c -> c.rotary(new Rotary(8, 10_000, false, new RotaryScaling.Linear(3)))),
                field(LLAMA, "{\"mlp_bias\": true}", c -> c.mlp(new Mlp(112, Activation.SILU, true, true))),
                field(LLAMA, "{\"rope_theta\": 10000, \"partial_rotary_factor\": 1.0}", c -> c),
                field(LLAMA, "{\"layer_types\": [\"full_attention\", \"full_attention\", \"full_attention\"]}", c -> c),
                field(LLAMA, "{\"bos_token_id\": 89}", c -> c.bosToken(null)),
                field(QWEN2, "{\"use_sliding_window\": false, \"sliding_window\": 4}", c -> c),
                field(
                        QWEN2,
                        "{\"layer_types\": null, \"use_sliding_window\": true, \"sliding_window\": 4, \"max_window_layers\": 1}",
                        c -> c.window(4, List.of(1))),
                field(
                        QWEN2,
                        "{\"layer_types\": null, \"use_sliding_window\": true, \"sliding_window\": 4, \"max_window_layers\": 0}",
                        c -> c.window(4, List.of(0, 1))),
                field(QWEN2, "{\"layer_types\": null, \"use_sliding_window\": true, \"sliding_window\": 4}", c -> c),
                field(
                        QWEN2,
                        "{\"layer_types\": [\"sliding_attention\", \"full_attention\"], \"use_sliding_window\": true, \"sliding_window\": 4}",
                        c -> c.window(4, List.of(0))),
                field(MISTRAL, "{\"sliding_window\": null}", c -> c.window(0, List.of())),
                field(MISTRAL, "{\"sliding_window\": 9}", c -> c.window(9, List.of(0, 1, 2))),
                field(
                        MISTRAL,
                        "{\"sliding_window\": null, \"layer_types\": [\"full_attention\"]}",
                        c -> c.window(0, List.of())));
    }

    private static Arguments field(String model, String change, UnaryOperator<ConfigBuilder> means) {
        return Arguments.of(model, change, means);
    }

    @ParameterizedTest
    @MethodSource("fields")
    void aFieldIsReadAsThePackageMeansIt(String model, String change, UnaryOperator<ConfigBuilder> means) {
        ConfigFile before = files(model).config();
        ConfigFile read = files(model).set(change).config();
        assertThat(read.config())
                .isEqualTo(means.apply(before.config().toBuilder()).build());
        assertThat(read.warnings()).isEmpty();
    }

    @Test
    void whatIsLeftOutIsAsInThePackage() {
        assertThat(files(GPT2)
                        .unset("n_inner", "activation_function", "layer_norm_epsilon", "tie_word_embeddings")
                        .config())
                .isEqualTo(files(GPT2).config());
        assertThat(files(NEOX)
                        .unset("rope_parameters", "hidden_act", "attention_bias", "layer_norm_eps")
                        .config())
                .isEqualTo(files(NEOX).config());
        assertThat(files(LLAMA)
                        .unset("rope_parameters", "hidden_act", "attention_bias", "rms_norm_eps", "head_dim")
                        .config())
                .isEqualTo(files(LLAMA).config());
        assertThat(files(LLAMA).unset("num_key_value_heads").config().config().nKeyValueHeads())
                .isEqualTo(6);
        assertThat(files(QWEN2)
                        .unset("layer_types", "use_sliding_window", "sliding_window", "max_window_layers")
                        .config())
                .isEqualTo(files(QWEN2).config());
        assertThat(files(MISTRAL).unset("sliding_window").config().config().window())
                .isEqualTo(4096);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "gpt2 | {\"activation_function\": \"mish\"} | activation_function is \"mish\"; ",
                "gpt2 | {\"hidden_size\": 64} | n_embd is 48 and hidden_size is 64; ",
                "gpt2 | {\"n_head\": 5} | n_embd is 48 and n_head is 5; expected a multiple of the number of heads",
                "gpt2 | {\"add_cross_attention\": true} | add_cross_attention is true; only false or null is read so far",
                "gpt2 | {\"scale_attn_weights\": 1} | scale_attn_weights is 1; expected true or false",
                "gpt2 | {\"pruned_heads\": {\"0\": [1]}} | pruned_heads is {\"0\":[1]}; only {} or null is read so far",
                "gpt2 | {\"vocab_size\": \"97\"} | vocab_size is \"97\"; expected a whole number",
                "gpt2 | {\"architectures\": [\"GPT2ForSequenceClassification\"]} | architectures is [\"GPT2ForSequenceClassification\"]; of GPT-2, ",
                "neox | {\"rotary_pct\": 0.5} | rope_parameters.partial_rotary_factor is 0.25 and rotary_pct is 0.5; ",
                "neox | {\"rotary_emb_base\": 500} | rope_parameters.rope_theta is 10000.0 and rotary_emb_base is 500; ",
                "neox | {\"rope_parameters\": null, \"rotary_emb_base\": 500, \"rope_theta\": 10000} | rope_theta is 10000 and rotary_emb_base is 500; ",
                "neox | {\"rope_parameters\": null, \"rotary_pct\": 0.2} | rotary_pct is 0.2; of a head's 16 dimensions it turns 3, ",
                "neox | {\"head_dim\": 8} | head_dim is 8; ",
                "neox | {\"rope_scaling\": {\"type\": \"linear\", \"factor\": 2.0}} | rope_parameters.rope_type is \"default\" and rope_scaling.type is \"linear\"; ",
                "neox | {\"rope_scaling\": {\"type\": \"linear\"}} | rope_scaling is {\"type\":\"linear\"}; ",
                "llama | {\"rope_scaling\": {\"type\": \"yarn\", \"factor\": 2.0}} | rope_scaling is {\"type\":\"yarn\",\"factor\":2.0}; ",
                "llama | {\"rope_scaling\": {\"type\": \"linear\", \"factor\": 2.0, \"low_freq_factor\": 3}} | rope_scaling is {\"type\":\"linear\",\"factor\":2.0,\"low_freq_factor\":3}; ",
                "llama | {\"rope_scaling\": {\"type\": \"dynamic\", \"factor\": 2.0}} | rope_scaling is {\"type\":\"dynamic\",\"factor\":2.0}; ",
                "llama | {\"rope_scaling\": {\"factor\": 2.0}} | rope_scaling is {\"factor\":2.0}; ",
                "llama | {\"rope_scaling\": \"linear\"} | rope_scaling is \"linear\"; ",
                "llama | {\"rope_parameters\": {\"rope_type\": \"llama3\", \"rope_theta\": 5e5}} | rope_parameters is {\"rope_type\":\"llama3\",\"rope_theta\":500000.0}; ",
                "llama | {\"rope_parameters\": {\"full_attention\": {\"rope_theta\": 5e5}}} | rope_parameters is ",
                "llama | {\"rope_theta\": 500} | rope_parameters.rope_theta is 10000.0 and rope_theta is 500; ",
                "llama | {\"partial_rotary_factor\": 0.5} | partial_rotary_factor is 0.5; only 1 is read so far",
                "mistral | {\"mlp_bias\": true} | mlp_bias is true; only false or null is read so far",
                "llama | {\"num_key_value_heads\": 4} | num_key_value_heads is 4 and num_attention_heads is 6; ",
                "llama | {\"sliding_window\": 8} | sliding_window is 8; only null is read so far",
                "llama | {\"layer_types\": [\"sliding_attention\"]} | layer_types is [\"sliding_attention\"]; ",
                "llama | {\"quantization_config\": {\"bits\": 4}} | quantization_config is {\"bits\":4}; only null is read so far",
                "llama | {\"architectures\": [\"LlamaForSequenceClassification\"]} | architectures is [\"LlamaForSequenceClassification\"]; ",
                "qwen2 | {\"use_sliding_window\": true, \"sliding_window\": 4, \"max_window_layers\": 1} | layer_types is [\"full_attention\",\"full_attention\"] and max_window_layers is 1; ",
                "qwen2 | {\"layer_types\": [\"full_attention\", \"sliding_attention\"]} | layer_types is [\"full_attention\",\"sliding_attention\"] and use_sliding_window is false; ",
                "qwen2 | {\"layer_types\": [\"full_attention\"]} | layer_types is [\"full_attention\"]; ",
                "qwen2 | {\"layer_types\": [\"chunked_attention\", \"full_attention\"]} | layer_types is [\"chunked_attention\",\"full_attention\"]; ",
                "mistral | {\"sliding_window\": 0} | sliding_window is 0; expected 1 or more, or null",
                "mistral | {\"use_sliding_window\": false} | use_sliding_window is false and sliding_window is 5; ",
                "mistral | {\"layer_types\": [\"full_attention\"]} | layer_types is [\"full_attention\"] and sliding_window is 5; "
            })
    void refusesByNameAndValue(String model, String change, String message) {
        ReferenceFiles files = files(model.equals(MISTRAL) ? MISTRAL : "families/random-" + model)
                .set(change);
        assertThatThrownBy(files::config).isInstanceOf(Refusal.class).hasMessageStartingWith("config.json: " + message);
    }

    @ParameterizedTest
    @ValueSource(strings = {GPT2, NEOX, LLAMA, QWEN2, MISTRAL})
    void anUnknownFieldIsNamedInAWarning(String model) {
        assertThat(files(model)
                        .set("{\"twist\": true, \"turns\": 1, \"bend\": [3]}")
                        .config()
                        .warnings())
                .singleElement()
                .asString()
                .contains("“twist” is true, “bend” is [3].")
                .doesNotContain("turns");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bloom", "gemma2", "qwen3", "phi"})
    void refusesAFamilyThatIsNotReadByItsName(String type) {
        assertThatThrownBy(() ->
                        files(LLAMA).set("{\"model_type\": \"" + type + "\"}").config())
                .hasMessageStartingWith(
                        "config.json: model_type is \"" + type + "\"; \"gpt2\", \"gpt_neox\", \"llama\"");
        assertThatThrownBy(() -> ModelFiles.readConfig("{\"architectures\": [\"BloomForCausalLM\"]}"))
                .hasMessageStartingWith("config.json: architectures is [\"BloomForCausalLM\"]; \"GPT2LMHeadModel\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {GPT2, NEOX, LLAMA, QWEN2, MISTRAL})
    void theArchitectureAloneNamesTheFamily(String model) {
        assertThat(files(model).unset("model_type").config())
                .isEqualTo(files(model).config());
    }

    @Test
    void aTextOfTheTransformersPackageBeginsWithWhatItsTokenizerPutsThere() {
        ConfigFile gpt2 = files(GPT2).set("{\"bos_token_id\": 5}").config();
        assertThat(gpt2.withBeginning(OptionalInt.of(5), OptionalInt.empty()).beginning())
                .isNull();
        assertThat(gpt2.withBeginning(OptionalInt.of(5), OptionalInt.of(7)).beginning())
                .isEqualTo(7);
        assertThat(gpt2.withBeginning(OptionalInt.of(5), OptionalInt.of(97)).beginning())
                .isNull();
    }

    @Test
    void aTextOfTransformerLensBeginsAsItsConfigurationSays() {
        ReferenceFiles files = ReferenceFiles.of("config-fields/defaults");
        OptionalInt known = OptionalInt.of(5);
        OptionalInt inFront = OptionalInt.empty();
        assertThat(files.config().withBeginning(known, inFront).beginning()).isEqualTo(5);
        assertThat(files.config().withBeginning(OptionalInt.empty(), inFront).beginning())
                .isNull();
        files.set("{\"bos_token_id\": 3}");
        assertThat(files.config().withBeginning(known, inFront).beginning()).isEqualTo(3);
        files.set("{\"default_prepend_bos\": false}");
        assertThat(files.config().withBeginning(known, OptionalInt.of(5)).beginning())
                .isNull();
    }

    @Test
    void nanoGptIsKnownByItsBlockSize() {
        ConfigFile read = ModelFiles.readConfig("""
                {"n_layer": 2, "n_head": 4, "n_embd": 16, "block_size": 24, "bias": false, "vocab_size": 31, "dropout": 0.2}
                """);
        assertThat(read.family().name()).isEqualTo("nanoGPT");
        assertThat(read.config())
                .isEqualTo(new Expected(2, 16, 4, 4, 31, 24)
                        .with(c -> c.mlp(new Mlp(64, Activation.GELU, false)).norm(Norm.LN)));
        assertThat(read.traits()).isEqualTo(new FileTraits(true, false));
        assertThat(read.warnings()).isEmpty();
    }

    @Test
    void everyFieldOfTransformerLensIsRead() {
        ConfigFile read = ModelFiles.readConfig("""
                {"n_layers": 3, "d_model": 16, "n_ctx": 24, "d_head": 4, "n_heads": 4, "n_key_value_heads": 2, "d_vocab": 31,
                 "d_vocab_out": 31, "d_mlp": 40, "act_fn": "silu", "gated_mlp": true, "parallel_attn_mlp": true,
                 "normalization_type": "RMS", "final_rms": true, "eps": 1e-6, "positional_embedding_type": "rotary",
                 "rotary_dim": 2, "rotary_base": 500, "rotary_adjacent_pairs": true, "attn_scale": 3.0,
                 "scale_attn_by_inverse_layer_idx": true, "attn_scores_soft_cap": 50, "output_logits_soft_cap": 30.0,
                 "use_local_attn": true, "window_size": 4, "attn_types": ["global", "local", "local"]}
                """);
        assertThat(read.config())
                .isEqualTo(new Expected(3, 16, 4, 4, 31, 24)
                        .with(c -> c.nKeyValueHeads(2)
                                .mlp(new Mlp(40, Activation.SILU, true))
                                .parallel(true)
                                .norm(Norm.RMS)
                                .eps(1e-6)
                                .rotary(new Rotary(2, 500, true))
                                .attnScale(3)
                                .scaleByInverseLayer(true)
                                .scoresSoftCap(50)
                                .logitsSoftCap(30)
                                .window(4, List.of(1, 2))
                                .prependBos(true)));
        assertThat(read.warnings()).isEmpty();
        assertThat(ModelFiles.readConfig(ModelFiles.writeConfig(read.config())).config())
                .isEqualTo(read.config());
    }

    @ParameterizedTest
    @CsvSource({
        "gelu, GELU",
        "gelu_new, GELU_NEW",
        "gelu_fast, GELU_NEW",
        "relu, RELU",
        "silu, SILU",
        "solu_ln, SOLU_LN"
    })
    void theActivationsOfTransformerLensAreRead(String name, Activation activation) {
        ConfigFile read = ReferenceFiles.of("config-fields/defaults")
                .set("{\"act_fn\": \"" + name + "\"}")
                .config();
        assertThat(read.config().mlp()).isEqualTo(new Mlp(40, activation, false));
    }

    /** What the norm over the neurons reads is the gate alone, as TransformerLens computes it. */
    @Test
    void aGatedMlpWithANormOverItsNeuronsIsOneWithoutGate() throws IOException {
        ReferenceFiles files = ReferenceFiles.of("made/tl-gated-solu-ln");
        assertThat(files.config().config().mlp()).isEqualTo(new Mlp(24, Activation.SOLU_LN, false));
        assertThat(files.weights().warnings())
                .containsExactly("The tensors “blocks.0.mlp.W_in”, “blocks.0.mlp.b_in”, “blocks.1.mlp.W_in”,"
                        + " “blocks.1.mlp.b_in” of model.safetensors are not used: by its configuration the model has no"
                        + " such tensor.");
    }

    @Test
    void theDefaultsOfTransformerLensAreLayerNormAndAnMlpFourTimesAsWide() {
        ConfigFile read =
                ReferenceFiles.of("config-fields/defaults").unset("d_mlp").config();
        assertThat(read.config())
                .isEqualTo(new Expected(2, 16, 4, 4, 31, 24)
                        .with(c -> c.mlp(new Mlp(64, Activation.RELU, false))
                                .norm(Norm.LN)
                                .positions(Positions.STANDARD)
                                .prependBos(true)));
    }

    /** The reference of Llama with Mistral's fields; there is no reference of Mistral itself. */
    private static ReferenceFiles files(String model) {
        return model.equals(MISTRAL)
                ? ReferenceFiles.of(LLAMA)
                        .set(
                                "{\"model_type\": \"mistral\", \"architectures\": [\"MistralForCausalLM\"], \"sliding_window\": 5}")
                        .unset("attention_bias", "mlp_bias", "pretraining_tp")
                : ReferenceFiles.of(model);
    }
}
