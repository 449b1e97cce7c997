package app.headlight.engine.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.transformer.Config;
import app.headlight.engine.transformer.Norm;
import app.headlight.engine.transformer.Rotary;
import app.headlight.engine.transformer.RotaryScaling;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** No field of a configuration is passed over in silence: computed, of no effect, refused, or warned of. */
class ConfigFieldsTest {

    /** Like the models of the reference folder {@code config-fields}, each of which has one field more. */
    private static final String BASE = """
            {"n_layers": 2, "d_model": 16, "n_ctx": 24, "d_head": 4, "n_heads": 4, "d_vocab": 31, "attn_only": true,
             "normalization_type": null, "eps": 1e-05}
            """;

    /** A configuration with the sizes of every family, in which every family finds what it must find. */
    private static final String WHOLE = """
            {"n_layers": 2, "d_model": 16, "n_ctx": 24, "d_head": 4, "n_heads": 4, "d_vocab": 31, "act_fn": "gelu",
             "positional_embedding_type": "rotary", "use_local_attn": true, "window_size": 4,
             "attn_types": ["local", "global"], "vocab_size": 31, "n_embd": 16, "n_layer": 2, "n_head": 4, "block_size": 24,
             "hidden_size": 16, "num_hidden_layers": 2, "num_attention_heads": 4, "num_key_value_heads": 4,
             "intermediate_size": 40, "n_inner": 40, "rotary_pct": 1.0, "partial_rotary_factor": 1.0,
             "use_sliding_window": true}
            """;

