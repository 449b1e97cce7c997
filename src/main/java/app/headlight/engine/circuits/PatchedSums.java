package app.headlight.engine.circuits;

import app.headlight.engine.transformer.HeadId;
import app.headlight.engine.transformer.Hooks;
import app.headlight.engine.transformer.Site;
import app.headlight.engine.transformer.StreamReading;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.ejml.data.FMatrixRMaj;
import org.ejml.dense.row.CommonOps_FDRM;

/**
 * Runs the clean sentence with some edges patched: each reader sums up what its writers write in this run, and takes
 * from the corrupt run what the writers of its patched edges write there. Several sets of edges at a time, one a
 * sequence of the pass. Biases of layers stay always.
 */
final class PatchedSums implements Hooks {

    private final EdgeTask task;
    private final StreamReading reading;
    private final List<Map<StreamReader, Set<StreamWriter>>> patched; // by sequence
    private final Set<Site.Kind> wanted = EnumSet.noneOf(Site.Kind.class);
    private final FMatrixRMaj[] stream; // of this run, before the layer that is computed, by sequence
    private final List<Map<StreamWriter, FMatrixRMaj>> written = new ArrayList<>(); // in this run, by sequence

    private PatchedSums(EdgeTask task, List<? extends Set<Edge>> patched) {
        this.task = task;
        reading = task.model().reading();
        this.patched = patched.stream()
                .map(edges -> edges.stream()
                        .collect(Collectors.groupingBy(
                                Edge::reader, Collectors.mapping(Edge::writer, Collectors.toSet()))))
                .toList();
        stream = new FMatrixRMaj[patched.size()];
        patched.forEach(set -> written.add(new HashMap<>()));
        wanted.addAll(Set.of(Site.Kind.RESID_PRE, Site.Kind.Q, Site.Kind.K, Site.Kind.V, Site.Kind.RESULT));
        if (task.config().mlp() != null) {
            wanted.addAll(Set.of(Site.Kind.MLP_IN, Site.Kind.MLP_OUT));
        }
    }

    /**
     * The logits at the position of the metric, of the runs with each set of edges patched.
     *
     * @return by set, [sets][V]
     */
    static float[][] logits(EdgeTask task, List<? extends Set<Edge>> patched) {
        PatchedSums sums = new PatchedSums(task, patched);
        int[][] tokens = new int[patched.size()][];
        for (int s = 0; s < tokens.length; s++) {
            tokens[s] = task.clean().tokens();
        }
        FMatrixRMaj[] last = task.model().streams(tokens, sums);
        List<float[]> rows = new ArrayList<>();
        for (int s = 0; s < last.length; s++) {
            rows.add(task.row(sums.read(StreamReader.LOGITS, s, last[s])));
        }
        return task.logits(rows);
    }

    @Override
    public boolean wants(Site.Kind kind, int layer, int head) {
        return wanted.contains(kind);
    }

    @Override
    public boolean at(Site site, int s, FMatrixRMaj values) {
        switch (site.kind()) {
            case RESID_PRE -> {
                stream[s] = values;
                if (site.layer() == 0) {
                    written.get(s).put(StreamWriter.EMBEDDING, values);
                }
            }
            case RESULT -> written.get(s).put(StreamWriter.of(new HeadId(site.layer(), site.head())), values);
            case MLP_OUT -> written.get(s).put(StreamWriter.ofMlp(site.layer()), values);
            case MLP_IN -> {
                StreamReader mlp = new StreamReader(StreamReader.Kind.MLP, site.layer(), -1);
                if (patched.get(s).containsKey(mlp)) {
                    values.setTo(read(mlp, s, values));
                    return true;
                }
            }
            default -> {
                return ofHeads(site, s, values);
            }
        }
        return false;
    }

    private boolean ofHeads(Site site, int s, FMatrixRMaj values) {
        boolean changed = false;
        int k = task.config().dHead();
        for (int h = 0; h < task.config().nHeads(); h++) {
            StreamReader reader =
                    new StreamReader(StreamReader.Kind.valueOf(site.kind().name()), site.layer(), h);
            if (patched.get(s).containsKey(reader)) {
                FMatrixRMaj own = reading.of(reader.site(task.config()), read(reader, s, stream[s]), task.length());
                CommonOps_FDRM.insert(own, values, 0, h * k);
                changed = true;
            }
        }
        return changed;
    }

    /**
     * The sum that a reader reads, [T, D]: from the stream of this run, or from that of the corrupt run, whichever takes
     * fewer steps.
     */
    private FMatrixRMaj read(StreamReader reader, int s, FMatrixRMaj own) {
        Set<StreamWriter> out = patched.get(s).getOrDefault(reader, Set.of());
        List<StreamWriter> writers = reader.writers(task.config());
        boolean most = 2 * out.size() > writers.size();
        FMatrixRMaj sum = most ? reader.stream(task.corrupt()) : own.copy();
        for (StreamWriter writer : writers) {
            if (out.contains(writer) != most) {
                FMatrixRMaj here = written.get(s).get(writer);
                FMatrixRMaj there = task.corruptWritten(writer);
                float sign = most ? 1 : -1;
                for (int i = 0; i < sum.data.length; i++) {
                    sum.data[i] += sign * (here.data[i] - there.data[i]);
                }
            }
        }
        return sum;
    }
}
