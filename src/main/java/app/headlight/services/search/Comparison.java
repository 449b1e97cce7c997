package app.headlight.services.search;

import app.headlight.engine.circuits.Acdc;
import app.headlight.engine.circuits.Edge;
import app.headlight.engine.circuits.EdgeCurve;
import app.headlight.engine.circuits.EdgeCurve.Ranking;
import app.headlight.engine.circuits.EdgeEffects;
import app.headlight.engine.circuits.EdgeTask;
import app.headlight.engine.circuits.MeanCurve;
import app.headlight.engine.transformer.Progress;
import app.headlight.services.search.CircuitSearch.Method;
import app.headlight.services.search.SearchResult.Half;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One way to find circuits on some pairs of sentences; without any edges are drawn at random. */
final class Comparison {

    private final List<EdgeTask> tasks;
    private final int found;
    private final @Nullable Finding finding;
    private final Progress progress;
    private final List<Edge> edges;
    private final int steps;
    private List<Integer> kept;
    private int done;

    /** @param tasks of the pairs of the set, in their order */
    Comparison(List<EdgeTask> tasks, PairSet set, @Nullable Finding finding, Progress progress) {
        this.tasks = tasks;
        this.finding = finding;
        this.progress = progress;
        found = set.found().size();
        edges = Edge.all(tasks.getFirst().config());
        kept = EdgeCurve.shares(edges.size());
        steps = finding == null ? tasks.size() : found + 2 * tasks.size();
    }

    /** A way to find circuits. */
    interface Finding {

        /**
         * Ranks edges.
         *
         * @param tasks of the pairs on which circuits are found
         * @param comparison told of each of these pairs that it is done
         */
        Found on(List<EdgeTask> tasks, Comparison comparison);
    }

    /**
     * What was found.
     *
     * @param effects of all edges
     * @param sizes of circuits that are looked at besides the usual shares of edges
     */
    record Found(EdgeEffects effects, List<Integer> sizes) {}

    /** Each edge by its mean effect. */
    static Finding by(Method method) {
        return (tasks, comparison) -> {
            List<EdgeEffects> effects = new ArrayList<>();
            for (EdgeTask task : tasks) {
                effects.add(method.effects(task, comparison.step(1)));
                comparison.done++;
            }
            return new Found(EdgeEffects.mean(effects), List.of());
        };
    }

    /** The edges that ACDC keeps by how far they moved the metric, all others as if they did not. */
    static Finding byAcdc(double threshold) {
        return (tasks, comparison) -> {
            Acdc acdc = Acdc.of(tasks, threshold, comparison.step(tasks.size()));
            comparison.done += tasks.size();
            Map<Edge, Double> moves = new LinkedHashMap<>();
            comparison.edges.forEach(edge -> moves.put(edge, acdc.moves().getOrDefault(edge, 0.)));
            return new Found(new EdgeEffects(moves), List.of(acdc.kept().size()));
        };
    }

    SearchResult result() {
        Found how = finding == null ? null : finding.on(tasks.subList(0, found), this);
        EdgeEffects effects = how == null ? null : how.effects();
        if (how != null) {
            kept = Stream.concat(kept.stream(), how.sizes().stream())
                    .distinct()
                    .sorted()
                    .toList();
        }
        return new SearchResult(
                effects, half(0, found, effects), found == tasks.size() ? null : half(found, tasks.size(), effects));
    }

    private Half half(int from, int to, @Nullable EdgeEffects effects) {
        List<EdgeCurve> strongest = new ArrayList<>();
        List<EdgeCurve> supporting = new ArrayList<>();
        for (int i = from; i < to; i++) {
            EdgeTask task = tasks.get(i);
            if (effects == null) {
                EdgeCurve curve = curve(task, shuffled(i));
                strongest.add(curve);
                supporting.add(curve);
            } else {
                strongest.add(curve(task, EdgeCurve.ranked(effects, Ranking.ABSOLUTE, task.measure())));
                supporting.add(curve(task, EdgeCurve.ranked(effects, Ranking.SUPPORTING, task.measure())));
            }
        }
        return new Half(MeanCurve.of(strongest), MeanCurve.of(supporting));
    }

    private EdgeCurve curve(EdgeTask task, List<Edge> ranked) {
        EdgeCurve curve = EdgeCurve.of(task, ranked, kept, step(1));
        done++;
        return curve;
    }

    /** Another order for each pair, the same for each who asks. */
    private List<Edge> shuffled(int pair) {
        List<Edge> shuffled = new ArrayList<>(edges);
        Collections.shuffle(shuffled, new Random(pair));
        return shuffled;
    }

    /** The progress of some of the steps, which come next. */
    private Progress step(int many) {
        int before = done;
        return share -> progress.goesOn((before + many * share) / steps);
    }
}
