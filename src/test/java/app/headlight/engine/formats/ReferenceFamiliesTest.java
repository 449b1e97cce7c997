package app.headlight.engine.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.headlight.engine.refusal.Refusal;
import java.io.IOException;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The reference files of other tools are read whole; {@code ConformanceTest} compares their numbers. */
class ReferenceFamiliesTest {

    static Stream<String> models() {
        return Stream.of(
                "families/random-gpt2",
                "families/random-llama",
                "families/random-neox",
                "families/random-qwen2",
                "families/random-tl-attn-ln",
                "families/random-tl-gelu",
                "families/random-tl-relu-shortformer",
                "families/random-tl-solu-ln",
                "config-fields/attn-scale",
                "config-fields/defaults",
                "config-fields/gated-silu",
                "config-fields/grouped-keys",
                "config-fields/inverse-layer-scale",
                "config-fields/logits-soft-cap",
                "config-fields/no-attn-scale",
                "config-fields/parallel",
                "config-fields/rms",
                "config-fields/rms-pre",
                "config-fields/rotary",
                "config-fields/rotary-adjacent",
                "config-fields/scores-soft-cap",
                "config-fields/window",
                "config-fields/with-masks");
    }

    @ParameterizedTest
    @MethodSource("models")
    void everyFieldAndEveryTensorIsUsed(String name) throws IOException {
        assertThat(ReferenceFiles.of(name).config().warnings()).isEmpty();
        assertThat(ReferenceFiles.unchanged(name).warnings()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"alibi, positional_embedding_type", "bidirectional, attention_dir"})
    void whatIsNotComputedIsRefusedByNameAndValue(String value, String field) {
        ReferenceFiles files = ReferenceFiles.of("config-fields/" + value);
        assertThatThrownBy(files::config)
                .isInstanceOf(Refusal.class)
                .hasMessageStartingWith("config.json: " + field + " is \"" + value + "\"; ");
    }

    /** One of each family of the transformers package with the fields of its other generation. */
    static Stream<Map.Entry<String, String>> otherGeneration() {
        return Map.of(
                "families/random-llama",
                        "{\"rope_theta\": 10000.0, \"rope_scaling\": null, \"torch_dtype\": \"float32\"}",
                "families/random-neox", "{\"rotary_pct\": 0.25, \"rotary_emb_base\": 10000}",
                "families/random-qwen2", "{\"rope_theta\": 10000.0, \"sliding_window\": 32}")
                .entrySet()
                .stream();
    }

    @ParameterizedTest
    @MethodSource("otherGeneration")
    void bothGenerationsOfAConfigurationAreTheSameModel(Map.Entry<String, String> older) {
        ReferenceFiles old = ReferenceFiles.of(older.getKey())
                .unset("rope_parameters", "dtype", "layer_types")
                .set(older.getValue());
        assertThat(old.config()).isEqualTo(ReferenceFiles.of(older.getKey()).config());
    }
}
