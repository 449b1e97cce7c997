package app.headlight.engine.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SoftmaxTest {

    @Test
    void exponentialsAreMathExps() {
        float[] x = new float[2001];
        for (int i = 0; i < x.length; i++) {
            x[i] = -i / 20f + 3;
        }
        double[] out = new double[x.length];
        Exponentials.below(3, x, 0, x.length, out);
        for (int i = 0; i < x.length; i++) {
            double expected = Math.exp((double) x[i] - 3);
            double relative = x[i] - 3 > -20 ? 1e-10 : 2e-6;
            assertThat(out[i]).isCloseTo(expected, within(expected * relative));
        }
    }

    @ParameterizedTest
    @ValueSource(floats = {0.1f, 1, 10, 100})
    void aCausalPatternIsThePlainFormulas(float spread) {
        int n = 37;
        FMatrixRMaj scores = Matrices.random(n, n, 3);
        for (int i = 0; i < scores.data.length; i++) {
            scores.data[i] *= spread;
        }
        FMatrixRMaj pattern = Softmax.causal(scores);
        for (int t = 0; t < n; t++) {
            double most = Double.NEGATIVE_INFINITY;
            for (int s = 0; s <= t; s++) {
                most = Math.max(most, scores.get(t, s));
            }
            double denominator = 0;
            for (int s = 0; s <= t; s++) {
                denominator += Math.exp(scores.get(t, s) - most);
            }
            double sum = 0;
            for (int s = 0; s < n; s++) {
                double expected = s > t ? 0 : Math.exp(scores.get(t, s) - most) / denominator;
                assertThat((double) pattern.get(t, s)).isCloseTo(expected, within(1e-7));
                sum += pattern.get(t, s);
            }
            assertThat(sum).isCloseTo(1, within(1e-6));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 1023, 1024, 1025, 5000})
    void logSumExpIsThePlainFormulas(int n) {
        FMatrixRMaj logits = Matrices.random(2, n, 4);
        for (int i = 0; i < logits.data.length; i++) {
            logits.data[i] = logits.data[i] * 8 + 200;
        }
        double sum = 0;
        for (int i = 0; i < n; i++) {
            sum += Math.exp(logits.get(1, i));
        }
        assertThat(Softmax.logSumExp(logits, 1)).isCloseTo(Math.log(sum), within(1e-9));
    }

    @Test
    void whatIsNotANumberIsNotHidden() {
        FMatrixRMaj logits = new FMatrixRMaj(1, 3, true, 1, Float.NaN, 2);
        assertThat(Softmax.logSumExp(logits, 0)).isNaN();
    }
}
