package app.headlight.engine.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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
        assertThat(ConfigFields.classOf(field)).as(field).isPresent();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "attn_scale | 1.5 | the square root of d_head, 2.0,",
                "attn_scale | 2.0001 | the square root of d_head, 2.0,",
                "attn_scale | -2 | the square root of d_head, 2.0,",
                "attn_scale | \"2\" | the square root of d_head, 2.0,",
                "use_attn_scale | false | true or null",
                "use_attn_scale | \"false\" | true or null",
                "scale_attn_by_inverse_layer_idx | true | false",
                "use_local_attn | true | false",
                "attn_scores_soft_cap | 1.25 | no cap, -1.0,",
                "output_logits_soft_cap | 2.0 | no cap, -1.0,",
                "output_logits_soft_cap | \"none\" | no cap, -1.0,",
                "attention_dir | \"bidirectional\" | \"causal\" or null",
                "n_key_value_heads | 2 | the number of heads, 4,",
                "d_vocab_out | 30 | d_vocab, 31,",
                "parallel_attn_mlp | true | false or null",
                "post_embedding_ln | true | false or null",
                "use_qk_norm | true | false or null",
                "use_normalization_before_and_after | true | false or null",
                "load_in_4bit | true | false or null",
                "logit_scale | 0.0625 | 1 or null",
                "per_layer_head_dim | [4,8] | null",
                "use_attention_sinks | 1 | false or null"
            })
    void refusesByNameAndValueWhatChangesTheNumbers(String field, String value, String read) {
        assertThatThrownBy(() -> ModelFiles.readConfig(with(field, value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("config.json: " + field + " is " + value + "; only " + read + " is read so far");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "positional_embedding_type | \"rotary\"",
                "positional_embedding_type | \"alibi\"",
                "normalization_type | \"RMS\"",
                "normalization_type | \"RMSPre\"",
                "normalization_type | \"LN\"",
                "attn_only | false"
            })
    void refusesByNameAndValueTheKindsThatAreNotComputed(String field, String value) {
        assertThatThrownBy(() -> ModelFiles.readConfig(with(field, value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("config.json: " + field + " is " + value + "; ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "attn_scale | 2.0",
                "attn_scale | 2.0000001",
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
                "parallel_attn_mlp | false",
                "logit_scale | 1.0",
                "act_fn | \"gelu\"",
                "d_mlp | 64",
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
    void aScaleByLayerChangesNothingInASingleLayer() {
        ObjectNode one = (ObjectNode) JsonMapper.shared().readTree(with("scale_attn_by_inverse_layer_idx", "true"));
        assertThat(ModelFiles.readConfig(one.put("n_layers", 1).toString()).warnings())
                .isEmpty();
    }

    @Test
    void windowsThatNoLayerHasChangeNothing() {
        ObjectNode global = (ObjectNode) JsonMapper.shared().readTree(with("use_local_attn", "true"));
        global.putArray("attn_types").add("global").add("global");
        assertThat(ModelFiles.readConfig(global.toString()).warnings()).isEmpty();
    }

    @Test
    void theLastNormIsOneOfItsOwnOnlyWhereThereAreNorms() {
        ObjectNode normed = (ObjectNode) JsonMapper.shared().readTree(with("final_rms", "true"));
        normed.put("normalization_type", "LNPre");
        assertThatThrownBy(() -> ModelFiles.readConfig(normed.toString()))
                .hasMessage("config.json: final_rms is true; only false is read so far");
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
