package app.headlight.engine.residual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import app.headlight.ReferenceModel;
import app.headlight.engine.transformer.Run;
import app.headlight.engine.transformer.Transformer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PcaTest {

    private final Transformer model = ReferenceModel.load("random-3l-standard").model();

    /** 3 tokens leave fewer rows than dimensions, 20 more: both ways must give the same kind of answer. */
    @ParameterizedTest
    @ValueSource(ints = {3, 20})
    void allComponentsGiveEveryRowBack(int tokens) {
        Run run = run(tokens);
        Pca pca = Pca.of(run, 1000);
        assertThat(pca.explained().stream().mapToDouble(x -> x).sum()).isCloseTo(1, within(1e-9));
        int d = 5;
        double mean = 0;
        for (int l = 0; l <= 3; l++) {
            for (int t = 0; t < tokens; t++) {
                mean += run.residual(l).get(t, d) / (4.0 * tokens);
            }
        }
        for (int l = 0; l <= 3; l++) {
            for (int t = 0; t < tokens; t++) {
                double x = mean;
                for (int c = 0; c < pca.explained().size(); c++) {
                    x += pca.coordinates()[c][l][t] * pca.directions()[c][d];
                }
                assertThat(x).isCloseTo(run.residual(l).get(t, d), within(1e-5));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 20})
    void directionsAreOrthonormalAndTheirLargestEntryPositive(int tokens) {
        Pca pca = Pca.of(run(tokens), 4);
        for (int a = 0; a < 4; a++) {
            double largest = 0;
            for (double x : pca.directions()[a]) {
                largest = Math.abs(x) > Math.abs(largest) ? x : largest;
            }
            assertThat(largest).isPositive();
            for (int b = 0; b < 4; b++) {
                double dot = 0;
                for (int d = 0; d < pca.directions()[a].length; d++) {
                    dot += pca.directions()[a][d] * pca.directions()[b][d];
                }
                assertThat(dot).isCloseTo(a == b ? 1 : 0, within(1e-9));
            }
        }
    }

    @Test
    void rowsThatAreAllEqualHaveNoVariance() {
        Transformer flat = ReferenceModel.load("random-0l").model();
        Pca pca = Pca.of(flat.run(new int[] {3}), 2);
        assertThat(pca.explained()).containsOnly(0.0);
        assertThat(pca.coordinates()[0][0]).containsOnly(0.0);
    }

    @Test
    void refusesNoComponents() {
        assertThatThrownBy(() -> Pca.of(run(3), 0)).hasMessageContaining("0 principal components");
    }

    private Run run(int tokens) {
        return model.run(IntStream.range(0, tokens).map(t -> t * 7 % 11).toArray());
    }
}
