package app.headlight.engine.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import app.headlight.engine.tensor.MatrixProducts;
import app.headlight.engine.tensor.OpenBlasProducts;
import app.headlight.engine.transformer.Norm;
import app.headlight.engine.transformer.Positions;
import app.headlight.engine.transformer.Weights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrainerTest {

    private static final MatrixProducts PRODUCTS = new OpenBlasProducts();

    @Test
    void theSameRecipeGivesTheSameWeights() {
        assertThat(difference(after(recipe(2, true, 6), 6), after(recipe(2, true, 6), 6)))
                .isZero();
        assertThat(difference(after(recipe(2, true, 6), 6), after(recipe(2, true, 6), 5)))
                .isPositive();
    }

    @Test
    void threadsChangeTheRoundingAlone() {
        assertThat(difference(after(recipe(1, true, 6), 1), after(recipe(3, true, 6), 1)))
                .isLessThan(1e-3);
    }

    @Test
    void aTrainingThatWasLeftGoesOnToTheLastBit() {
        Recipe recipe = recipe(2, true, 8);
        byte[] kept;
        try (Trainer first = new Trainer(recipe, new Repeats(20), PRODUCTS)) {
            for (int i = 0; i < 3; i++) {
                first.advance();
            }
            kept = first.state().bytes();
        }
        try (Trainer second = new Trainer(recipe, new Repeats(20), PRODUCTS, TrainingState.of(recipe.config(), kept))) {
            assertThat(second.step()).isEqualTo(3);
            while (!second.isDone()) {
                second.advance();
            }
            assertThat(difference(second.weights(), after(recipe, 8))).isZero();
        }
        assertThatThrownBy(() -> TrainingState.of(recipe.config(), Arrays.copyOf(kept, kept.length - 1)))
                .hasMessageContaining("bytes; expected " + kept.length);
    }

    @Test
    void biasesStayZeroUnlessTheyAreTrained() {
        assertThat(after(recipe(1, false, 4), 4).biases())
                .allSatisfy(bias -> assertThat(bias).containsOnly(0));
        assertThat(after(recipe(1, true, 4), 4).bU()).doesNotContain(0);
    }

    @Test
    void theFirstLossIsThatOfChanceAndFallsOnATaskThatCanBeLearnt() {
        Recipe recipe = new Recipe(
                Task.SKIP_TRIGRAMS,
                1,
                32,
                2,
                16,
                64,
                64,
                Positions.SHORTFORMER,
                Norm.NONE,
                false,
                400,
                8,
                1e-2,
                20,
                0,
                0,
                2,
                1);
        try (Trainer trainer = new Trainer(recipe, Examples.of(recipe), PRODUCTS)) {
            assertThat(trainer.advance()).isCloseTo(Math.log(64), within(0.1));
            double last = 0;
            while (!trainer.isDone()) {
                last = trainer.advance();
            }
            // Only the filler, a destination's turn and the source remain to be guessed.
            assertThat(last).isLessThan(Examples.of(recipe).entropy().bigram());
        }
    }

    @Test
    void aLogComesBackFromItsJson() {
        Recipe recipe = recipe(1, false, 30);
        Training training = Training.begin(recipe, new Repeats(20), PRODUCTS, 4);
        List<Long> checkpoints = new ArrayList<>();
        training.run(new Training.Listener() {
            @Override
            public void checkpoint(TrainingLog log, Weights weights) {
                checkpoints.add(log.checkpoints().getLast());
            }
        });
        assertThat(training.isDone()).isTrue();
        assertThat(TrainingLog.of(training.log().json())).isEqualTo(training.log());
        assertThat(checkpoints)
                .isEqualTo(training.log().checkpoints())
                .startsWith(0L)
                .endsWith(30L);
        assertThat(training.log().losses()).hasSize(30);
        assertThat(training.log().measures().getLast().scores()).containsOnlyKeys("L0H0", "L0H1");
        assertThatThrownBy(() -> TrainingLog.of("{\"recipe\": 3}")).hasMessageContaining("cannot be read");
    }

    @Test
    void recipesThatCannotBeAreRefusedInWords() {
        assertThatThrownBy(() -> recipe(0, false, 1)).hasMessageContaining("threads: 0");
        assertThatThrownBy(() -> recipe(1, false, 0)).hasMessageContaining("steps: 0");
    }

    private static Weights after(Recipe recipe, int steps) {
        try (Trainer trainer = new Trainer(recipe, new Repeats(recipe.vocabulary()), PRODUCTS)) {
            for (int i = 0; i < steps; i++) {
                trainer.advance();
            }
            return trainer.weights().copy();
        }
    }

    private static double difference(Weights a, Weights b) {
        double most = 0;
        List<float[]> left = new ArrayList<>(a.matrices());
        List<float[]> right = new ArrayList<>(b.matrices());
        left.addAll(a.biases());
        right.addAll(b.biases());
        for (int i = 0; i < left.size(); i++) {
            for (int j = 0; j < left.get(i).length; j++) {
                most = Math.max(most, Math.abs(left.get(i)[j] - right.get(i)[j]));
            }
        }
        return most;
    }

    private static Recipe recipe(int threads, boolean biases, int steps) {
        return new Recipe(
                Task.REPEATS,
                1,
                8,
                2,
                4,
                20,
                16,
                Positions.SHORTFORMER,
                Norm.LN_PRE,
                biases,
                steps,
                5,
                1e-2,
                2,
                0,
                0,
                threads,
                1);
    }
}
