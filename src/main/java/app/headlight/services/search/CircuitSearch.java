package app.headlight.services.search;

import app.headlight.engine.circuits.Acdc;
import app.headlight.engine.circuits.Edge;
import app.headlight.engine.circuits.EdgeCircuit;
import app.headlight.engine.circuits.EdgeCurve;
import app.headlight.engine.circuits.EdgeCurve.Ranking;
import app.headlight.engine.circuits.EdgeEffects;
import app.headlight.engine.circuits.EdgeTask;
import app.headlight.engine.circuits.PairEdges;
import app.headlight.engine.transformer.Progress;
import app.headlight.services.lab.Laboratory;
import app.headlight.services.lab.Measurement;
import app.headlight.services.models.OpenModel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Asks the laboratory about the edges of a model, for REST and for pages ({@code docs/maths.md}, "Edges and circuits"). */
public final class CircuitSearch {

    /** How the effects of edges are found. */
    public enum Method {
        /** Each edge patched. */
        EXACT,
        /** By the derivative at the clean run. */
        EAP,
        /** By the mean of derivatives between both sentences. */
        EAP_IG;

        EdgeEffects effects(EdgeTask task, Progress progress) {
            return switch (this) {
                case EXACT -> EdgeEffects.exact(task, progress);
                case EAP -> EdgeEffects.eap(task, progress);
                case EAP_IG -> EdgeEffects.eapIg(task, EdgeEffects.POINTS, progress);
            };
        }
    }

    /** What a server does in a second, about. */
    public static final double A_SECOND = 2e10;

    private final Laboratory lab;

    public CircuitSearch(Laboratory lab) {
        this.lab = lab;
    }

    /**
     * The metric without any edge patched and with all of them.
     *
     * @param clean of the clean run
     * @param corrupt of the corrupt run
     */
    public record Ends(double clean, double corrupt) {}

    /** The metric of both runs. */
    public Measurement<Ends> ends(OpenModel model, SearchTask asked) {
        return Measurement.quick(model.ref(), "ends of edges", List.of(asked), () -> {
            EdgeTask task = task(model, asked);
            return new Ends(task.cleanMetric(), task.corruptMetric());
        });
    }

    /** The same of several pairs. */
    public Measurement<List<Ends>> ends(OpenModel model, List<SearchTask> pairs) {
        return Measurement.slow(model.ref(), "ends of pairs", List.of(List.copyOf(pairs)), progress -> {
            List<Ends> ends = new ArrayList<>();
            for (SearchTask pair : pairs) {
                ends.add(lab.get(ends(model, pair)));
                progress.report(ends.size(), pairs.size());
            }
            return List.copyOf(ends);
        });
    }

    /** What patching each edge does to the metric. */
    public Measurement<EdgeEffects> effects(OpenModel model, SearchTask asked, Method method) {
        return slow(model, asked, "effects of edges", List.of(method), method::effects);
    }

    /** The same in each of several pairs; it grows from an estimate. */
    public Measurement<PairEdges> effects(OpenModel model, List<SearchTask> pairs, Method method) {
        return Measurement.growing(
                model.ref(), "effects of edges in pairs", List.of(List.copyOf(pairs), method), growing -> {
                    if (method == Method.EXACT) {
                        growing.soFar(pairEdges(model, pairs, Method.EAP, growing));
                    }
                    return pairEdges(model, pairs, method, growing);
                });
    }

    private PairEdges pairEdges(OpenModel model, List<SearchTask> pairs, Method method, Progress progress) {
        List<PairEdges.OfPair> effects = new ArrayList<>();
        for (SearchTask pair : pairs) {
            EdgeTask task = task(model, pair);
            int before = effects.size();
            effects.add(new PairEdges.OfPair(
                    task.cleanMetric(),
                    task.corruptMetric(),
                    method.effects(task, share -> progress.goesOn((before + share) / pairs.size()))));
        }
        return new PairEdges(effects, method != Method.EXACT);
    }

    /** The edges that automatic circuit discovery keeps. */
    public Measurement<Acdc> acdc(OpenModel model, SearchTask asked, double threshold) {
        return slow(
                model,
                asked,
                "circuit by its threshold",
                List.of(threshold),
                (task, progress) -> Acdc.of(task, threshold, progress));
    }

    /** What each of some circuits does. */
    public Measurement<List<EdgeCircuit>> circuits(OpenModel model, SearchTask asked, List<Set<Edge>> kept) {
        return slow(
                model,
                asked,
                "circuits of edges",
                List.of(List.copyOf(kept)),
                (task, progress) -> EdgeCircuit.of(task, kept, progress));
    }

    /** What circuits of the 0, 1, 2, 4, 8 … strongest edges do, and that of all; the effects are exact. */
    public Measurement<EdgeCurve> curve(OpenModel model, SearchTask asked) {
        int edges = Edge.all(model.config()).size();
        List<Integer> sizes = Stream.concat(
                        IntStream.concat(IntStream.of(0), IntStream.iterate(1, size -> size < edges, size -> 2 * size))
                                .boxed(),
                        Stream.of(edges))
                .toList();
        return slow(
                model,
                asked,
                "circuits of the strongest edges",
                List.of(),
                (task, progress) -> EdgeCurve.of(
                        task, lab.get(effects(model, asked, Method.EXACT)), Ranking.ABSOLUTE, sizes, progress));
    }

