package app.headlight.engine.circuits;

import app.headlight.engine.transformer.Config;
import app.headlight.engine.transformer.Progress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A circuit as a set of edges: those it keeps read the clean run, all others the corrupt one ({@code docs/maths.md},
 * "Edges and circuits").
 *
 * @param difference the logit of the answer minus that of the wrong token, with all other edges patched
 * @param kl KL(clean ‖ run) there, in nats
 */
public record EdgeCircuit(double difference, double kl) {

    /** So many positions are computed at once. */
    private static final int AT_ONCE = 1024;

    /** Below this difference between clean and corrupt run there is nothing to be faithful to. */
    private static final double NOTHING = 1e-3;

    /** (metric − corrupt) / (clean − corrupt): 1 as the clean run, 0 as the corrupt one; null where those are alike. */
    public static @Nullable Double faithfulness(double metric, double clean, double corrupt) {
        return Math.abs(clean - corrupt) < NOTHING ? null : (Double) ((metric - corrupt) / (clean - corrupt));
    }

    /** How many multiplications and additions one circuit takes, about: a run, and the sum that each reader reads. */
    public static double operations(Config config, int length) {
        double attention = 3.0 * config.dModel() * (config.packedHeads() + config.packedKeys());
        double mlp = EdgeEffects.ofMlp(config);
        double sums = (double) Edge.all(config).size() * config.dModel();
        return 2
                * (length * (config.nLayers() * (attention + mlp) + sums) + (double) config.dModel() * config.dVocab());
    }

    /** What a model does that keeps these edges alone. */
    public static EdgeCircuit of(EdgeTask task, Set<Edge> kept) {
        return of(task, List.of(kept), Progress.UNWATCHED).getFirst();
    }

    /** The same of several circuits. */
    public static List<EdgeCircuit> of(EdgeTask task, List<? extends Set<Edge>> kept, Progress progress) {
        List<Edge> all = Edge.all(task.config());
        int batch = Math.max(1, AT_ONCE / task.length());
        List<EdgeCircuit> circuits = new ArrayList<>();
        for (int from = 0; from < kept.size(); from += batch) {
            List<Set<Edge>> patched = new ArrayList<>();
            for (Set<Edge> circuit : kept.subList(from, Math.min(from + batch, kept.size()))) {
                Set<Edge> others = new HashSet<>(all);
                others.removeAll(circuit);
                patched.add(others);
            }
            for (float[] logits : PatchedSums.logits(task, patched)) {
                circuits.add(new EdgeCircuit(task.difference(logits), task.kl(logits)));
            }
            progress.report(circuits.size(), kept.size());
        }
        return circuits;
    }
}
