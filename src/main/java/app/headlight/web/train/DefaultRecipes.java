package app.headlight.web.train;

import app.headlight.engine.training.Recipe;
import app.headlight.engine.training.Task;

/** The recipes that the page suggests for each task: small enough to watch, large enough to show what the task is for. */
final class DefaultRecipes {

    private DefaultRecipes() {}

    static int threads() {
        return Math.max(1, Math.min(2, Runtime.getRuntime().availableProcessors()));
    }

    static Recipe of(Task task) {
        return switch (task) {
            case REPEATS -> Recipe.repeats();
            case SKIP_TRIGRAMS -> small(task, 1, 32, 2, 64, 64, 1000, 16, 1e-2);
            case MARKOV -> small(task, 2, 64, 4, 128, 128, 3000, 16, 5e-3);
            case MODULAR_ADDITION -> Recipe.modularAddition();
            case TEXT -> small(task, 2, 128, 4, 1024, 128, 3000, 16, 3e-3);
        };
    }

    private static Recipe small(
            Task task,
            int layers,
            int dModel,
            int heads,
            int vocabulary,
            int context,
            int steps,
            int rows,
            double learningRate) {
        double twice = task == Task.TEXT ? 0.3 : 0;
        return Recipe.repeats()
                .with()
                .task(task)
                .model(layers, dModel, heads, dModel / heads)
                .vocabulary(vocabulary)
                .context(context)
                .steps(steps)
                .rows(rows)
                .learningRate(learningRate, 100)
                .twice(twice, twice, 0)
                .threads(threads())
                .build();
    }
}
