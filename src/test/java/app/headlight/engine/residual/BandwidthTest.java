package app.headlight.engine.residual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import app.headlight.ReferenceModel;
import app.headlight.engine.circuits.StreamReader;
import app.headlight.engine.circuits.StreamWriter;
import app.headlight.engine.residual.Bandwidth.Channel;
import app.headlight.engine.tensor.MatrixProducts;
import app.headlight.engine.transformer.Config;
import app.headlight.engine.transformer.HeadId;
import app.headlight.engine.transformer.Positions;
import app.headlight.engine.transformer.RandomModels;
import app.headlight.engine.transformer.Transformer;
import app.headlight.engine.transformer.Weights;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.data.FMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.NormOps_DDRM;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BandwidthTest {

    static Stream<ReferenceModel> references() {
        return ReferenceModel.all().filter(reference -> !reference.name().startsWith("storybook"));
    }

    static Stream<Transformer> models() {
        return Stream.concat(
                references().map(ReferenceModel::model),
                RandomModels.kinds()
                        .map(config ->
                                new Transformer(config, RandomModels.weights(config, 5), MatrixProducts.fastest())));
    }

    @ParameterizedTest
    @MethodSource("models")
    void sharesAreThoseOfTheProjectionOntoWhatIsRead(Transformer model) {
        int dimensions = model.config().dModel();
        for (Channel channel : Bandwidth.of(model).channels()) {
            DMatrixRMaj written = written(model, channel.writer());
            DMatrixRMaj read = read(model, channel.reader());
            // Random columns of this number span all there is.
            DMatrixRMaj projection = read.numCols < dimensions ? projection(read) : CommonOps_DDRM.identity(dimensions);
            double part = squares(CommonOps_DDRM.mult(written, projection, null)) / squares(written);
            assertThat(channel.share())
                    .as(channel.toString())
                    .isCloseTo(part, within(1e-5))
                    .isBetween(0.0, 1.0);
            DMatrixRMaj rows = rows(model, channel.writer());
            if (rows.numRows >= dimensions) {
                assertThat(channel.overlap()).isNaN();
            } else {
                DMatrixRMaj own = projection(CommonOps_DDRM.transpose(rows, null));
                // The trace of the product of two projections is the sum of cos² of their angles.
                double angles = CommonOps_DDRM.trace(CommonOps_DDRM.mult(own, projection, null));
                int smaller = Math.min(rows.numRows, Math.min(dimensions, read.numCols));
                assertThat(channel.overlap()).as(channel.toString()).isCloseTo(angles / smaller, within(1e-4));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("models")
    void everyWriterReachesAllThatReadsLater(Transformer model) {
        Config config = model.config();
        List<String> expected = new ArrayList<>();
        for (StreamReader reader : StreamReader.all(config)) {
            for (StreamWriter writer : reader.writers(config)) {
                expected.add(writer + "->" + reader);
            }
        }
        assertThat(Bandwidth.of(model).channels().stream()
                        .map(channel -> channel.writer() + "->" + channel.reader())
                        .toList())
                .containsExactlyInAnyOrderElementsOf(expected);
    }

    @ParameterizedTest
    @MethodSource("models")
    void effectiveDimensionsAreThoseOfTheSquaresOfWhatIsWritten(Transformer model) {
        Bandwidth.of(model).effectiveDimensions().forEach((writer, dimension) -> {
            DMatrixRMaj written = written(model, writer);
            DMatrixRMaj gram = CommonOps_DDRM.multTransA(written, written, null);
            assertThat(dimension).isCloseTo(Math.pow(CommonOps_DDRM.trace(gram), 2) / squares(gram), within(1e-4));
        });
    }

    @ParameterizedTest
    @MethodSource("references")
    void effectiveDimensionsOfHeadsAreTheReferences(ReferenceModel reference) {
        Bandwidth bandwidth = Bandwidth.of(reference.model());
        for (HeadId head : reference.heads()) {
            assertThat(bandwidth.effectiveDimensions().get(StreamWriter.of(head)))
                    .isCloseTo(reference.circuit("ov_effective_dimension", head).asDouble(), within(1e-4));
        }
    }

    @Test
    void aHeadThatWritesWhereAnotherReadsSharesAllWithItAndOneThatDoesNotNothing() {
        Config config = Config.builder()
                .sizes(2, 6, 2, 2, 9, 4)
                .positions(Positions.NONE)
                .build();
        Weights weights = RandomModels.weights(config, 3);
        weights.layers().getFirst().wO().zero();
        for (int h = 0; h < 2; h++) {
            for (int i = 0; i < 2; i++) {
                weights.layers().getFirst().wO().set(2 * h + i, 2 * h + i, 1); // L0H0 writes 0 and 1, L0H1 2 and 3
            }
        }
        weights.layer(1).wQ().zero();
        weights.layer(1).wQ().set(0, 0, 3); // L1H0 asks 0 and 1, weighs them as it likes
        weights.layer(1).wQ().set(1, 1, 5);
        weights.layer(1).wQ().set(2, 2, 1); // L1H1 asks 2 alone
        Bandwidth bandwidth = Bandwidth.of(new Transformer(config, weights, MatrixProducts.fastest()));
        assertThat(channel(bandwidth, new HeadId(0, 0), new HeadId(1, 0)).share())
                .isCloseTo(1, within(1e-6));
        assertThat(channel(bandwidth, new HeadId(0, 0), new HeadId(1, 0)).overlap())
                .isCloseTo(1, within(1e-6));
        assertThat(channel(bandwidth, new HeadId(0, 1), new HeadId(1, 0)).share())
                .isCloseTo(0, within(1e-6));
        assertThat(channel(bandwidth, new HeadId(0, 1), new HeadId(1, 1)).share())
                .isBetween(0.01, 0.99);
        // The smaller of the two subspaces, of one dimension, lies in the other.
        assertThat(channel(bandwidth, new HeadId(0, 1), new HeadId(1, 1)).overlap())
                .isCloseTo(1, within(1e-6));
        assertThat(bandwidth.chance()).isEqualTo(2.0 / 6);
    }

    @Test
    void theUnembeddingReadsOnlyWhereItsColumnsLie() {
        Config config = Config.builder()
                .sizes(1, 6, 2, 2, 9, 4)
                .positions(Positions.NONE)
                .build();
        Weights weights = RandomModels.weights(config, 3);
        weights.wU().zero();
        for (int v = 0; v < 9; v++) {
            weights.wU().set(v % 3, v, v + 1); // reads dimensions 0 to 2
        }
        weights.layers().getFirst().wO().zero();
        weights.layers().getFirst().wO().set(0, 0, 1); // L0H0 writes 0 and, from a value as large as that, 5
        weights.layers().getFirst().wO().set(1, 5, 1);
        weights.layers().getFirst().wO().set(2, 1, 1); // L0H1 writes 1 and 2
        weights.layers().getFirst().wO().set(3, 2, 1);
        Transformer model = new Transformer(config, weights, MatrixProducts.fastest());
        Bandwidth bandwidth = Bandwidth.of(model);
        double first = 0;
        double all = 0;
        for (int i = 0; i < 6; i++) {
            first += Math.pow(model.head(new HeadId(0, 0)).wV().get(i, 0), 2);
            all += Math.pow(model.head(new HeadId(0, 0)).wV().get(i, 1), 2);
        }
        assertThat(unembedded(bandwidth, 0).share()).isCloseTo(first / (first + all), within(1e-6));
        assertThat(unembedded(bandwidth, 0).overlap()).isCloseTo(0.5, within(1e-6));
        assertThat(unembedded(bandwidth, 1).share()).isCloseTo(1, within(1e-6));
    }

    private static Channel unembedded(Bandwidth bandwidth, int head) {
        return bandwidth.channels().stream()
                .filter(channel -> channel.reader().equals(StreamReader.LOGITS)
                        && channel.writer().equals(StreamWriter.of(new HeadId(0, head))))
                .findFirst()
                .orElseThrow();
    }

    private static Channel channel(Bandwidth bandwidth, HeadId writer, HeadId reader) {
        return bandwidth.channels().stream()
                .filter(channel -> channel.writer().equals(StreamWriter.of(writer))
                        && channel.reader().equals(StreamReader.of(reader, StreamReader.Kind.Q)))
                .findFirst()
                .orElseThrow();
    }

    private static DMatrixRMaj written(Transformer model, StreamWriter writer) {
        DMatrixRMaj rows = rows(model, writer);
        return writer.head() == null
                ? rows
                : CommonOps_DDRM.mult(dense(model.head(writer.head()).wV().copy()), rows, null);
    }

    private static DMatrixRMaj rows(Transformer model, StreamWriter writer) {
        return dense(
                switch (writer.kind()) {
                    case HEAD ->
                        model.head(Objects.requireNonNull(writer.head())).wO().copy();
                    case MLP -> model.weights().layer(writer.layer()).mlp().wOut();
                    default -> model.weights().wE();
                });
    }

    private static DMatrixRMaj read(Transformer model, StreamReader reader) {
        HeadId head = new HeadId(Math.max(0, reader.layer()), Math.max(0, reader.head()));
        return switch (reader.kind()) {
            case Q -> dense(model.head(head).wQ().copy());
            case K -> dense(model.head(head).wK().copy());
            case V -> dense(model.head(head).wV().copy());
            case LOGITS -> dense(model.weights().wU());
            case MLP -> {
                var mlp = model.weights().layer(reader.layer()).mlp();
                yield mlp.wGate() == null
                        ? dense(mlp.wIn())
                        : CommonOps_DDRM.concatColumns(dense(mlp.wIn()), dense(mlp.wGate()), null);
            }
        };
    }

    /** W (WᵀW)⁻¹ Wᵀ, without any decomposition. */
    private static DMatrixRMaj projection(DMatrixRMaj columns) {
        DMatrixRMaj inverse = CommonOps_DDRM.multTransA(columns, columns, null);
        CommonOps_DDRM.invert(inverse);
        return CommonOps_DDRM.multTransB(CommonOps_DDRM.mult(columns, inverse, null), columns, null);
    }

    private static double squares(DMatrixRMaj matrix) {
        double norm = NormOps_DDRM.normF(matrix);
        return norm * norm;
    }

    private static DMatrixRMaj dense(FMatrixRMaj matrix) {
        DMatrixRMaj out = new DMatrixRMaj(matrix.numRows, matrix.numCols);
        for (int i = 0; i < matrix.data.length; i++) {
            out.set(i, matrix.data[i]);
        }
        return out;
    }
}