    /** The fields of HookedTransformerConfig of TransformerLens 2.18 and 3.9 and of the configurations of 4.3. */
    static Stream<String> transformerLens() throws IOException {
        try (InputStream in = ConfigFieldsTest.class.getResourceAsStream("/transformerlens-config-fields.txt")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
                    .lines().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("transformerLens")
    void everyFieldOfTransformerLensIsClassified(String field) {
        assertThat(ConfigFields.classOf("TransformerLens", field)).as(field).isPresent();
    }

    /** The fields of the configurations of the transformers package, of version 4 and 5, and of nanoGPT. */
    @ParameterizedTest
    @CsvFileSource(resources = "/transformers-config-fields.txt")
    void everyFieldOfEachFamilyIsClassified(String family, String field) {
        assertThat(ConfigFields.classOf(family, field)).as(field).isPresent();
    }

    @Test
    void eachFamilyHasASectionAndReadsWhatItSaysIsImplemented() {
        for (Family family : Family.ALL) {
            Fields fields = new Fields(JsonMapper.shared().readTree(WHOLE));
            family.config(fields);
            family.traits(fields);
            Set<String> asked = new TreeSet<>(fields.asked());
            asked.addAll(family.name().equals("TransformerLens") ? Set.of() : Set.of("model_type", "architectures"));
            assertThat(asked).as(family.name()).isEqualTo(ConfigFields.implemented(family.name()));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "attention_dir | \"bidirectional\" | \"causal\" or null",
                "post_embedding_ln | true | false or null",
                "use_qk_norm | true | false or null",
                "use_normalization_before_and_after | true | false or null",
                "load_in_4bit | true | false or null",
                "logit_scale | 0.0625 | 1 or null",
                "per_layer_head_dim | [4,8] | null",
                "use_attention_sinks | 1 | false or null",
                "d_vocab_out | 30 | d_vocab, 31,"
            })
    void refusesByNameAndValueWhatChangesTheNumbers(String field, String value, String read) {
        assertThatThrownBy(() -> ModelFiles.readConfig(with(field, value)))
                .isInstanceOf(Refusal.class)
                .hasMessageStartingWith("config.json: " + field + " is " + value + "; only " + read)
                .hasMessageEndingWith("read so far");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "attn_scale | \"2\"",
                "use_attn_scale | \"false\"",
                "output_logits_soft_cap | \"none\"",
                "n_key_value_heads | 0",
                "use_local_attn | true",
                "positional_embedding_type | \"alibi\"",
                "positional_embedding_type | \"relative_positional_bias\"",
                "normalization_type | \"DyT\""
            })
    void refusesByNameAndValueWhatCannotBe(String field, String value) {
        String named = field.equals("use_local_attn") ? "attn_types is missing" : field + " is " + value;
        assertThatThrownBy(() -> ModelFiles.readConfig(with(field, value)))
                .isInstanceOf(Refusal.class)
                .hasMessageStartingWith("config.json: " + named + "; ");
    }

    @ParameterizedTest
    @CsvSource({"attn_scale, 0", "attn_scale, -2", "n_key_value_heads, 3"})
    void refusesAScoreOrGroupThatCannotBe(String field, String value) {
        assertThatThrownBy(() -> ModelFiles.readConfig(with(field, value)))
                .isInstanceOf(Refusal.class)
                .hasMessageStartingWith(field + " is " + value);
    }

    @ParameterizedTest
    @CsvSource({"use_dynamic_ntk_rope, true", "use_yarn_rope, true", "rotary_interleaved_cos_sin, true"})
    void whatIsNotReadOfRotaryPositionsMattersOnlyWhereTheyAreRotary(String field, String value) {
        assertThat(ModelFiles.readConfig(with(field, value)).warnings()).isEmpty();
        ObjectNode rotary = (ObjectNode) JsonMapper.shared().readTree(with(field, value));
        assertThatThrownBy(() -> ModelFiles.readConfig(
                        rotary.put("positional_embedding_type", "rotary").toString()))
                .hasMessageStartingWith("config.json: " + field + " is " + value + "; only ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "attn_scale | 2.0",
                "attn_scale | -1.0",
                "attn_scale | null",
                "use_attn_scale | true",
                "scale_attn_by_inverse_layer_idx | false",
                "use_local_attn | false",
                "window_size | 4",
                "attn_types | [\"global\",\"local\"]",
                "attn_scores_soft_cap | -1.0",
                "attn_scores_soft_cap | 0",
                "output_logits_soft_cap | -1.0",
                "attention_dir | \"causal\"",
                "n_key_value_heads | 4",
                "d_vocab_out | 31",
                "d_vocab_out | -1",
                "final_rms | true",
                "num_experts | 8",
                "parallel_attn_mlp | false",
                "parallel_attn_mlp | true",
                "logit_scale | 1.0",
                "act_fn | \"gelu\"",
                "d_mlp | 64",
                "gated_mlp | true",
                "rotary_dim | 4",
                "dtype | \"torch.float32\"",
                "device | \"cuda\"",
                "seed | 5",
                "use_attn_result | true",
                "model_name | \"custom\""
            })
    void readsWithoutAWordWhatChangesNothing(String field, String value) {
        ConfigFile read = ModelFiles.readConfig(with(field, value));
        assertThat(read).isEqualTo(ModelFiles.readConfig(BASE));
        assertThat(read.warnings()).isEmpty();
    }

    @Test
    void windowsThatNoLayerHasChangeNothing() {
        ObjectNode global = (ObjectNode) JsonMapper.shared().readTree(with("use_local_attn", "true"));
        global.putArray("attn_types").add("global").add("global");
        assertThat(ModelFiles.readConfig(global.toString())).isEqualTo(ModelFiles.readConfig(BASE));
    }

    @Test
    void theLastNormIsOneOfItsOwnOnlyWhereThereAreCentringNorms() {
        ObjectNode normed = (ObjectNode) JsonMapper.shared().readTree(with("final_rms", "true"));
        normed.put("normalization_type", "LNPre");
        Config read = ModelFiles.readConfig(normed.toString()).config();
        assertThat(read.norm()).isEqualTo(Norm.LN_PRE);
        assertThat(read.finalNorm()).isEqualTo(Norm.RMS_PRE);
        normed.put("normalization_type", "LN");
        assertThat(ModelFiles.readConfig(normed.toString()).config().finalNorm())
                .isEqualTo(Norm.RMS);
        normed.put("normalization_type", "RMS");
        assertThat(ModelFiles.readConfig(normed.toString()).config())
                .isEqualTo(ModelFiles.readConfig(with("normalization_type", "\"RMS\""))
                        .config());
    }

    @Test
    void scalingsOfRotaryPositionsAreReadWhereTheyAreRotary() {
        String linear = with("rotary_scaling_factor", "2.0");
        assertThat(ModelFiles.readConfig(linear)).isEqualTo(ModelFiles.readConfig(BASE));
        ObjectNode rotary = (ObjectNode) JsonMapper.shared().readTree(linear);
        rotary.put("positional_embedding_type", "rotary");
        assertThat(ModelFiles.readConfig(rotary.toString()).config().rotary())
                .isEqualTo(new Rotary(4, 10_000, false, new RotaryScaling.Linear(2)));
        rotary.put("use_NTK_by_parts_rope", true);
        assertThatThrownBy(() -> ModelFiles.readConfig(rotary.toString()))
                .hasMessage("config.json: use_NTK_by_parts_rope is true and rotary_scaling_factor is 2.0;"
                        + " expected one of the two scalings");
        rotary.put("rotary_scaling_factor", 1.0);
        assertThat(ModelFiles.readConfig(rotary.toString()).config().rotary())
                .isEqualTo(new Rotary(4, 10_000, false, new RotaryScaling.ByParts(8, 1, 4, 8192)));
        rotary.put("NTK_by_parts_high_freq_factor", 0.5);
        assertThatThrownBy(() -> ModelFiles.readConfig(rotary.toString()))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("high_freq_factor is 0.5 and its low_freq_factor 1.0");
        rotary.put("use_NTK_by_parts_rope", false).put("rotary_scaling_factor", -2);
        assertThatThrownBy(() -> ModelFiles.readConfig(rotary.toString()))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("factor is -2.0; expected a positive number");
    }

    @Test
    void layersWithAWindowAreNotScaled() {
        ObjectNode local = (ObjectNode) JsonMapper.shared().readTree(with("rotary_scaling_factor", "2.0"));
        local.put("positional_embedding_type", "rotary")
                .put("use_local_attn", true)
                .put("window_size", 4);
        local.putArray("attn_types").add("global").add("local");
        assertThatThrownBy(() -> ModelFiles.readConfig(local.toString()))
                .isInstanceOf(Refusal.class)
                .hasMessageStartingWith(
                        "the rotary scaling is linear with the factor 2.0 and layers have a window of 4; ");
    }

    @Test
    void expertsChangeAModelWithMlps() {
        ObjectNode experts = (ObjectNode) JsonMapper.shared().readTree(with("num_experts", "8"));
        assertThatThrownBy(() ->
                        ModelFiles.readConfig(experts.put("attn_only", false).toString()))
                .hasMessage("config.json: num_experts is 8; only null is read so far");
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "2", "-1", "0.5", "\"yes\"", "[0]", "{\"a\":null}"})
    void warnsOfAnUnknownFieldThatSaysSomething(String value) {
        assertThat(ModelFiles.readConfig(with("attn_twist", value)).warnings())
                .singleElement()
                .asString()
                .contains("“attn_twist” is " + value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "false", "0", "0.0", "1", "1.0", "\"\"", "[]", "{}"})
    void doesNotWarnOfAnUnknownFieldThatSaysNothing(String value) {
        assertThat(ModelFiles.readConfig(with("attn_twist", value)).warnings()).isEmpty();
    }

    @Test
    void namesEveryUnknownFieldAndCutsLongValues() {
        ObjectNode config = (ObjectNode) JsonMapper.shared().readTree(BASE);
        config.put("one", true).put("two", "x".repeat(5000));
        List<String> warnings = ModelFiles.readConfig(config.toString()).warnings();
        assertThat(warnings)
                .singleElement()
                .asString()
                .contains("“one” is true, “two” is \"xxx")
                .hasSizeLessThan(500);
    }

    private static String with(String field, String value) {
        ObjectNode config = (ObjectNode) JsonMapper.shared().readTree(BASE);
        config.set(field, JsonMapper.shared().readTree(value));
        return config.toString();
    }
}
