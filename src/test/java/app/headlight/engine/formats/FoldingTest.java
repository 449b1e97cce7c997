package app.headlight.engine.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import app.headlight.ReferenceModel;
import app.headlight.engine.formats.Folding.Folded;
import app.headlight.engine.formats.Folding.Step;
import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.tensor.Complex;
import app.headlight.engine.tensor.FactoredMatrix;
import app.headlight.engine.tensor.Matrix;
import app.headlight.engine.tensor.MatrixProducts;
import app.headlight.engine.transformer.Config;
import app.headlight.engine.transformer.HeadId;
import app.headlight.engine.transformer.LayerWeights;
import app.headlight.engine.transformer.Norm;
import app.headlight.engine.transformer.RandomModels;
import app.headlight.engine.transformer.Run;
import app.headlight.engine.transformer.Transformer;
import app.headlight.engine.transformer.Weights;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.ejml.data.FMatrixRMaj;
import org.ejml.dense.row.CommonOps_FDRM;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Folding changes weights and no log-probability; its circuits are those of TransformerLens. */
class FoldingTest {

    private static final Set<Step> ALL = EnumSet.allOf(Step.class);

    @ParameterizedTest
    @ValueSource(strings = {"random-tl-attn-ln", "random-tl-gelu", "random-tl-relu-shortformer", "random-tl-solu-ln"})
    void foldedCircuitsAreThoseOfTransformerLens(String name) throws IOException {
        ReferenceFiles files = ReferenceFiles.of("families/" + name);
        JsonNode expected =
                ReferenceModel.json("families/" + name, "expected.json").get("folded");
        EnumSet<Step> steps = EnumSet.noneOf(Step.class);
        for (Step step : Step.values()) {
            if (expected.get("settings").get(step.label()).asBoolean()) {
                steps.add(step);
            }
        }
        Folded folded = Folding.fold(files.config().config(), files.weights().weights(), steps);
        assertThat(folded.steps()).containsExactlyElementsOf(steps);
        for (Map.Entry<String, JsonNode> head : expected.get("copying_score").properties()) {
            assertThat(copyingScore(folded, HeadId.parse(head.getKey())))
                    .as(head.getKey())
                    .isCloseTo(head.getValue().asDouble(), within(1e-4));
        }
        for (Map.Entry<String, JsonNode> kind : expected.get("composition_raw").properties()) {
            for (Map.Entry<String, JsonNode> pair : kind.getValue().properties()) {
                String[] heads = pair.getKey().split("->");
                assertThat(composition(folded, kind.getKey(), HeadId.parse(heads[0]), HeadId.parse(heads[1])))
                        .as(kind.getKey() + " " + pair.getKey())
                        .isCloseTo(pair.getValue().asDouble(), within(1e-5));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "families/random-gpt2",
                "families/random-neox",
                "families/random-llama",
                "families/random-qwen2",
                "families/random-tl-attn-ln",
                "families/random-tl-gelu",
                "families/random-tl-relu-shortformer",
                "families/random-tl-solu-ln",
                "config-fields/gated-silu",
                "config-fields/grouped-keys",
                "config-fields/parallel",
                "config-fields/rms",
                "config-fields/window"
            })
    void everyStepThatIsExactLeavesTheLogProbabilities(String name) throws IOException {
        ReferenceFiles files = ReferenceFiles.of(name);
        Config config = files.config().config();
        Weights weights = files.weights().weights();
        EnumSet<Step> exact = EnumSet.noneOf(Step.class);
        for (Step step : Step.values()) {
            if (Folding.whyNot(config, step) == null) {
                sameLogProbabilities(config, weights, Folding.fold(config, weights, Set.of(step)));
                exact.add(step);
            }
        }
        assertThat(exact).contains(Step.FOLD_VALUE_BIASES);
        Folded folded = Folding.fold(config, weights, exact);
        sameLogProbabilities(config, weights, folded);
        Weights again = ModelFiles.readWeights(
                folded.config(),
                Safetensors.open(SafetensorsFile.channel(ModelFiles.writeWeights(folded.config(), folded.weights()))));
        sameLogProbabilities(config, weights, new Folded(folded.config(), again, folded.steps()));
    }

    static Stream<Config> kinds() {
        return RandomModels.kinds();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void everyExactStepLeavesTheLogProbabilitiesOfEveryKind(Config config) {
        Weights weights = RandomModels.weights(config, 6);
        for (Step step : Step.values()) {
            if (Folding.whyNot(config, step) == null) {
                sameLogProbabilities(config, weights, Folding.fold(config, weights, Set.of(step)));
            }
        }
    }

    @Test
    void aLastNormThatDoesNotCentreKeepsTheMeanOfWhatIsWritten() {
        Config config = Config.builder()
                .sizes(2, 12, 4, 5, 11, 9)
                .norm(Norm.LN)
                .finalRms(true)
                .build();
        assertThat(Folding.whyNot(config, Step.CENTRE_WRITING)).startsWith("final_rms is true");
        assertThat(Folding.whyNot(config, Step.FOLD_NORM)).isNull();
    }

    private static void sameLogProbabilities(Config config, Weights weights, Folded folded) {
        int[] tokens = RandomModels.tokens(config, Math.min(9, config.nCtx()), 4);
        Run before = new Transformer(config, weights, MatrixProducts.fastest()).run(tokens);
        Run after = new Transformer(folded.config(), folded.weights(), MatrixProducts.fastest()).run(tokens);
        for (int t = 0; t < tokens.length; t++) {
            for (int v = 0; v < config.dVocab(); v++) {
                assertThat(after.logits().get(t, v) - after.logSum()[t])
                        .as(folded.steps() + ", token " + v + " after position " + t)
                        .isCloseTo(before.logits().get(t, v) - before.logSum()[t], within(5e-5));
            }
        }
    }

    @Test
    void foldedWeightsAreCentredAndHaveNoNormsOrValueBiases() throws IOException {
        ReferenceFiles files = ReferenceFiles.of("families/random-tl-gelu");
        Weights before = files.weights().weights();
        Weights kept = before.copy();
        Folded folded = Folding.fold(files.config().config(), before, ALL);
        assertThat(folded.config().norm()).isEqualTo(Norm.LN_PRE);
        assertThat(folded.weights().tensors()).noneMatch(tensor -> tensor.name().contains("ln"));
        for (String name :
                List.of("embed.W_E", "pos_embed.W_pos", "blocks.1.attn.W_O", "blocks.0.mlp.W_out", "unembed.W_U")) {
            assertThat(largestMean(folded.weights().get(name), true)).as(name).isLessThan(1e-6);
        }
        for (String name : List.of("blocks.0.attn.W_Q", "blocks.1.mlp.W_in", "unembed.W_U")) {
            assertThat(largestMean(folded.weights().get(name), false)).as(name).isLessThan(1e-6);
        }
        assertThat(folded.weights().layer(1).bV()).containsOnly(0);
        for (Weights.Tensor tensor : kept.tensors()) {
            assertThat(before.get(tensor.name()).data).isEqualTo(kept.get(tensor.name()).data);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "families/random-tl-relu-shortformer | FOLD_NORM | fold_ln is refused: normalization_type is null",
                "families/random-tl-relu-shortformer | CENTRE_WRITING | center_writing_weights is refused: normalization_type is null",
                "families/random-llama | CENTRE_WRITING | center_writing_weights is refused: normalization_type is RMS",
                "config-fields/rms-pre | FOLD_NORM | fold_ln is refused: normalization_type is RMSPre",
                "config-fields/logits-soft-cap | CENTRE_UNEMBEDDING | center_unembed is refused: output_logits_soft_cap is 2.0"
            })
    void aStepThatIsNotExactIsRefusedByName(String name, Step step, String message) throws IOException {
        ReferenceFiles files = ReferenceFiles.of(name);
        Weights weights = files.weights().weights();
        assertThatThrownBy(() -> Folding.fold(files.config().config(), weights, Set.of(step, Step.FOLD_VALUE_BIASES)))
                .isInstanceOf(Refusal.class)
                .hasMessageStartingWith(message);
    }

    @ParameterizedTest
    @EnumSource(
            value = Step.class,
            names = {"FOLD_NORM", "CENTRE_WRITING"})
    void shortformerPositionsAreReadWithoutTheNorm(Step step) {
        Config config = ReferenceFiles.of("families/random-tl-relu-shortformer")
                .set("{\"normalization_type\": \"LN\"}")
                .config()
                .config();
        assertThat(Folding.whyNot(config, step)).contains("positional_embedding_type is shortformer");
    }

    @Test
    void aGateHasNoBiasThatCouldTakeThatOfANorm() {
        Config config = ReferenceFiles.of("config-fields/gated-silu")
                .set("{\"normalization_type\": \"LN\"}")
                .config()
                .config();
        assertThat(Folding.whyNot(config, Step.FOLD_NORM)).contains("gated_mlp is true");
    }

    /** The mean of the row or column whose mean is largest. */
    private static double largestMean(FMatrixRMaj m, boolean rows) {
        double largest = 0;
        for (int i = 0; i < (rows ? m.numRows : m.numCols); i++) {
            double sum = 0;
            for (int j = 0; j < (rows ? m.numCols : m.numRows); j++) {
                sum += rows ? m.get(i, j) : m.get(j, i);
            }
            largest = Math.max(largest, Math.abs(sum / (rows ? m.numCols : m.numRows)));
        }
        return largest;
    }

    private static double composition(Folded folded, String kind, HeadId earlier, HeadId later) {
        FMatrixRMaj writer = ov(folded, earlier);
        FMatrixRMaj qk = product(head(folded, later, "W_Q"), transposed(head(folded, later, "W_K")));
        FMatrixRMaj reader = kind.equals("V") ? ov(folded, later) : kind.equals("Q") ? qk : transposed(qk);
        return norm(product(writer, reader)) / (norm(writer) * norm(reader));
    }

    private static double copyingScore(Folded folded, HeadId id) {
        Weights weights = folded.weights();
        FMatrixRMaj left = product(head(folded, id, "W_O"), weights.wU());
        FMatrixRMaj right = product(weights.wE(), head(folded, id, "W_V"));
        double sum = 0;
        double sizes = 0;
        for (Complex value : new FactoredMatrix(Matrix.of(left), Matrix.of(right)).eigenvalues()) {
            sum += value.re();
            sizes += Math.hypot(value.re(), value.im());
        }
        return sum / sizes;
    }

    private static FMatrixRMaj ov(Folded folded, HeadId id) {
        return product(head(folded, id, "W_V"), head(folded, id, "W_O"));
    }

    private static FMatrixRMaj head(Folded folded, HeadId id, String name) {
        LayerWeights layer = folded.weights().layer(id.layer());
        int k = folded.config().dHead();
        int from = id.head() * k;
        int d = folded.config().dModel();
        return switch (name) {
            case "W_Q" -> CommonOps_FDRM.extract(layer.wQ(), 0, d, from, from + k);
            case "W_K" -> CommonOps_FDRM.extract(layer.wK(), 0, d, from, from + k);
            case "W_V" -> CommonOps_FDRM.extract(layer.wV(), 0, d, from, from + k);
            default -> CommonOps_FDRM.extract(layer.wO(), from, from + k, 0, d);
        };
    }

    private static FMatrixRMaj product(FMatrixRMaj a, FMatrixRMaj b) {
        return CommonOps_FDRM.mult(a, b, null);
    }

    private static FMatrixRMaj transposed(FMatrixRMaj m) {
        return CommonOps_FDRM.transpose(m, null);
    }

    private static double norm(FMatrixRMaj m) {
        double sum = 0;
        for (float value : m.data) {
            sum += (double) value * value;
        }
        return Math.sqrt(sum);
    }
}
