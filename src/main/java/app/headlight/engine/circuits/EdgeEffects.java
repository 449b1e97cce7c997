package app.headlight.engine.circuits;

import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.tensor.Prepared;
import app.headlight.engine.transformer.Activations;
import app.headlight.engine.transformer.Config;
import app.headlight.engine.transformer.Hooks;
import app.headlight.engine.transformer.Progress;
import app.headlight.engine.transformer.Site;
import app.headlight.engine.transformer.StreamReading;
import app.headlight.engine.transformer.Transformer.Derivatives;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ejml.data.FMatrixRMaj;
import org.ejml.dense.row.CommonOps_FDRM;

/**
 * What patching each edge alone does to the metric ({@code docs/maths.md}, "Edges and circuits").
 *
 * @param of by edge, in the order of {@link Edge#all}: the metric of the clean run with that edge patched, minus that of
 *     the clean run; or an estimate of it
 */
public record EdgeEffects(Map<Edge, Double> of) {

    /** So many points, as Hanna et al. (2024) take. */
    public static final int POINTS = 5;

    /** So many positions are computed at once, in sentences one below the other. */
    private static final int AT_ONCE = 2048;

    public EdgeEffects {
        of = Collections.unmodifiableMap(new LinkedHashMap<>(of));
    }

    /** The edges by the size of their effects, the largest first. */
    public List<Edge> strongest() {
        return of.entrySet().stream()
                .sorted(Comparator.comparingDouble(effect -> -Math.abs(effect.getValue())))
                .map(Map.Entry::getKey)
                .toList();
    }

    /**
     * The mean effect of each edge over several pairs of sentences.
     *
     * @param effects of one model, one at least
     */
    public static EdgeEffects mean(List<EdgeEffects> effects) {
        Map<Edge, Double> sums = new LinkedHashMap<>();
        effects.forEach(each -> each.of().forEach((edge, effect) -> sums.merge(edge, effect, Double::sum)));
        sums.replaceAll((edge, sum) -> sum / effects.size());
        return new EdgeEffects(sums);
    }

    /** How many multiplications and additions the exact effects take, about. */
    public static double operations(Config config, int length) {
        double attention = 2.0 * config.dModel() * (config.packedHeads() + config.packedKeys());
        double mlp = ofMlp(config);
        double sum = 0;
        for (StreamReader reader : StreamReader.all(config)) {
            int from = reader.equals(StreamReader.LOGITS) ? config.nLayers() : reader.layer();
            double layers = (config.nLayers() - from) * (attention + mlp) * length;
            double logits = (double) config.dModel() * config.dVocab();
            sum += 2 * reader.writers(config).size() * (layers + logits);
        }
        return sum;
    }

    /**
     * How many multiplications and additions the estimates take, about: a run and its derivative at each point, which is
     * twice a run, and a product for each edge.
     */
    public static double operations(Config config, int length, int points) {
        double attention = 2.0 * config.dModel() * (config.packedHeads() + config.packedKeys());
        double run = 2
                * length
                * (config.nLayers() * (attention + ofMlp(config)) + (double) config.dModel() * config.dVocab());
        return 3 * points * run + 2.0 * Edge.all(config).size() * length * config.dModel();
    }

    /** How many multiplications the MLP of a layer takes at one position. */
    static double ofMlp(Config config) {
        return config.mlp() == null
                ? 0
                : (config.mlp().gated() ? 3.0 : 2.0)
                        * config.dModel()
                        * config.mlp().dMlp();
    }

    /** Every edge patched in turn: only the layers that an edge can change are computed. */
    public static EdgeEffects exact(EdgeTask task, Progress progress) {
        List<Edge> edges = Edge.all(task.config());
        int batch = Math.max(1, AT_ONCE / task.length());
        Map<Edge, Double> effects = new LinkedHashMap<>();
        double clean = task.cleanMetric();
        for (int from = 0; from < edges.size(); ) {
            int to = from + 1;
            while (to < edges.size() && to - from < batch && isTogether(edges.get(from), edges.get(to))) {
                to++;
            }
            List<Edge> together = edges.subList(from, to);
            float[][] logits = task.logits(rows(task, together));
            for (int i = 0; i < logits.length; i++) {
                effects.put(together.get(i), task.of(logits[i]) - clean);
            }
            from = to;
            progress.report(from, edges.size());
        }
        return new EdgeEffects(effects);
    }

    /** Whether the readers of two edges are in one layer, or both the logits. */
    private static boolean isTogether(Edge a, Edge b) {
        return a.reader().layer() == b.reader().layer();
    }

    /** The last stream at the position of the metric, with each of some edges patched; all readers are in one layer. */
    private static List<float[]> rows(EdgeTask task, List<Edge> edges) {
        List<float[]> rows = new ArrayList<>();
        if (edges.getFirst().reader().equals(StreamReader.LOGITS)) {
            for (Edge edge : edges) {
                rows.add(task.row(patched(task, edge)));
            }
            return rows;
        }
        int layer = edges.getFirst().reader().layer();
        FMatrixRMaj[] before = new FMatrixRMaj[edges.size()];
        Arrays.fill(before, task.clean().residual(layer).copy());
        for (FMatrixRMaj last : task.model().streamsFrom(layer, before, new OneEdge(task, edges))) {
            rows.add(task.row(last));
        }
        return rows;
    }

    /** What the reader of an edge reads in the clean run with that edge patched, [T, D]. */
    private static FMatrixRMaj patched(EdgeTask task, Edge edge) {
        FMatrixRMaj sum = edge.reader().stream(task.clean());
        CommonOps_FDRM.addEquals(sum, difference(task, edge.writer()));
        return sum;
    }

