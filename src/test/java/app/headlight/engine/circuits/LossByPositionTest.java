package app.headlight.engine.circuits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import app.headlight.engine.tensor.MatrixProducts;
import app.headlight.engine.transformer.Config;
import app.headlight.engine.transformer.InductionByHand;
import app.headlight.engine.transformer.Norm;
import app.headlight.engine.transformer.Positions;
import app.headlight.engine.transformer.Progress;
import app.headlight.engine.transformer.RandomModels;
import app.headlight.engine.transformer.Transformer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

class LossByPositionTest {

    private static final Config CONFIG = RandomModels.config(2, Positions.STANDARD, Norm.NONE);

    private final Transformer model =
            new Transformer(CONFIG, RandomModels.weights(CONFIG, 2), MatrixProducts.fastest());
    private final int[] longer = RandomModels.tokens(CONFIG, 9, 1);
    private final int[] shorter = RandomModels.tokens(CONFIG, 4, 2);

    @Test
    void meansAreOverTheWindowsThatReachAPosition() {
        LossByPosition losses = LossByPosition.of(model, List.of(longer, shorter, new int[] {1}), Progress.UNWATCHED);
        double[] one = model.run(longer).loss();
        double[] other = model.run(shorter).loss();
        assertThat(losses.windows()).containsExactly(2, 2, 2, 1, 1, 1, 1, 1);
        double sum = 0;
        for (int t = 0; t < 8; t++) {
            assertThat(losses.mean()[t]).isCloseTo(t < 3 ? (one[t] + other[t]) / 2 : one[t], within(1e-12));
            sum += one[t] + (t < 3 ? other[t] : 0);
        }
        assertThat(losses.overall()).isCloseTo(sum / 11, within(1e-12));
        assertThat(losses.inContextScore(1, 6)).isEqualTo(losses.mean()[6] - losses.mean()[1]);
        // Position 2 has two windows, 3 has one: three losses make the early mean.
        assertThat(losses.inContextScore(2, 4, 6, 8))
                .isCloseTo((one[6] + one[7]) / 2 - (one[2] + other[2] + one[3]) / 3, within(1e-12));
    }

    @Test
    void inductionMakesARepeatedTextCheaper() {
        Transformer induction =
                new Transformer(InductionByHand.config(), InductionByHand.weights(), MatrixProducts.fastest());
        RepeatedTokens texts = RepeatedTokens.of(induction.config());
        LossByPosition losses = LossByPosition.of(induction, texts.sequences(), Progress.UNWATCHED);
        int last = losses.mean().length - 1;
        assertThat(losses.inContextScore(last - texts.period(), last)).isLessThan(-1);
    }

    @Test
    void tellsHowFarItIsAndEndsWhenItIsToldTo() {
        List<Double> shares = new ArrayList<>();
        LossByPosition.of(model, List.of(longer, shorter), shares::add);
        assertThat(shares).containsExactly(0.0, 0.5, 1.0);
        assertThatThrownBy(() -> LossByPosition.of(model, List.of(longer, shorter), share -> share < 0.5))
                .isInstanceOf(CancellationException.class);
    }

    @Test
    void saysWhatHasNoScore() {
        LossByPosition losses = LossByPosition.of(model, List.of(longer), Progress.UNWATCHED);
        assertThatThrownBy(() -> losses.inContextScore(2, 8)).hasMessageContaining("0 to 7");
        assertThatThrownBy(() -> losses.inContextScore(5, 5)).hasMessageContaining("5 and 5");
        assertThatThrownBy(() -> losses.inContextScore(2, 5, 4, 8)).hasMessageContaining("2 to 5");
        assertThatThrownBy(() -> LossByPosition.of(model, List.of(new int[] {1}), Progress.UNWATCHED))
                .hasMessageContaining("two at least");
    }
}
