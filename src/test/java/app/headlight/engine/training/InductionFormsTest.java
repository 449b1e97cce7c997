package app.headlight.engine.training;

import static org.assertj.core.api.Assertions.assertThat;

import app.headlight.engine.tensor.OpenBlasProducts;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The moment of the paper, in small: on repeats two layers find the earlier occurrence, and one layer cannot. */
class InductionFormsTest {

    @Tag("nightly")
    @Test
    void twoLayersFormAnInductionHead() {
        TrainingLog log = trained(2);
        assertThat(log.measures().getFirst().induction()).isLessThan(0.1);
        assertThat(log.measures().getLast().induction()).isGreaterThan(0.4);
        assertThat(log.measures().getLast().unseen()).isLessThan(0.65 * log.bigram());
    }

    @Tag("nightly")
    @Test
    void oneLayerDoesNot() {
        TrainingLog log = trained(1);
        assertThat(log.measures().getLast().induction()).isLessThan(0.2);
        assertThat(log.measures().getLast().unseen()).isGreaterThan(0.75 * log.bigram());
    }

    private static TrainingLog trained(int layers) {
        Recipe recipe = Recipe.repeats()
                .with()
                .model(layers, 64, 4, 16)
                .vocabulary(64)
                .context(64)
                .steps(900)
                .learningRate(5e-3, 50)
                .build();
        Training training =
                Training.begin(recipe, Examples.of(recipe), new OpenBlasProducts(), Training.Checkpoints.about(4));
        training.run(new Training.Listener() {});
        return training.log();
    }
}
