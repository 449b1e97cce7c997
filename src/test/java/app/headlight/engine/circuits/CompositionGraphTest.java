package app.headlight.engine.circuits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import app.headlight.ReferenceModel;
import app.headlight.engine.circuits.CompositionGraph.Edge;
import app.headlight.engine.circuits.RandomComposition.Shape;
import app.headlight.engine.tensor.EjmlProducts;
import app.headlight.engine.tensor.MatrixProducts;
import app.headlight.engine.transformer.Config;
import app.headlight.engine.transformer.Head;
import app.headlight.engine.transformer.HeadId;
import app.headlight.engine.transformer.Norm;
import app.headlight.engine.transformer.Positions;
import app.headlight.engine.transformer.RandomModels;
import app.headlight.engine.transformer.Transformer;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.ejml.data.FMatrixRMaj;
import org.ejml.dense.row.CommonOps_FDRM;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CompositionGraphTest {

    static Stream<ReferenceModel> references() {
        return ReferenceModel.all();
    }

    @ParameterizedTest
    @MethodSource("references")
    void edgesBetweenHeadsAreTheReferences(ReferenceModel reference) {
        CompositionGraph graph = CompositionGraph.of(reference.model());
        for (Composition kind : Composition.values()) {
            var expected =
                    reference.expected().get("circuits").get("composition_raw").get(kind.name());
            assertThat(graph.between(kind))
                    .hasSize(expected.size())
                    .allSatisfy(edge -> assertThat(edge.raw())
                            .isCloseTo(
                                    expected.get(edge.writerName() + "->" + edge.readerName())
                                            .asDouble(),
                                    within(1e-5)));
        }
    }

    @ParameterizedTest
    @MethodSource("references")
    void theEdgesOfOneHeadAreThoseOfTheGraphTheLargestFirst(ReferenceModel reference) {
        Transformer model = reference.model();
        CompositionGraph graph = CompositionGraph.of(model);
        for (Composition kind : Composition.values()) {
            for (HeadId id : model.heads()) {
                List<Edge> ofGraph = graph.between(kind).stream()
                        .filter(edge -> id.equals(edge.writer()) || id.equals(edge.reader()))
                        .toList();
                List<Edge> partners = CompositionGraph.partners(model, id, kind);
                assertThat(partners).hasSameSizeAs(ofGraph);
                assertThat(partners)
                        .isSortedAccordingTo(Comparator.comparing(Edge::excess).reversed());
                for (Edge partner : partners) {
                    Edge same = ofGraph.stream()
                            .filter(edge -> partner.writerName().equals(edge.writerName())
                                    && partner.readerName().equals(edge.readerName()))
                            .findFirst()
                            .orElseThrow();
                    assertThat(partner.raw()).isCloseTo(same.raw(), within(1e-5));
                    assertThat(partner.excess()).isCloseTo(same.excess(), within(1e-5));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("references")
    void edgesOfEmbeddingAndUnembeddingAreThoseOfTheDenseProducts(ReferenceModel reference) {
        Transformer model = reference.model();
        var table = CompositionGraph.of(model).table();
        FMatrixRMaj wE = model.weights().wE();
        FMatrixRMaj wU = model.weights().wU();
        assertThat(table.get("embed").get("unembed").raw()).isCloseTo(ratio(wE, wU), within(1e-5));
        for (HeadId id : model.heads()) {
            Head head = model.head(id);
            FMatrixRMaj ov = CommonOps_FDRM.mult(head.wV().copy(), head.wO().copy(), null);
            FMatrixRMaj qk =
                    CommonOps_FDRM.multTransB(head.wQ().copy(), head.wK().copy(), null);
            var fromEmbedding = table.get("embed");
            assertThat(fromEmbedding.get(id + ".Q").raw()).isCloseTo(ratio(wE, qk), within(1e-5));
            assertThat(fromEmbedding.get(id + ".K").raw())
                    .isCloseTo(ratio(wE, CommonOps_FDRM.transpose(qk, null)), within(1e-5));
            assertThat(fromEmbedding.get(id + ".V").raw()).isCloseTo(ratio(wE, ov), within(1e-5));
            assertThat(table.get(id.toString()).get("unembed").raw()).isCloseTo(ratio(ov, wU), within(1e-5));
        }
    }

    @Test
    void randomShapesHaveTheMeanAndDeviationOfMatricesDrawnOutright() {
        Shape head = new Shape.OfHead(16, 4);
        Shape vocabulary = new Shape.OfVocabulary(40, 16);
        Shape fewTokens = new Shape.OfVocabulary(9, 16);
        for (Shape writer : new Shape[] {head, vocabulary, fewTokens}) {
            for (Shape reader : new Shape[] {head, vocabulary}) {
                RandomComposition drawn = RandomComposition.of(writer, reader, new EjmlProducts());
                Random random = new Random(77);
                int n = 400;
                double sum = 0;
                double squares = 0;
                for (int i = 0; i < n; i++) {
                    FMatrixRMaj read = CommonOps_FDRM.transpose(dense(reader, random), null);
                    double ratio = ratio(dense(writer, random), read);
                    sum += ratio;
                    squares += ratio * ratio;
                }
                double deviation = Math.sqrt((squares - sum * sum / n) / (n - 1));
                double error = deviation * Math.sqrt(1.0 / n + 1.0 / RandomComposition.DRAWS);
                assertThat(drawn.mean()).as("%s %s", writer, reader).isCloseTo(sum / n, within(4 * error));
                assertThat(drawn.deviation() / deviation).isBetween(0.65, 1.4);
            }
        }
    }

    @Test
    void aModelOfRandomWeightsComposesAsRandomMatricesDo() {
        Config config = Config.builder()
                .sizes(2, 32, 4, 8, 100, 8)
                .positions(Positions.NONE)
                .build();
        Transformer model = new Transformer(config, RandomModels.weights(config, 4), MatrixProducts.fastest());
        CompositionGraph graph = CompositionGraph.of(model);
        assertThat(graph.edges()).hasSize(4 * 4 * 3 + 8 * 3 + 8 + 1).allSatisfy(edge -> {
            assertThat(Math.abs(deviations(edge))).isLessThan(5);
            assertThat(edge.excess()).isEqualTo(edge.raw() - edge.random().mean());
        });
        double mean = graph.edges().stream()
                .mapToDouble(CompositionGraphTest::deviations)
                .average()
                .orElseThrow();
        assertThat(mean).isBetween(-1.0, 1.0);
    }

    @Test
    void headsThatWriteNothingComposeWithNothing() {
        Config config = RandomModels.config(2, Positions.NONE, Norm.NONE);
        var weights = RandomModels.weights(config, 4);
        weights.layers().getFirst().wO().zero();
        CompositionGraph graph = CompositionGraph.of(new Transformer(config, weights, MatrixProducts.fastest()));
        assertThat(graph.between(Composition.K))
                .hasSize(9)
                .allSatisfy(edge -> assertThat(edge.raw()).isZero());
    }

    private static FMatrixRMaj dense(Shape shape, Random random) {
        return switch (shape) {
            case Shape.OfVocabulary all -> normal(all.dVocab(), all.dModel(), random);
            case Shape.OfHead head ->
                CommonOps_FDRM.mult(
                        normal(head.dModel(), head.dHead(), random), normal(head.dHead(), head.dModel(), random), null);
        };
    }

    private static FMatrixRMaj normal(int rows, int columns, Random random) {
        FMatrixRMaj matrix = new FMatrixRMaj(rows, columns);
        for (int i = 0; i < matrix.data.length; i++) {
            matrix.data[i] = (float) random.nextGaussian();
        }
        return matrix;
    }

    private static double ratio(FMatrixRMaj write, FMatrixRMaj read) {
        return norm(CommonOps_FDRM.mult(write, read, null)) / (norm(write) * norm(read));
    }

    private static double norm(FMatrixRMaj matrix) {
        double squares = 0;
        for (float x : matrix.data) {
            squares += (double) x * x;
        }
        return Math.sqrt(squares);
    }

    /** The composition score in standard deviations of random pairs. */
    private static double deviations(Edge edge) {
        return edge.random().deviation() == 0
                ? 0
                : edge.excess() / edge.random().deviation();
    }
}
