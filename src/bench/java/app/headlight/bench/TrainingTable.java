package app.headlight.bench;

import app.headlight.bench.TrainingBenchmark.Subject;
import app.headlight.engine.training.Recipe;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Times a step of training beside the bare products in it and, where Python has PyTorch, beside the same step in PyTorch.
 * Twice over and in turn, since what else the machine does weighs on whichever is timed.
 */
public final class TrainingTable {

    private static final String PEER = "src/bench/python/training_step.py";

    private TrainingTable() {}

    public static void main(String[] arguments) throws RunnerException, IOException, InterruptedException {
        Recipe recipe = TrainingBenchmark.RECIPE;
        double tokens = recipe.tokensPerStep();
        double gigaflops = recipe.threads() * TrainingBenchmark.share().operations() / 1e9;
        StringBuilder table = new StringBuilder("| tokens a second | GFLOP/s in products | of bare products | PyTorch |\n");
        table.append("| --- | --- | --- | --- |\n");
        for (int round = 0; round < 2; round++) {
            double bare = median(Subject.BARE_PRODUCTS);
            double step = median(Subject.STEP);
            table.append(String.format(
                    Locale.ROOT,
                    "| %,.0f | %.0f; bare %.0f | %.0f %% | %s |%n",
                    1000 * tokens / step,
                    1000 * gigaflops / step,
                    1000 * gigaflops / bare,
                    100 * bare / step,
                    peer()));
        }
        System.out.println();
        System.out.print(table);
    }

    private static String peer() throws IOException, InterruptedException {
        Process python = new ProcessBuilder(System.getProperty("bench.python", "python3"), PEER)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String said = new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        return python.waitFor() == 0 ? said : "not installed";
    }

    private static double median(Subject subject) throws RunnerException {
        return new Runner(new OptionsBuilder()
                        .include(TrainingBenchmark.class.getName())
                        .param("subject", subject.name())
                        .forks(1)
                        .warmupIterations(3)
                        .warmupTime(TimeValue.seconds(3))
                        .measurementIterations(5)
                        .measurementTime(TimeValue.seconds(3))
                        .build())
                .runSingle()
                .getPrimaryResult()
                .getStatistics()
                .getPercentile(50);
    }
}
