package app.headlight.web.train;

import app.headlight.library.TrainingJob;
import app.headlight.training.Examples;
import app.headlight.training.Recipe;
import app.headlight.training.Task;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/** Where a model that is being trained can be looked at: Explore, with a row such as it is trained on. */
final class Sample {

    private static final int TOKENS = 24;

    private Sample() {}

    /** @param step −1: as it is now */
    static String address(TrainingJob job, long step) {
        StringBuilder address = new StringBuilder("explore?model=").append(escaped(job.name()));
        if (step >= 0) {
            address.append("&step=").append(step);
        }
        if (job.recipe().task() != Task.TEXT) {
            address.append("&text=").append(escaped(row(job.recipe())));
        }
        return address.toString();
    }

    private static String row(Recipe recipe) {
        int[] window = new int[Math.min(TOKENS, recipe.context())];
        Examples.of(recipe).draw(new SplittableRandom(recipe.seed()), window);
        return Arrays.stream(window).mapToObj(Integer::toString).collect(Collectors.joining(" "));
    }

    private static String escaped(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
