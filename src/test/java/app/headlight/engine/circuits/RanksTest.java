package app.headlight.engine.circuits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RanksTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 40, 1000})
    void aRankIsTheShareBelowLessTheShareAbove(int n) {
        Random random = new Random(n);
        float[] many = new float[n + 5];
        for (int i = 0; i < many.length; i++) {
            many[i] = random.nextInt(30); // many of them equal
        }
        float[] few = new float[7];
        for (int i = 0; i < few.length; i++) {
            few[i] = many[5 + random.nextInt(n)];
        }
        Ranks ranks = new Ranks(few);
        ranks.count(many, 5, n);
        for (float value : few) {
            int balance = 0;
            for (int i = 5; i < many.length; i++) {
                balance += Float.compare(value, many[i]);
            }
            assertThat(ranks.of(value)).isCloseTo(n == 1 ? 0 : (double) balance / (n - 1), within(1e-12));
        }
    }
}
