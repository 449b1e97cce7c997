package app.headlight.bench;

import app.headlight.bench.CircuitsBenchmark.Subject;
import java.util.Locale;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** Times what is long about circuits, and prints it beside the bare product. */
public final class CircuitsTable {

    private static final int TIMES = 7;

    private CircuitsTable() {}

    public static void main(String[] arguments) throws RunnerException {
        double bare = median(Subject.BARE_PRODUCT, 2);
        double top = median(Subject.TOP_ENTRIES, 2);
        double first = median(Subject.PAGE, 0);
        double warm = median(Subject.PAGE, 3);
        double operations = 2e-6 * CircuitsBenchmark.VOCABULARY * CircuitsBenchmark.VOCABULARY * CircuitsBenchmark.RANK;
        System.out.printf(Locale.ROOT, "%nMedians of %d%n%n", TIMES);
        System.out.println("| what | ms | GFLOP/s | of bare |");
        System.out.println("| --- | --- | --- | --- |");
        System.out.printf(
                Locale.ROOT,
                "| bare product [V, K] [K, V], V 50257, K 64 | %.0f | %.0f | |%n",
                bare,
                operations / bare);
        System.out.printf(
                Locale.ROOT,
                "| its 100 largest entries | %.0f | %.0f | %.0f %% |%n",
                top,
                operations / top,
                100 * bare / top);
        System.out.printf(
                Locale.ROOT, "| all of /circuits, 2 × 8 heads, d 256, V 4096, new JVM, first time | %.0f | | |%n", first);
        System.out.printf(Locale.ROOT, "| the same in a JVM that has done it thrice | %.0f | | |%n", warm);
    }

    /** @param before how often it is done before it is timed; 0: the very first time, in {@value #TIMES} new JVMs */
    private static double median(Subject subject, int before) throws RunnerException {
        RunResult result = new Runner(new OptionsBuilder()
                        .include(CircuitsBenchmark.class.getName())
                        .param("subject", subject.name())
                        .forks(before == 0 ? TIMES : 1)
                        .jvmArgsAppend("-Xmx2g")
                        .warmupIterations(before)
                        .measurementIterations(before == 0 ? 1 : TIMES)
                        .build())
                .runSingle();
        return result.getPrimaryResult().getStatistics().getPercentile(50);
    }
}
