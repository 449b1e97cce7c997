package app.headlight.engine.training;

import app.headlight.engine.circuits.DetectorScores;
import app.headlight.engine.circuits.RepeatedTokens;
import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.tensor.MatrixProducts;
import app.headlight.engine.transformer.Pass;
import app.headlight.engine.transformer.PreparedWeights;
import app.headlight.engine.transformer.Transformer;
import app.headlight.engine.transformer.Weights;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * One training from its first step to its last, which takes steps, measures, makes checkpoints, and tells a
 * {@link Listener}. It can be stopped at any step and continued from a {@link TrainingState} and its
 * {@link TrainingLog}.
 */
public final class Training {

    private static final int MEASURED_WINDOWS = 64;
    private static final int LOSSES = 300;

    /** A listener that is told the progress of a training, on the thread of the training. */
    public interface Listener {

        /** Called after each step. */
        default void stepped(Progress progress) {}

        /** Called when the log has a new entry. */
        default void logged(TrainingLog log) {}

        /** Called when a checkpoint is due. The weights are those of its step; they change after this returns. */
        default void checkpoint(TrainingLog log, Weights weights) {}

        /** Whether to stop the training here; asked before each step. */
        default boolean leave() {
            return false;
        }
    }

    /**
     * The progress of a training.
     *
     * @param rate the learning rate
     * @param gradient the norm of the gradient, before it is clipped; null, as the rate, where an earlier version wrote it
     * @param tokensPerSecond over the last steps, measuring included
     * @param secondsLeft at that speed
     */
    public record Progress(
            long step,
            long steps,
            double loss,
            @Nullable Double rate,
            @Nullable Double gradient,
            double tokensPerSecond,
            double secondsLeft) {

        public String json() {
            return TrainingJson.write(this);
        }

        /** @throws Refusal if the text is not one */
        public static Progress of(String json) {
            return TrainingJson.read(json, Progress.class);
        }
    }

    private final Recipe recipe;
    private final Examples examples;
    private final MatrixProducts products;
    private final List<Long> checkpoints;
    private final List<Long> measures;
    private final Trainer trainer;
    private TrainingLog log;

    private Training(
            Recipe recipe,
            Examples examples,
            MatrixProducts products,
            Checkpoints checkpoints,
            TrainingState state,
            TrainingLog log) {
        this.recipe = recipe;
        this.examples = examples;
        this.products = products;
        this.checkpoints =
                Milestones.dense(recipe.steps(), checkpoints.count(), checkpoints.denseFrom(), checkpoints.denseTo());
        this.measures = Milestones.of(recipe.steps(), 20, 40);
        this.trainer = new Trainer(recipe, examples, products, state);
        this.log = log;
    }

    /**
     * Which checkpoints to keep.
     *
     * @param count about how many
     * @param denseFrom half of them are kept evenly from this step
     * @param denseTo to this one; 0: nowhere more than elsewhere
     */
    public record Checkpoints(int count, long denseFrom, long denseTo) {

        /** @throws Refusal if they are no steps in their order */
        public Checkpoints {
            if (denseFrom < 0 || denseTo != 0 && denseTo <= denseFrom) {
                throw new Refusal("checkpoints are to be dense from step " + denseFrom + " to " + denseTo
                        + "; expected two steps, the first earlier");
            }
        }

        /** About so many, early ones closer together than late ones. */
        public static Checkpoints about(int count) {
            return new Checkpoints(count, 0, 0);
        }
    }

    /** A training at its first step. */
    public static Training begin(Recipe recipe, Examples examples, MatrixProducts products, Checkpoints checkpoints) {
        return new Training(
                recipe,
                examples,
                products,
                checkpoints,
                TrainingState.initial(recipe),
                TrainingLog.begun(recipe, examples.entropy()));
    }

    /** Continues a training that was stopped; entries of the log after the state's step are dropped. */
    public static Training resume(
            Examples examples, MatrixProducts products, Checkpoints checkpoints, TrainingState state, TrainingLog log) {
        return new Training(log.recipe(), examples, products, checkpoints, state, log.until(state.step()));
    }

    /** Takes steps until the training is done, or the listener stops it. */
    public void run(Listener listener) {
        long begun = System.nanoTime();
        double before = log.seconds();
        long every = Math.max(1, recipe.steps() / LOSSES);
        double sum = 0;
        int summed = 0;
        Pace pace = new Pace(recipe);
        if (trainer.step() == 0 && log.measures().isEmpty()) {
            note(listener);
        }
        while (!trainer.isDone() && !listener.leave()) {
            double loss = trainer.advance();
            sum += loss;
            summed++;
            log = log.withSeconds(before + (System.nanoTime() - begun) / 1e9);
            if (trainer.step() % every == 0 || trainer.isDone()) {
                log = log.with(
                        new TrainingLog.Loss(trainer.step(), sum / summed, trainer.rate(), trainer.gradientNorm()));
                listener.logged(log);
                sum = 0;
                summed = 0;
            }
            note(listener);
            listener.stepped(pace.after(trainer, loss));
        }
        trainer.close();
    }

    /** Makes the measurement and the checkpoint that are due at this step. */
    private void note(Listener listener) {
        if (measures.contains(trainer.step())) {
            log = log.with(measure());
            listener.logged(log);
        }
        if (checkpoints.contains(trainer.step())) {
            log = log.withCheckpoint(trainer.step());
            listener.checkpoint(log, trainer.weights());
        }
    }

    /**
     * A log with a checkpoint at its end, and that checkpoint's weights.
     *
     * @param weights change with the next step
     */
    public record Kept(TrainingLog log, Weights weights) {}

    /** Makes a checkpoint at this step, for a training that is ended early. */
    public Kept keepNow() {
        if (!log.checkpoints().contains(trainer.step())) {
            log = log.with(measure()).withCheckpoint(trainer.step());
        }
        return new Kept(log, trainer.weights());
    }

    public boolean isDone() {
        return trainer.isDone();
    }

    public TrainingLog log() {
        return log;
    }

    /** The state that the training can be continued from. */
    public TrainingState state() {
        return trainer.state();
    }

    private TrainingLog.Measure measure() {
        Map<String, DetectorScores> scores = new LinkedHashMap<>();
        Transformer model = new Transformer(recipe.config(), trainer.weights(), products);
        if (RepeatedTokens.fits(recipe.config())) {
            DetectorScores.of(model, RepeatedTokens.of(recipe.config()))
                    .forEach((head, score) -> scores.put(head.toString(), score));
        }
        ContextScore context = new ContextScore(recipe.context());
        double unseen = unseenLoss(context);
        boolean allCount = examples.countedFrom(recipe.context()) == 0;
        return new TrainingLog.Measure(trainer.step(), unseen, allCount ? context.mean() : null, scores);
    }

    private double unseenLoss(ContextScore context) {
        SplittableRandom random = new SplittableRandom(~recipe.seed());
        int from = examples.countedFrom(recipe.context());
        Pass pass = new Pass(recipe.config(), 1, recipe.context(), products);
        PreparedWeights weights = PreparedWeights.of(recipe.config(), trainer.weights(), products);
        int[][] window = new int[1][recipe.context() + 1];
        double sum = 0;
        for (int i = 0; i < MEASURED_WINDOWS; i++) {
            examples.drawUnseen(random, window[0]);
            double[] losses = pass.losses(weights, window)[0];
            sum += Arrays.stream(losses, from, losses.length).sum();
            context.add(losses);
        }
        return sum / ((double) MEASURED_WINDOWS * (recipe.context() - from));
    }
}
