package app.headlight.bench;

import app.headlight.bench.RunBenchmark.Subject;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Times runs and bare products, and prints their ratios. */
public final class RunTable {

    private RunTable() {}

    public static void main(String[] arguments) throws RunnerException {
        Map<String, Double> median = new HashMap<>();
        // Run and products of a size directly after each other, so that what else the machine does weighs on both alike.
        for (ModelSize size : ModelSize.values()) {
            for (Subject subject : Subject.values()) {
                median.put(size + " " + subject, median(size, subject));
            }
        }
        System.out.printf("%nMedian time of a run, everything kept, and of the bare products in it, in ms%n%n");
        System.out.println("| model | products alone | run, OpenBLAS | ratio | run, EJML | ratio |");
        System.out.println("| --- | --- | --- | --- | --- | --- |");
        for (ModelSize size : ModelSize.values()) {
            double bare = median.get(size + " " + Subject.BARE_PRODUCTS);
            double openBlas = median.get(size + " " + Subject.OPEN_BLAS);
            double ejml = median.get(size + " " + Subject.EJML);
            System.out.printf(
                    Locale.ROOT,
                    "| %d × %d, d_model %d, V %d, T %d | %.2f | %.2f | %.2f | %.1f | %.1f |%n",
                    size.layers,
                    size.heads,
                    size.dModel,
                    size.vocabulary,
                    size.length,
                    bare,
                    openBlas,
                    openBlas / bare,
                    ejml,
                    ejml / bare);
        }
    }

    private static double median(ModelSize size, Subject subject) throws RunnerException {
        boolean slow = size == ModelSize.GPT2_SIZE_T128 && subject == Subject.EJML; // seconds a run
        RunResult result = new Runner(new OptionsBuilder()
                        .include(RunBenchmark.class.getName())
                        .param("size", size.name())
                        .param("subject", subject.name())
                        .forks(1)
                        .jvmArgsAppend("-Xmx4g")
                        .warmupIterations(slow ? 1 : 3)
                        .warmupTime(TimeValue.seconds(slow ? 1 : 2))
                        .measurementIterations(slow ? 2 : 5)
                        .measurementTime(TimeValue.seconds(slow ? 1 : 2))
                        .build())
                .runSingle();
        return result.getPrimaryResult().getStatistics().getPercentile(50);
    }
}
