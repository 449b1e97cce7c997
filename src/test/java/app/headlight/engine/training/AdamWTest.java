package app.headlight.engine.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class AdamWTest {

    @Test
    void theFirstStepIsTheRateAgainstTheSignOfTheGradient() {
        float[] weights = {1, 1, 1};
        AdamW.step(weights, new float[] {0.5f, -2, 0}, new float[3], new float[3], Optimizer.USUAL, 1, 0.1, 1, 0, 0, 3);
        assertThat(weights).containsExactly(new float[] {0.9f, 1.1f, 1}, within(1e-6f));
    }

    @Test
    void decayShrinksAWeightWithoutAGradientAndLeavesThoseOutsideTheRangeAlone() {
        float[] weights = {2, 2, 2};
        AdamW.step(weights, new float[3], new float[3], new float[3], Optimizer.USUAL, 1, 0.1, 1, 0.5, 1, 2);
        assertThat(weights).containsExactly(new float[] {2, 1.9f, 2}, within(1e-6f));
    }

    /** Loshchilov and Hutter 2019, algorithm 2, line by line in float64. */
    @Test
    void manyStepsAreThoseOfTheAlgorithmInFloat64() {
        Random random = new Random(4);
        Optimizer settings = new Optimizer(0.8, 0.95, 0.02, 1, 0);
        float[] weights = {0.3f};
        float[] mean = {0};
        float[] square = {0};
        double theta = 0.3f;
        double m = 0;
        double v = 0;
        for (int t = 1; t <= 200; t++) {
            float gradient = (float) random.nextGaussian() + 0.2f;
            double rate = 1e-2 / t;
            AdamW.step(weights, new float[] {2 * gradient}, mean, square, settings, t, rate, 0.5f, 0.02, 0, 1);
            m = 0.8 * m + 0.2 * gradient;
            v = 0.95 * v + 0.05 * gradient * gradient;
            double meanNow = m / (1 - Math.pow(0.8, t));
            double squareNow = v / (1 - Math.pow(0.95, t));
            theta -= rate * (meanNow / (Math.sqrt(squareNow) + 1e-8) + 0.02 * theta);
        }
        assertThat((double) weights[0]).isCloseTo(theta, within(1e-5));
    }

    @Test
    void theRateRisesThenFallsToATwentieth() {
        Schedule schedule = new Schedule(1, 10, 110, 0.05);
        assertThat(schedule.rate(0)).isCloseTo(0.1, within(1e-12));
        assertThat(schedule.rate(9)).isCloseTo(1, within(1e-12));
        assertThat(schedule.rate(60)).isCloseTo(0.525, within(1e-12)); // half way: the mean of 1 and 0.05
        assertThat(schedule.rate(110)).isCloseTo(0.05, within(1e-12));
        assertThat(new Schedule(1, 0, 5, 0.05).rate(0)).isEqualTo(1);
    }
}
