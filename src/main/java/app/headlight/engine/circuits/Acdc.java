package app.headlight.engine.circuits;

import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.transformer.Config;
import app.headlight.engine.transformer.Progress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The edges that automatic circuit discovery keeps (Conmy et al. 2023, "Towards Automated Circuit Discovery for
 * Mechanistic Interpretability"): from the logits backwards each edge is patched, and stays so where that moves the
 * metric by less than a threshold, or raises the KL by less. An edge into what nothing reads any more is dropped. Of several
 * pairs of sentences it is the mean that counts.
 *
 * @param moves by edge that is kept, in the order of {@link Edge#all}: how far patching it moved the metric when it was
 *     tried, all edges patched that were dropped before it
 */
public record Acdc(Map<Edge, Double> moves) {

    /** So many edges are tried at once; those after the first that must stay are tried again. */
    private static final int AT_ONCE = 16;

    /** How often each edge is tried, about. */
    private static final double TRIES = 3;

    public Acdc {
        moves = Collections.unmodifiableMap(new LinkedHashMap<>(moves));
    }

    /** The edges of the circuit, in the order of {@link Edge#all}. */
    public Set<Edge> kept() {
        return moves.keySet();
    }

    /** How many multiplications and additions a search on one pair takes, about. */
    public static double operations(Config config, int length) {
        return TRIES * Edge.all(config).size() * EdgeCircuit.operations(config, length);
    }

    /** @throws Refusal if the threshold is not above 0 */
    public static Acdc of(EdgeTask task, double threshold, Progress progress) {
        return of(List.of(task), threshold, progress);
    }

    /**
     * The edges that matter to several pairs of sentences.
     *
     * @param tasks of one model and one measure, one at least
     * @throws Refusal if the threshold is not above 0
     */
    public static Acdc of(List<EdgeTask> tasks, double threshold, Progress progress) {
        if (!(threshold > 0) || Double.isInfinite(threshold)) {
            throw Refusal.of("“threshold”", threshold, "a number above 0");
        }
        EdgeTask first = tasks.getFirst();
        List<Edge> all = Edge.all(first.config());
        Map<Edge, Double> stay = new HashMap<>();
        List<Edge> left = new ArrayList<>(all.reversed());
        Set<Edge> patched = new HashSet<>();
        Set<StreamWriter> read = new HashSet<>();
        double now = tasks.stream().mapToDouble(EdgeTask::cleanMetric).average().orElseThrow();
        int done = 0;
        while (done < left.size()) {
            List<Set<Edge>> tries = new ArrayList<>();
            Set<Edge> tried = new HashSet<>(patched);
            for (int i = done; i < left.size() && tries.size() < AT_ONCE; i++) {
                tried.add(left.get(i));
                tries.add(new HashSet<>(tried));
            }
            if (!isRead(left.get(done).reader(), read)) {
                patched.add(left.get(done++));
                continue;
            }
            for (double then : means(tasks, tries)) {
                double worse = first.measure() == EdgeTask.Measure.KL ? then - now : Math.abs(then - now);
                Edge edge = left.get(done++);
                if (worse >= threshold) {
                    read.add(edge.writer());
                    stay.put(edge, then - now);
                    break;
                }
                patched.add(edge);
                now = then;
            }
            progress.report(done, left.size());
        }
        Map<Edge, Double> moves = new LinkedHashMap<>();
        all.stream().filter(stay::containsKey).forEach(edge -> moves.put(edge, stay.get(edge)));
        return new Acdc(moves);
    }

    /** The metric with each set of edges patched, mean over the pairs. */
    private static double[] means(List<EdgeTask> tasks, List<Set<Edge>> patched) {
        double[] means = new double[patched.size()];
        for (EdgeTask task : tasks) {
            float[][] logits = PatchedSums.logits(task, patched);
            for (int i = 0; i < means.length; i++) {
                means[i] += task.of(logits[i]) / tasks.size();
            }
        }
        return means;
    }

    /** Whether an edge that stays leads from what a reader belongs to; the logits are read by the metric. */
    private static boolean isRead(StreamReader reader, Set<StreamWriter> read) {
        return reader.equals(StreamReader.LOGITS) || read.contains(reader.writes());
    }
}
