package app.headlight.engine.training;

import app.headlight.engine.training.Training.Progress;

/** The speed of a training, as a running mean, so that one slow step changes the time left only a little. */
final class Pace {

    private static final double MEMORY = 0.95;

    private final Recipe recipe;
    private long last = System.nanoTime();
    private double secondsPerStep;

    Pace(Recipe recipe) {
        this.recipe = recipe;
    }

    Progress after(Trainer trainer, double loss) {
        long step = trainer.step();
        long now = System.nanoTime();
        double seconds = (now - last) / 1e9;
        last = now;
        secondsPerStep = secondsPerStep == 0 ? seconds : MEMORY * secondsPerStep + (1 - MEMORY) * seconds;
        return new Progress(
                step,
                recipe.steps(),
                loss,
                trainer.rate(),
                trainer.gradientNorm(),
                recipe.tokensPerStep() / secondsPerStep,
                (recipe.steps() - step) * secondsPerStep);
    }
}
