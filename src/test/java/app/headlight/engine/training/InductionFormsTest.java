package app.headlight.engine.training;

import static org.assertj.core.api.Assertions.assertThat;

import app.headlight.engine.tensor.OpenBlasProducts;
import app.headlight.engine.transformer.Norm;
import app.headlight.engine.transformer.Positions;
import org.junit.jupiter.api.Test;

/** The moment of the paper, in small: on repeats two layers find the earlier occurrence, and one layer cannot. */
class InductionFormsTest {

    @Test
    void twoLayersFormAnInductionHead() {
        TrainingLog log = trained(2);
        assertThat(log.measures().getFirst().induction()).isLessThan(0.1);
        assertThat(log.measures().getLast().induction()).isGreaterThan(0.4);
        assertThat(log.measures().getLast().unseen()).isLessThan(0.65 * log.bigram());
    }

    @Test
    void oneLayerDoesNot() {
        TrainingLog log = trained(1);
        assertThat(log.measures().getLast().induction()).isLessThan(0.2);
        assertThat(log.measures().getLast().unseen()).isGreaterThan(0.75 * log.bigram());
    }

    private static TrainingLog trained(int layers) {
        Recipe recipe = new Recipe(
                Task.REPEATS,
                layers,
                64,
                4,
                16,
                64,
                64,
                Positions.SHORTFORMER,
                Norm.NONE,
                false,
                900,
                16,
                5e-3,
                50,
                0,
                0,
                2,
                1);
        Training training = Training.begin(recipe, Examples.of(recipe), new OpenBlasProducts(), 4);
        training.run(new Training.Listener() {});
        return training.log();
    }
}
