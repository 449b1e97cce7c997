package app.headlight.engine.transformer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import app.headlight.engine.tensor.MatrixProducts;
import app.headlight.engine.tensor.UncomputableException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What is refused before it begins, and what is no number. */
class BoundsTest {

    private static final Config CONFIG = Config.builder()
            .sizes(2, 8, 2, 4, 20, 1_000_000)
            .positions(Positions.NONE)
            .build();

    @Test
    void theEstimateIsWhatARunKeeps() {
        for (int length : new int[] {1, 7, 60}) {
            Run run = model(1).run(new int[length]);
            assertThat(Bounds.runBytes(CONFIG, length)).isCloseTo(run.bytes(), within(40.0 * length));
        }
    }

    @Test
    void refusesARunThatTakesTooMuchBeforeItBegins() {
        assertThatThrownBy(() -> model(1).run(new int[500_000]))
                .isInstanceOf(UncomputableException.class)
                .hasMessageStartingWith(
                        "A run on 500,000 tokens would take about 8.0 TB of memory; this server gives one ");
        assertThatCode(() -> Bounds.checkRun(CONFIG, 100, 10_000_000)).doesNotThrowAnyException();
        assertThatThrownBy(() -> Bounds.checkRun(CONFIG, 1000, 10_000_000))
                .hasMessageStartingWith(
                        "A run on 1,000 tokens would take about 32 MB of memory; this server gives one 2.5 MB");
    }

    @Test
    void refusesWeightsThatTakeTooMuch() {
        Config large = Config.builder()
                .sizes(10, 1000, 10, 100, 1000, 10)
                .positions(Positions.NONE)
                .build();
        assertThat(large.weightBytes()).isEqualTo(4 * (2 * 1000.0 * 1000 + 10 * 4 * 1000.0 * 1000));
        assertThatCode(() -> Bounds.check(large, 400_000_000)).doesNotThrowAnyException();
        assertThatThrownBy(() -> Bounds.check(large, 300_000_000))
                .isInstanceOf(UncomputableException.class)
                .hasMessage("the weights would take 168 MB; this server, which has 300 MB of memory, takes models of"
                        + " 150 MB at most");
    }

    @Test
    void refusesToAnswerWithWhatIsNoNumber() {
        assertThatThrownBy(() -> model(3e38f).run(new int[] {1, 2}))
                .isInstanceOf(UncomputableException.class)
                .hasMessageContaining("is not finite: the model's numbers are too large for float32");
    }

    private static Transformer model(float scale) {
        Weights weights = RandomModels.weights(CONFIG, 1).copy();
        if (scale != 1) {
            weights.matrices().forEach(matrix -> Arrays.fill(matrix, scale));
        }
        return new Transformer(CONFIG, weights, MatrixProducts.fastest());
    }
}