    /**
     * What several methods find on some pairs.
     *
     * @param ends of each pair
     * @param random of circuits whose edges are drawn at random, as the ground that methods are compared with
     */
    public record Results(List<Ends> ends, Map<Method, SearchResult> by, SearchResult random) {}

    /**
     * What some methods find on the first half of some pairs, and what circuits of more and more of their edges keep on
     * both halves.
     */
    public Measurement<Results> results(OpenModel model, PairSet set, List<Method> methods) {
        return Measurement.slow(model.ref(), "circuits of pairs", List.of(set, List.copyOf(methods)), progress -> {
            List<EdgeTask> tasks =
                    set.pairs().stream().map(pair -> task(model, pair)).toList();
            Map<Method, SearchResult> by = new EnumMap<>(Method.class);
            int done = 0;
            for (Method method : methods) {
                by.put(
                        method,
                        new Comparison(tasks, set, Comparison.by(method), part(progress, done++, methods)).result());
            }
            SearchResult random = new Comparison(tasks, set, null, part(progress, done, methods)).result();
            return new Results(
                    tasks.stream()
                            .map(task -> new Ends(task.cleanMetric(), task.corruptMetric()))
                            .toList(),
                    Collections.unmodifiableMap(by),
                    random);
        });
    }

    /**
     * What automatic circuit discovery keeps on the first half of some pairs, and how much of the behaviour its circuit keeps
     * on both halves. Its effects are how far an edge moved the metric when it was tried, and 0 of those that were dropped.
     */
    public Measurement<SearchResult> acdc(OpenModel model, PairSet set, double threshold) {
        return Measurement.slow(
                model.ref(),
                "circuit of pairs by its threshold",
                List.of(set, threshold),
                progress -> new Comparison(
                                set.pairs().stream()
                                        .map(pair -> task(model, pair))
                                        .toList(),
                                set,
                                Comparison.byAcdc(threshold),
                                progress)
                        .result());
    }

    /** About how many seconds a server works for {@link #acdc(OpenModel, PairSet, double)}. */
    public static double acdcSeconds(OpenModel model, PairSet set) {
        return seconds(model, set, List.of(Method.EAP))
                + set.found().stream()
                                .mapToDouble(task -> Acdc.operations(
                                        model.config(), task.clean().size()))
                                .sum()
                        / A_SECOND;
    }

    /** The progress of one of several methods; last comes chance. */
    private static Progress part(Progress progress, int before, List<Method> methods) {
        return done -> progress.goesOn((before + done) / (methods.size() + 1));
    }

    /** About how many seconds a server works for {@link #results}. */
    public static double seconds(OpenModel model, PairSet set, List<Method> methods) {
        double sum = 0;
        int sizes = EdgeCurve.shares(Edge.all(model.config()).size()).size();
        for (SearchTask task : set.pairs()) {
            sum += (4.0 * methods.size() + 2)
                    * sizes
                    * EdgeCircuit.operations(model.config(), task.clean().size());
        }
        return sum / A_SECOND + (methods.contains(Method.EXACT) ? exactSeconds(model, set.found()) : 0);
    }

    /** About how many seconds a server works for the exact effects of all edges. */
    public static double exactSeconds(OpenModel model, List<SearchTask> tasks) {
        return tasks.stream()
                        .mapToDouble(task -> EdgeEffects.operations(
                                model.config(), task.clean().size()))
                        .sum()
                / A_SECOND;
    }

    /** About how many seconds a server works for {@link #effects}. */
    public static double effectsSeconds(OpenModel model, SearchTask task, Method method) {
        int length = task.clean().size();
        return switch (method) {
            case EXACT -> exactSeconds(model, List.of(task));
            case EAP -> EdgeEffects.operations(model.config(), length, 1) / A_SECOND;
            case EAP_IG -> EdgeEffects.operations(model.config(), length, EdgeEffects.POINTS) / A_SECOND;
        };
    }

    /** About how many seconds a server works for {@link #acdc(OpenModel, SearchTask, double)}. */
    public static double acdcSeconds(OpenModel model, SearchTask task) {
        return Acdc.operations(model.config(), task.clean().size()) / A_SECOND;
    }

    private <V> Measurement<V> slow(
            OpenModel model, SearchTask asked, String what, List<?> how, BiFunction<EdgeTask, Progress, V> work) {
        return Measurement.slow(
                model.ref(), what, List.of(asked, how), progress -> work.apply(task(model, asked), progress));
    }

    private EdgeTask task(OpenModel model, SearchTask asked) {
        return new EdgeTask(
                model.transformer(),
                lab.run(model, asked.cleanTokens()),
                lab.run(model, asked.corruptTokens()),
                asked.metric(),
                asked.measure());
    }
}
