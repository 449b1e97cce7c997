package app.headlight.engine.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import app.headlight.engine.tensor.MatrixProducts;
import app.headlight.engine.tensor.OpenBlasProducts;
import app.headlight.engine.transformer.Mlp;
import app.headlight.engine.transformer.Norm;
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
    void everyTensorOfAModelWithMlpsAndNormsIsTrained() {
        Recipe recipe = recipe(1, true, 30)
                .with()
                .norm(Norm.LN)
                .mlp(new Mlp(12, Mlp.Activation.GELU, false))
                .build();
        Weights begun = TrainingState.initial(recipe).weights();
        Weights ended = after(recipe, 30);
        for (Weights.Tensor tensor : begun.tensors()) {
            assertThat(ended.array(tensor.name())).as(tensor.name()).isNotEqualTo(begun.array(tensor.name()));
        }
        assertThat(begun.array("blocks.0.ln2.w")).containsOnly(1);
    }

    @Test
    void vectorsDoNotDecay() {
        Recipe recipe = recipe(1, false, 1).with().norm(Norm.LN).build();
        Optimizer usual = recipe.optimizer();
        Recipe decaying = recipe.with()
                .optimizer(new Optimizer(usual.beta1(), usual.beta2(), 5, usual.clip(), usual.last()))
                .build();
        assertThat(after(decaying, 1).array("ln_final.w"))
                .isEqualTo(after(recipe, 1).array("ln_final.w"));
        assertThat(after(decaying, 1).array("unembed.W_U"))
                .isNotEqualTo(after(recipe, 1).array("unembed.W_U"));
    }

    @Test
    void aRecipeIsReadAsItWasWrittenAndThoseOfEarlierVersionsHaveTheUsualOptimizer() {
        Recipe recipe = recipe(2, true, 3)
                .with()
                .mlp(new Mlp(12, Mlp.Activation.RELU, false))
                .optimizer(new Optimizer(0.8, 0.95, 0.1, 2, 0))
                .build();
        assertThat(Recipe.of(recipe.json())).isEqualTo(recipe);
        Recipe usual = recipe(2, true, 3);
        assertThat(Recipe.of(usual.json().replaceAll(",\"optimizer\":\\{[^}]*}", "")))
                .isEqualTo(usual);
        assertThatThrownBy(() -> new Optimizer(1, 0.9, 0, 1, 0)).hasMessageContaining("beta1 is 1.0");
    }

    @Test
    void theLogHasTheRateAndTheGradientOfItsSteps() {
        Recipe recipe = recipe(1, false, 10);
        Training training = Training.begin(recipe, new Repeats(20), PRODUCTS, Training.Checkpoints.about(2));
        training.run(new Training.Listener() {});
        TrainingLog log = TrainingLog.of(training.log().json());
        assertThat(log.losses().getFirst().rate()).isEqualTo(recipe.learningRate() / recipe.warmUp());
        assertThat(log.losses().getLast().rate()).isLessThan(0.1 * recipe.learningRate());
        assertThat(log.losses()).allSatisfy(loss -> assertThat(loss.gradient()).isPositive());
        assertThat(log.measures().getLast().inContext()).isNotNull();
    }

    @Test
    void theContextScoreIsTheLossOfTheLastSixteenthLessThatAtATenth() {
        ContextScore score = new ContextScore(32);
        double[] losses = new double[32];
        losses[3] = 4;
        losses[4] = 2;
        losses[30] = 1;
        losses[31] = 2;
        score.add(losses);
        assertThat(score.mean()).isEqualTo(-1.5);
        score.add(new double[32]);
        assertThat(score.mean()).isEqualTo(-0.75);
    }

    @Test
    void aCheckpointCanBeDenseWhereMostHappens() {
        List<Long> steps = Milestones.dense(1000, 20, 200, 400);
        assertThat(steps).contains(0L, 200L, 220L, 380L, 400L, 1000L).hasSizeBetween(18, 24);
        assertThat(steps.stream().filter(step -> step >= 200 && step <= 400)).hasSizeGreaterThanOrEqualTo(11);
        assertThat(Milestones.dense(1000, 20, 0, 0)).isEqualTo(Milestones.of(1000, 10, 10));
        assertThatThrownBy(() -> new Training.Checkpoints(3, 5, 4)).hasMessageContaining("5 to 4");
    }

    @Test
    void theFirstLossIsThatOfChanceAndFallsOnATaskThatCanBeLearnt() {
        Recipe recipe = Recipe.repeats()
                .with()
                .task(Task.SKIP_TRIGRAMS)
                .model(1, 32, 2, 16)
                .vocabulary(64)
                .context(64)
                .steps(400)
                .rows(8)
                .learningRate(1e-2, 20)
                .build();
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
        Training training = Training.begin(recipe, new Repeats(20), PRODUCTS, Training.Checkpoints.about(4));
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
        return Recipe.repeats()
                .with()
                .model(1, 8, 2, 4)
                .vocabulary(20)
                .context(16)
                .norm(Norm.LN_PRE)
                .biases(biases)
                .steps(steps)
                .rows(5)
                .learningRate(1e-2, 2)
                .threads(threads)
                .build();
    }
}
