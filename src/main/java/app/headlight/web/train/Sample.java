package app.headlight.web.train;

import app.headlight.engine.training.Examples;
import app.headlight.engine.training.Recipe;
import app.headlight.engine.training.Task;
import app.headlight.services.models.TrainingJob;
import app.headlight.web.view.ExploreAddress;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/** The link to a model that is being trained: Explore with a row like those that it is trained on. */
final class Sample {

    private static final int TOKENS = 41;

    private Sample() {}

    /** @param step −1: the newest */
    static String address(TrainingJob job, long step) {
        return job.recipe().task() == Task.TEXT
                ? ExploreAddress.of(job.name(), step)
                : ExploreAddress.of(job.name(), step, row(job.recipe()));
    }

    private static String row(Recipe recipe) {
        int[] window = new int[Math.min(TOKENS, recipe.context())];
        Examples.of(recipe).draw(new SplittableRandom(recipe.seed()), window);
        return Arrays.stream(window).mapToObj(Integer::toString).collect(Collectors.joining(" "));
    }
}
