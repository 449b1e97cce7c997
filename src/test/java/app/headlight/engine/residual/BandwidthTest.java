package app.headlight.engine.residual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import app.headlight.ReferenceModel;
import app.headlight.engine.residual.Bandwidth.Channel;
import app.headlight.engine.residual.Bandwidth.Input;
import app.headlight.engine.tensor.MatrixProducts;
import app.headlight.engine.transformer.Config;
import app.headlight.engine.transformer.Head;
import app.headlight.engine.transformer.HeadId;
import app.headlight.engine.transformer.Positions;
import app.headlight.engine.transformer.RandomModels;
import app.headlight.engine.transformer.Transformer;
import app.headlight.engine.transformer.Weights;
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

    @ParameterizedTest
    @MethodSource("references")
    void sharesAreThoseOfTheProjectionOntoWhatIsRead(ReferenceModel reference) {
        Transformer model = reference.model();
        Bandwidth bandwidth = Bandwidth.of(model);
        for (Channel channel : bandwidth.channels()) {
            DMatrixRMaj written = channel.writer() == null
                    ? dense(model.weights().wE())
                    : CommonOps_DDRM.mult(
                            dense(model.head(channel.writer()).wV().copy()),
                            dense(model.head(channel.writer()).wO().copy()),
                            null);
            if (channel.reader() == null) {
                assertThat(channel.share()).isCloseTo(1, within(1e-5)); // D dimensions, and more tokens than these
                continue;
            }
            DMatrixRMaj projection = projection(dense(weights(model.head(channel.reader()), channel.input())));
            double part = squares(CommonOps_DDRM.mult(written, projection, null)) / squares(written);
            assertThat(channel.share()).isCloseTo(part, within(1e-5)).isBetween(0.0, 1.0 + 1e-9);
            if (channel.writer() != null) {
                DMatrixRMaj own = projection(CommonOps_DDRM.transpose(
                        dense(model.head(channel.writer()).wO().copy()), null));
                // The trace of the product of two projections is the sum of cos² of their angles.
                double angles = CommonOps_DDRM.trace(CommonOps_DDRM.mult(own, projection, null));
                assertThat(channel.overlap()).isCloseTo(angles / model.config().dHead(), within(1e-4));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("references")
    void everyWriterReachesEveryInputOfLaterHeads(ReferenceModel reference) {
        Bandwidth bandwidth = Bandwidth.of(reference.model());
        int layers = reference.model().config().nLayers();
        int heads = reference.model().config().nHeads();
        assertThat(bandwidth.channels())
                .hasSize((3 * heads * layers + 3 * heads * heads * layers * (layers - 1) / 2) + heads * layers + 1);
        bandwidth
                .effectiveDimensions()
                .forEach((head, dimension) -> assertThat(dimension)
                        .isCloseTo(
                                reference
                                        .circuit("ov_effective_dimension", head)
                                        .asDouble(),
                                within(1e-4)));
        assertThat(bandwidth.effectiveDimensions().keySet()).containsExactlyElementsOf(reference.heads());
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
                .filter(channel -> channel.reader() == null && new HeadId(0, head).equals(channel.writer()))
                .findFirst()
                .orElseThrow();
    }

    private static Channel channel(Bandwidth bandwidth, HeadId writer, HeadId reader) {
        return bandwidth.channels().stream()
                .filter(channel -> writer.equals(channel.writer())
                        && reader.equals(channel.reader())
                        && channel.input() == Input.Q)
                .findFirst()
                .orElseThrow();
    }

    private static FMatrixRMaj weights(Head head, Input input) {
        return switch (input) {
            case Q -> head.wQ().copy();
            case K -> head.wK().copy();
            case V -> head.wV().copy();
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
