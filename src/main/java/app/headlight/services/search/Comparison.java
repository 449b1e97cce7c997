package app.headlight.services.search;

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
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** One method on some pairs of sentences; without a method edges are drawn at random. */
final class Comparison {

    private final List<EdgeTask> tasks;
    private final int found;
    private final @Nullable Method method;
    private final Progress progress;
    private final List<Edge> edges;
    private final List<Integer> kept;
    private final int steps;
    private int done;

    /** @param tasks of the pairs of the set, in their order */
    Comparison(List<EdgeTask> tasks, PairSet set, @Nullable Method method, Progress progress) {
        this.tasks = tasks;
        this.method = method;
        this.progress = progress;
        found = set.found().size();
        edges = Edge.all(tasks.getFirst().config());
        kept = EdgeCurve.shares(edges.size());
        steps = method == null ? tasks.size() : found + 2 * tasks.size();
    }

    SearchResult result() {
        EdgeEffects effects = method == null ? null : EdgeEffects.mean(effects(method));
        return new SearchResult(
                effects, half(0, found, effects), found == tasks.size() ? null : half(found, tasks.size(), effects));
    }

    private List<EdgeEffects> effects(Method method) {
        List<EdgeEffects> effects = new ArrayList<>();
        for (EdgeTask task : tasks.subList(0, found)) {
            effects.add(method.effects(task, step()));
            done++;
        }
        return effects;
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
        EdgeCurve curve = EdgeCurve.of(task, ranked, kept, step());
        done++;
        return curve;
    }

    /** Another order for each pair, the same for each who asks. */
    private List<Edge> shuffled(int pair) {
        List<Edge> shuffled = new ArrayList<>(edges);
        Collections.shuffle(shuffled, new Random(pair));
        return shuffled;
    }

    private Progress step() {
        int before = done;
        return share -> progress.goesOn((before + share) / steps);
    }
}
