package app.headlight.bench;

import app.headlight.bench.EdgesBenchmark.Subject;
import app.headlight.engine.circuits.Edge;
import app.headlight.engine.tensor.EjmlProducts;
import java.util.Locale;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Times the effects of all edges, and prints them beside as many whole runs. */
public final class EdgesTable {

    private EdgesTable() {}

    public static void main(String[] arguments) throws RunnerException {
        int edges = Edge.all(ModelSize.STORYBOOK_T32.model(new EjmlProducts()).config())
                .size();
        double run = median(Subject.ONE_RUN);
        System.out.printf(
                Locale.ROOT,
                "%nAll %d edges of a model as large as storybook-2l, T 32, medians; one whole run takes %.2f ms%n%n",
                edges,
                run);
        System.out.println("| method | ms | times faster than a run an edge |");
        System.out.println("| --- | --- | --- |");
        for (Subject subject : Subject.values()) {
            if (subject != Subject.ONE_RUN) {
                double time = median(subject);
                System.out.printf(Locale.ROOT, "| %s | %.1f | %.1f |%n", subject, time, edges * run / time);
            }
        }
    }

    private static double median(Subject subject) throws RunnerException {
        RunResult result = new Runner(new OptionsBuilder()
                        .include(EdgesBenchmark.class.getName())
                        .param("subject", subject.name())
                        .forks(1)
                        .warmupIterations(3)
                        .warmupTime(TimeValue.seconds(2))
                        .measurementIterations(5)
                        .measurementTime(TimeValue.seconds(2))
                        .build())
                .runSingle();
        return result.getPrimaryResult().getStatistics().getPercentile(50);
    }
}
