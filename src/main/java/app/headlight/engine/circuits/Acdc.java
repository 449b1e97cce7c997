package app.headlight.engine.circuits;

import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.transformer.Progress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The edges that automatic circuit discovery keeps (Conmy et al. 2023, "Towards Automated Circuit Discovery for
 * Mechanistic Interpretability"): from the logits backwards each edge is patched, and stays so where that moves the
 * metric by less than a threshold, or raises the KL by less. An edge into what nothing reads any more is dropped.
 *
 * @param kept in the order of {@link Edge#all}
 */
public record Acdc(Set<Edge> kept) {

    /** So many edges are tried at once; those after the first that must stay are tried again. */
    private static final int AT_ONCE = 16;

    public Acdc {
        kept = Collections.unmodifiableSet(new LinkedHashSet<>(kept));
    }

    /** @throws Refusal if the threshold is not above 0 */
    public static Acdc of(EdgeTask task, double threshold, Progress progress) {
        if (!(threshold > 0) || Double.isInfinite(threshold)) {
            throw Refusal.of("“threshold”", threshold, "a number above 0");
        }
        List<Edge> all = Edge.all(task.config());
        List<Edge> left = new ArrayList<>(all.reversed());
        Set<Edge> patched = new HashSet<>();
        Set<StreamWriter> read = new HashSet<>();
        double now = task.cleanMetric();
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
            for (float[] logits : PatchedSums.logits(task, tries)) {
                double then = task.of(logits);
                double worse = task.measure() == EdgeTask.Measure.KL ? then - now : Math.abs(then - now);
                Edge edge = left.get(done++);
                if (worse >= threshold) {
                    read.add(edge.writer());
                    break;
                }
                patched.add(edge);
                now = then;
            }
            progress.report(done, left.size());
        }
        Set<Edge> kept = new LinkedHashSet<>(all);
        kept.removeAll(patched);
        return new Acdc(kept);
    }

    /** Whether an edge that stays leads from what a reader belongs to; the logits are read by the metric. */
    private static boolean isRead(StreamReader reader, Set<StreamWriter> read) {
        return reader.equals(StreamReader.LOGITS) || read.contains(reader.writes());
    }
}
