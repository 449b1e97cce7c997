package app.headlight.engine.circuits;

import app.headlight.engine.transformer.Progress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * How much of a behaviour circuits of more and more edges keep ({@code docs/maths.md}, "Edges and circuits"; Mueller et
 * al. 2025, "MIB: A Mechanistic Interpretability Benchmark").
 *
 * @param clean the metric of the clean run, which is the circuit of all edges
 * @param corrupt that of the corrupt run, which is the circuit of none
 * @param edges how many there are
 * @param points by the number of edges, growing
 */
public record EdgeCurve(double clean, double corrupt, int edges, List<Point> points) {

    /** Which edges a circuit keeps first. */
    public enum Ranking {
        /** Those of the largest effect, whichever way. */
        ABSOLUTE,
        /** Those whose patch takes most from the behaviour. */
        SUPPORTING
    }

    /** The shares of edges that the benchmark looks at. */
    private static final double[] SHARES = {0, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1};

    public EdgeCurve {
        points = List.copyOf(points);
    }

    /**
     * The circuit of so many edges.
     *
     * @param metric what it does
     * @param faithfulness 1 as the clean run; null where clean and corrupt are alike
     * @param completeness the faithfulness of the circuit of all other edges: 0 where nothing is missing; null likewise
     */
    public record Point(
            int kept,
            double metric,
            @Nullable Double faithfulness,
            @Nullable Double completeness) {}

    /** The numbers of edges that the benchmark looks at, of a model with so many. */
    public static List<Integer> shares(int edges) {
        return IntStream.range(0, SHARES.length)
                .map(i -> (int) Math.round(SHARES[i] * edges))
                .distinct()
                .boxed()
                .toList();
    }

    /** @param kept numbers of edges, growing */
    public static EdgeCurve of(
            EdgeTask task, EdgeEffects effects, Ranking ranking, List<Integer> kept, Progress progress) {
        return of(task, ranked(effects, ranking, task.measure()), kept, progress);
    }

    /**
     * The circuits of edges in any order.
     *
     * @param ranked all edges of the model, those first that are kept first
     * @param kept numbers of edges, growing
     */
    public static EdgeCurve of(EdgeTask task, List<Edge> ranked, List<Integer> kept, Progress progress) {
        List<Set<Edge>> circuits = new ArrayList<>();
        circuits.add(Set.copyOf(ranked));
        circuits.add(Set.of());
        for (int size : kept) {
            circuits.add(new HashSet<>(ranked.subList(0, size)));
            circuits.add(new HashSet<>(ranked.subList(size, ranked.size())));
        }
        List<EdgeCircuit> found = EdgeCircuit.of(task, circuits, progress);
        double clean = metric(task, found.get(0));
        double corrupt = metric(task, found.get(1));
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < kept.size(); i++) {
            double inside = metric(task, found.get(2 + 2 * i));
            double outside = metric(task, found.get(3 + 2 * i));
            points.add(new Point(
                    kept.get(i),
                    inside,
                    EdgeCircuit.faithfulness(inside, clean, corrupt),
                    EdgeCircuit.faithfulness(outside, clean, corrupt)));
        }
        return new EdgeCurve(clean, corrupt, ranked.size(), points);
    }

    /** The edges of a model, those first that a circuit keeps first. */
    public static List<Edge> ranked(EdgeEffects effects, Ranking ranking, EdgeTask.Measure measure) {
        if (ranking == Ranking.ABSOLUTE) {
            return effects.strongest();
        }
        int better = measure == EdgeTask.Measure.KL ? -1 : 1; // a patch that takes the prediction away raises the KL
        return effects.of().entrySet().stream()
                .sorted(Comparator.comparingDouble(effect -> better * effect.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }

    private static double metric(EdgeTask task, EdgeCircuit circuit) {
        return task.measure() == EdgeTask.Measure.KL ? circuit.kl() : circuit.difference();
    }

    /** The area under the faithfulness, by the share of edges that is kept; null where that is not defined. */
    public @Nullable Double area() {
        return integral(faithfulness -> faithfulness);
    }

    /** The area between the faithfulness and 1, by the share of edges that is kept; null where that is not defined. */
    public @Nullable Double distance() {
        return integral(faithfulness -> Math.abs(1 - faithfulness));
    }

    private @Nullable Double integral(DoubleUnaryOperator of) {
        double sum = 0;
        for (int i = 1; i < points.size(); i++) {
            Double before = points.get(i - 1).faithfulness();
            Double after = points.get(i).faithfulness();
            if (before == null || after == null) {
                return null;
            }
            double width = (double) (points.get(i).kept() - points.get(i - 1).kept()) / edges;
            sum += width * (of.applyAsDouble(before) + of.applyAsDouble(after)) / 2;
        }
        return sum;
    }
}
