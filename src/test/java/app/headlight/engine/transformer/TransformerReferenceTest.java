package app.headlight.engine.transformer;

import static app.headlight.ReferenceModel.doubles;
import static app.headlight.ReferenceModel.ints;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import app.headlight.ReferenceModel;
import app.headlight.engine.tensor.Matrix;
import java.util.Arrays;
import java.util.stream.Stream;
import org.assertj.core.data.Percentage;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** A run against what an independent float64 implementation computed from the same weights, sentence by sentence. */
class TransformerReferenceTest {

    /** One sentence of a reference model, its run and its numbers. */
    record Sentence(String name, Transformer model, Run run, JsonNode expected) {

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Sentence> sentences() {
        return of(ReferenceModel.all());
    }

    /** Those, and sentences of a model whose file has TransformerLens's buffers, of which less is known. */
    static Stream<Sentence> runs() {
        return Stream.concat(sentences(), of(Stream.of(ReferenceModel.load("config-fields/with-masks"))));
    }

    private static Stream<Sentence> of(Stream<ReferenceModel> models) {
        return models.flatMap(reference -> reference
                .expected()
                .get("sentences")
                .valueStream()
                .map(node -> new Sentence(
                        reference + ", " + node.get("tokens").size() + " tokens",
                        reference.model(),
                        reference.model().run(ints(node.get("tokens"))),
                        node)));
    }

    @ParameterizedTest
    @MethodSource("runs")
    void logitsOfTheLastPositionAreTheReferences(Sentence sentence) {
        double[] expected = doubles(sentence.expected().get("logits_last"));
        FMatrixRMaj logits = sentence.run().logits().copy();
        assertThat(expected).hasSize(logits.numCols);
        for (int i = 0; i < expected.length; i++) {
            assertThat((double) logits.get(logits.numRows - 1, i)).isCloseTo(expected[i], within(1e-4));
        }
    }

    @ParameterizedTest
    @MethodSource("sentences")
    void sumsOfTheLogitsAreTheReferences(Sentence sentence) {
        double[] expected = doubles(sentence.expected().get("logits_sum_by_position"));
        FMatrixRMaj logits = sentence.run().logits().copy();
        assertThat(expected).hasSize(logits.numRows);
        for (int t = 0; t < expected.length; t++) {
            double sum = 0;
            for (int i = 0; i < logits.numCols; i++) {
                sum += logits.get(t, i);
            }
            assertThat(sum).isCloseTo(expected[t], within(1e-5 * logits.numCols));
        }
    }

    @ParameterizedTest
    @MethodSource("runs")
    void lossesAreTheReferences(Sentence sentence) {
        assertThat(sentence.run().loss())
                .containsExactly(doubles(sentence.expected().get("loss")), within(1e-4));
    }

    @ParameterizedTest
    @MethodSource("sentences")
    void theFiveLikeliestTokensAreTheReferences(Sentence sentence) {
        JsonNode expected = sentence.expected().get("top5_by_position");
        assertThat(expected.size()).isEqualTo(sentence.run().length());
        for (int t = 0; t < expected.size(); t++) {
            float[] logits = sentence.run().logits().row(t);
            for (int rank = 0; rank < 5; rank++) {
                JsonNode entry = expected.get(t).get(rank);
                float logit = logits[entry.get(0).asInt()];
                double logProbability = logit - sentence.run().logSum()[t];
                assertThat(logProbability).isCloseTo(entry.get(1).asDouble(), within(1e-4));
                // Tokens that are as likely as each other may stand in either order.
                int better = 0;
                for (float other : logits) {
                    better += other > logit + 1e-4 ? 1 : 0;
                }
                assertThat(better).isLessThanOrEqualTo(rank);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("runs")
    void patternsAreTheReferences(Sentence sentence) {
        JsonNode layers = sentence.expected().path("pattern"); // left out for the longest sentences
        for (int l = 0; l < layers.size(); l++) {
            for (int h = 0; h < layers.get(l).size(); h++) {
                FMatrixRMaj pattern = sentence.run().pattern(new HeadId(l, h)).copy();
                JsonNode rows = layers.get(l).get(h);
                assertThat(rows.size()).isEqualTo(pattern.numRows);
                for (int t = 0; t < rows.size(); t++) {
                    assertThat(widened(row(pattern, t))).containsExactly(doubles(rows.get(t)), within(1e-5));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("runs")
    void normsOfTheStreamAreTheReferences(Sentence sentence) {
        JsonNode expected = sentence.expected().get("resid_norm");
        assertThat(expected.size()).isEqualTo(sentence.model().config().nLayers() + 1);
        for (int l = 0; l < expected.size(); l++) {
            normsAre(sentence.run().residual(l), expected.get(l));
        }
    }

    @ParameterizedTest
    @MethodSource("sentences")
    void normsOfWhatHeadsWriteAreTheReferences(Sentence sentence) {
        JsonNode expected = sentence.expected().get("result_norm");
        assertThat(expected.size()).isEqualTo(sentence.model().config().nLayers());
        for (HeadId head : sentence.model().heads()) {
            normsAre(sentence.run().result(head), expected.get(head.layer()).get(head.head()));
        }
    }

    private static void normsAre(Matrix rows, JsonNode expected) {
        assertThat(expected.size()).isEqualTo(rows.rows());
        for (int t = 0; t < rows.rows(); t++) {
            double square = 0;
            for (float value : rows.row(t)) {
                square += (double) value * value;
            }
            assertThat(Math.sqrt(square))
                    .isCloseTo(expected.get(t).asDouble(), Percentage.withPercentage(0.01)); // 1e-4 relative
        }
    }

    private static float[] row(FMatrixRMaj matrix, int row) {
        return Arrays.copyOfRange(matrix.data, row * matrix.numCols, (row + 1) * matrix.numCols);
    }

    private static double[] widened(float[] values) {
        double[] out = new double[values.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = values[i];
        }
        return out;
    }
}