    private static FMatrixRMaj difference(EdgeTask task, StreamWriter writer) {
        FMatrixRMaj difference = task.corruptWritten(writer).copy();
        CommonOps_FDRM.subtractEquals(difference, task.cleanWritten(writer));
        return difference;
    }

    /** Patches one edge of a layer in each sequence. */
    private record OneEdge(EdgeTask task, List<Edge> edges, int layer, StreamReading reading) implements Hooks {

        OneEdge(EdgeTask task, List<Edge> edges) {
            this(task, edges, edges.getFirst().reader().layer(), task.model().reading());
        }

        @Override
        public boolean wants(Site.Kind kind, int at, int head) {
            return at == layer && edges.stream().anyMatch(edge -> kindOf(edge.reader()) == kind);
        }

        private Site.Kind kindOf(StreamReader reader) {
            return reader.kind() == StreamReader.Kind.MLP
                    ? Site.Kind.MLP_IN
                    : reader.site(task.config()).kind();
        }

        @Override
        public boolean at(Site site, int sequence, FMatrixRMaj values) {
            StreamReader reader = edges.get(sequence).reader();
            if (kindOf(reader) != site.kind()) {
                return false;
            }
            FMatrixRMaj read = patched(task, edges.get(sequence));
            if (site.kind() == Site.Kind.MLP_IN) {
                values.setTo(read);
            } else {
                FMatrixRMaj own = reading.of(reader.site(task.config()), read, task.length());
                CommonOps_FDRM.insert(
                        own, values, 0, reader.head() * task.config().dHead());
            }
            return true;
        }
    }

    /**
     * Edge attribution patching: the first-order estimate at the clean run (Syed, Rager and Conmy 2023).
     *
     * @throws Refusal if the metric is KL, whose derivative at the clean run is 0
     */
    public static EdgeEffects eap(EdgeTask task, Progress progress) {
        checkEap(task.measure());
        return estimated(task, 1, progress);
    }

    /** @throws Refusal if that is KL, whose derivative at the clean run is 0 */
    public static void checkEap(EdgeTask.Measure measure) {
        if (measure == EdgeTask.Measure.KL) {
            throw new Refusal(
                    "the derivative of “kl” at the clean run is 0, so that “eap” would estimate every effect as"
                            + " 0; expected “logit_diff”, or the method “eap-ig” or “exact”");
        }
    }

    /**
     * The same with the derivative averaged over points between both sentences: the embedding is that of the corrupt one
     * plus k/points of the difference, k = 1 to points (Hanna, Pezzelle and Belinkov 2024).
     */
    public static EdgeEffects eapIg(EdgeTask task, int points, Progress progress) {
        return estimated(task, points, progress);
    }

    private static EdgeEffects estimated(EdgeTask task, int points, Progress progress) {
        Map<StreamReader, FMatrixRMaj> gradients = new LinkedHashMap<>();
        for (int k = 1; k <= points; k++) {
            addGradients(task, (float) k / points, gradients);
            progress.report(k, points);
        }
        List<StreamWriter> writers = StreamReader.LOGITS.writers(task.config());
        int width = task.length() * task.config().dModel();
        FMatrixRMaj differences = new FMatrixRMaj(writers.size(), width);
        for (int i = 0; i < writers.size(); i++) {
            System.arraycopy(difference(task, writers.get(i)).data, 0, differences.data, i * width, width);
        }
        Map<Edge, Double> effects = new LinkedHashMap<>();
        try (Prepared all = task.model().products().prepare(differences)) {
            gradients.forEach((reader, gradient) -> {
                List<StreamWriter> read = reader.writers(task.config()); // the first of all writers, in the same order
                FMatrixRMaj products = new FMatrixRMaj(1, read.size());
                FMatrixRMaj row = FMatrixRMaj.wrap(1, width, gradient.data);
                try (Prepared by = task.model().products().prepare(row);
                        Prepared out = task.model().products().blank(1, read.size())) {
                    task.model().products().multiplyTransB(by, all.rows(0, read.size()), out); // (1, T D) (T D, U)
                    out.read(products, 0);
                }
                for (int i = 0; i < read.size(); i++) {
                    effects.put(new Edge(read.get(i), reader), (double) products.data[i] / points);
                }
            });
        }
        return new EdgeEffects(effects);
    }

    /** Adds the derivative of the metric by what each reader reads, at one point between the sentences. */
    private static void addGradients(EdgeTask task, float share, Map<StreamReader, FMatrixRMaj> sums) {
        Config config = task.config();
        Site last =
                config.nLayers() == 0 ? Site.of(Site.Kind.EMBED) : Site.of(Site.Kind.RESID_POST, config.nLayers() - 1);
        Set<Site.Kind> by = EnumSet.of(Site.Kind.Q, Site.Kind.K, Site.Kind.V, last.kind());
        if (config.mlp() != null) {
            by.add(Site.Kind.MLP_IN);
        }
        Derivatives derivatives = task.model()
                .gradients(
                        task.clean().tokens(),
                        task.embeddingBetween(share),
                        task.derivative(),
                        by,
                        Set.of(Site.Kind.RESID_PRE));
        StreamReading reading = task.model().reading();
        for (StreamReader reader : StreamReader.all(config)) {
            Activations at = derivatives.by();
            Site site = reader.site(config);
            FMatrixRMaj gradient = reader.kind().isOfHead()
                    ? reading.back(
                            site, derivatives.values().get(Site.of(Site.Kind.RESID_PRE, reader.layer())), at.get(site))
                    : at.get(site);
            sums.merge(reader, gradient, (sum, more) -> {
                CommonOps_FDRM.addEquals(sum, more);
                return sum;
            });
        }
    }
}
