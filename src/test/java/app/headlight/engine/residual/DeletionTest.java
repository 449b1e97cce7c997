package app.headlight.engine.residual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import app.headlight.engine.circuits.StreamWriter;
import app.headlight.engine.tensor.Matrix;
import app.headlight.engine.tensor.MatrixProducts;
import app.headlight.engine.transformer.Config;
import app.headlight.engine.transformer.Edit;
import app.headlight.engine.transformer.HeadId;
import app.headlight.engine.transformer.Norm;
import app.headlight.engine.transformer.Positions;
import app.headlight.engine.transformer.RandomModels;
import app.headlight.engine.transformer.Run;
import app.headlight.engine.transformer.Transformer;
import app.headlight.engine.transformer.Weights;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.ejml.data.FMatrixRMaj;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DeletionTest {

    private static final HeadId HEAD = new HeadId(0, 0);
    private static final StreamWriter WRITER = StreamWriter.of(HEAD);

    @Test
    void aHeadThatWritesTheOppositeDeletes() {
        // One head reads all four dimensions and writes half of what it read, negated; on one token it reads that
        // token.
        Config config = Config.builder()
                .sizes(1, 4, 1, 4, 6, 4)
                .positions(Positions.NONE)
                .build();
        Weights weights = RandomModels.weights(config, 1);
        weights.biases().forEach(bias -> Arrays.fill(bias, 0));
        identity(weights.layers().getFirst().wV(), 1);
        identity(weights.layers().getFirst().wO(), -0.5f);
        Run run = new Transformer(config, weights, MatrixProducts.fastest()).run(new int[] {3});
        Deletion deletion = Deletion.of(run).get(WRITER);
        assertThat(deletion.cosines()).containsExactly(new double[] {-1}, within(1e-6));
        assertThat(deletion.removed()).containsExactly(new double[] {0.5}, within(1e-6));
    }

    static Stream<Config> kinds() {
        return Stream.concat(Stream.of(RandomModels.config(3, Positions.STANDARD, Norm.LN_PRE)), RandomModels.kinds());
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void anglesFollowFromTheLengthsOfStreamOutputAndTheirSum(Config config) {
        Transformer model = new Transformer(config, RandomModels.weights(config, 9), MatrixProducts.fastest());
        Run run = model.run(RandomModels.tokens(config, 8, 2));
        Map<StreamWriter, Deletion> writers = Deletion.of(run);
        assertThat(writers).hasSize(config.nLayers() * (config.nHeads() + (config.mlp() == null ? 0 : 1)));
        writers.forEach((writer, deletion) -> {
            Matrix written = writer.head() == null ? run.mlpOut(writer.layer()) : run.result(writer.head());
            Matrix stream = writer.head() == null && !config.parallel()
                    ? run.residual(writer.layer() + 1).minus(written)
                    : run.residual(writer.layer());
            double sum = 0;
            for (int t = 0; t < run.length(); t++) {
                double a = squares(written, null, t);
                double b = squares(stream, null, t);
                double together = squares(written, stream, t);
                // Law of cosines.
                assertThat(deletion.cosines()[t]).isCloseTo((together - a - b) / (2 * Math.sqrt(a * b)), within(1e-4));
                assertThat(deletion.removed()[t]).isCloseTo((a + b - together) / (2 * b), within(1e-4));
                sum += deletion.cosines()[t];
            }
            assertThat(deletion.meanCosine()).isCloseTo(sum / run.length(), within(1e-12));
        });
    }

    @Test
    void aHeadThatWritesNothingDeletesNothing() {
        Config config = RandomModels.config(1, Positions.NONE, Norm.NONE);
        Transformer model = new Transformer(config, RandomModels.weights(config, 9), MatrixProducts.fastest());
        Run run = model.run(new int[] {1, 2}, List.of(Edit.zero(HEAD)));
        assertThat(Deletion.of(run).get(WRITER).cosines()).containsExactly(0, 0);
        assertThat(Deletion.of(run).get(WRITER).removed()).containsOnly(0);
    }

    private static void identity(FMatrixRMaj matrix, float factor) {
        matrix.zero();
        for (int i = 0; i < matrix.numRows; i++) {
            matrix.set(i, i, factor);
        }
    }

    private static double squares(Matrix a, @Nullable Matrix b, int row) {
        double sum = 0;
        for (int d = 0; d < a.columns(); d++) {
            double x = (double) a.get(row, d) + (b == null ? 0 : b.get(row, d));
            sum += x * x;
        }
        return sum;
    }
}
