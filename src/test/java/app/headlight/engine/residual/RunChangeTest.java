package app.headlight.engine.residual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.tensor.MatrixProducts;
import app.headlight.engine.transformer.Config;
import app.headlight.engine.transformer.Edit;
import app.headlight.engine.transformer.HeadId;
import app.headlight.engine.transformer.Norm;
import app.headlight.engine.transformer.Positions;
import app.headlight.engine.transformer.RandomModels;
import app.headlight.engine.transformer.Run;
import app.headlight.engine.transformer.Transformer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The change of every kind of model beside sums over probabilities that are written out. */
class RunChangeTest {

    @ParameterizedTest
    @MethodSource("app.headlight.engine.transformer.RandomModels#kinds")
    void isThatOfTheProbabilities(Config config) {
        Transformer model = new Transformer(config, RandomModels.weights(config, 5), MatrixProducts.fastest());
        int[] tokens = RandomModels.tokens(config, 6, 1);
        Run before = model.run(tokens, List.of());
        Run after = model.run(tokens, List.of(Edit.zero(new HeadId(0, 1))));
        RunChange change = RunChange.of(before, after);
        for (int t = 0; t < tokens.length; t++) {
            double[] p = probabilities(before.logits().row(t));
            double[] q = probabilities(after.logits().row(t));
            double kl = 0;
            for (int v = 0; v < p.length; v++) {
                kl += p[v] * Math.log(p[v] / q[v]);
            }
            assertThat(change.kl()[t]).isCloseTo(kl, within(1e-5));
            if (t + 1 < tokens.length) {
                assertThat(change.loss()[t])
                        .isCloseTo(Math.log(p[tokens[t + 1]]) - Math.log(q[tokens[t + 1]]), within(1e-5));
            }
        }
        assertThat(change.loss()).hasSize(tokens.length - 1);
        assertThat(change.kl()[tokens.length - 1]).isPositive();
    }

    @Test
    void runsOfOtherTokensAreRefused() {
        Config config = RandomModels.config(1, Positions.STANDARD, Norm.NONE);
        Transformer model = new Transformer(config, RandomModels.weights(config, 5), MatrixProducts.fastest());
        Run one = model.run(new int[] {1, 2}, List.of());
        Run other = model.run(new int[] {1, 3}, List.of());
        assertThatThrownBy(() -> RunChange.of(one, other)).isInstanceOf(Refusal.class);
    }

    private static double[] probabilities(float[] logits) {
        double sum = 0;
        for (float logit : logits) {
            sum += Math.exp(logit);
        }
        double[] p = new double[logits.length];
        for (int v = 0; v < p.length; v++) {
            p[v] = Math.exp(logits[v]) / sum;
        }
        return p;
    }
}
