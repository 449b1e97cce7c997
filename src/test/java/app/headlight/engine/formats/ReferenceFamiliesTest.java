package app.headlight.engine.formats;

import static app.headlight.ReferenceModel.doubles;
import static app.headlight.ReferenceModel.ints;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import app.headlight.ReferenceModel;
import java.io.IOException;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** What is read of the files of other tools, against the numbers that those tools compute of the same files. */
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
    void theNumbersAreThoseOfTheToolThatWroteTheFiles(String name) throws IOException {
        ReferenceFiles files = ReferenceFiles.of(name);
        WeightsFile weights = ReferenceFiles.unchanged(name);
        assertThat(files.config().warnings()).isEmpty();
        assertThat(weights.warnings()).isEmpty();
        JsonNode sentences = ReferenceModel.json(name, "expected.json").get("sentences");
        assertThat(sentences.size()).isGreaterThan(0);
        for (JsonNode sentence : sentences) {
            int[] tokens = ints(sentence.get("tokens"));
            PlainModel run = new PlainModel(files.config().config(), weights.weights(), tokens);
            double[] last = run.logProbabilities(tokens.length - 1);
            if (sentence.has("logprobs_last")) {
                assertThat(last).containsExactly(doubles(sentence.get("logprobs_last")), within(1e-5));
            } else {
                assertThat(run.logits[tokens.length - 1])
                        .containsExactly(doubles(sentence.get("logits_last")), within(1e-5));
            }
            for (int t = 0; t + 1 < tokens.length; t++) {
                assertThat(-run.logProbabilities(t)[tokens[t + 1]])
                        .isCloseTo(sentence.get("loss").get(t).asDouble(), within(1e-5));
            }
            samePatterns(run, sentence.path("pattern"));
            for (int l = 0; l < sentence.path("resid_norm").size(); l++) {
                assertThat(run.residNorm[l])
                        .containsExactly(doubles(sentence.get("resid_norm").get(l)), within(1e-4));
            }
        }
    }

    private static void samePatterns(PlainModel run, JsonNode layers) {
        for (int l = 0; l < layers.size(); l++) {
            for (int h = 0; h < layers.get(l).size(); h++) {
                JsonNode rows = layers.get(l).get(h);
                for (int t = 0; t < rows.size(); t++) {
                    assertThat(run.pattern[l][h][t]).containsExactly(doubles(rows.get(t)), within(1e-6));
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"alibi, positional_embedding_type", "bidirectional, attention_dir"})
    void whatIsNotComputedIsRefusedByNameAndValue(String value, String field) {
        ReferenceFiles files = ReferenceFiles.of("config-fields/" + value);
        assertThatThrownBy(files::config)
                .isInstanceOf(IllegalArgumentException.class)
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
