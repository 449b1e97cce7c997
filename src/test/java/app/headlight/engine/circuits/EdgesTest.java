package app.headlight.engine.circuits;

import static app.headlight.ReferenceModel.ints;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import app.headlight.ReferenceModel;
import app.headlight.engine.circuits.EdgeTask.Measure;
import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.tensor.EjmlProducts;
import app.headlight.engine.tensor.Matrix;
import app.headlight.engine.tensor.MatrixProducts;
import app.headlight.engine.transformer.Config;
import app.headlight.engine.transformer.Edit;
import app.headlight.engine.transformer.HeadId;
import app.headlight.engine.transformer.InductionByHand;
import app.headlight.engine.transformer.Norm;
import app.headlight.engine.transformer.Positions;
import app.headlight.engine.transformer.Progress;
import app.headlight.engine.transformer.RandomModels;
import app.headlight.engine.transformer.Run;
import app.headlight.engine.transformer.Site;
import app.headlight.engine.transformer.Transformer;
import app.headlight.engine.transformer.Weights;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class EdgesTest {

    private static final int[] CLEAN = {3, 1, 7, 2, 5, 1};
    private static final int[] CORRUPT = {3, 6, 7, 2, 8, 1};
    private static final PatchingMap.Metric METRIC = new PatchingMap.Metric(5, 4, 9);

    static Stream<Config> kinds() {
        return RandomModels.kinds();
    }

    @ParameterizedTest
    @ValueSource(strings = {"random-3l-standard", "random-2l-lnpre-biases", "storybook-2l-torch"})
    void everyEffectAndCircuitIsTheReferences(String name) {
        JsonNode expected = ReferenceModel.json(name, "edges.json");
        EdgeTask task = task(expected, ReferenceModel.load(name).model());
        assertThat(task.cleanMetric()).isCloseTo(expected.get("clean_metric").asDouble(), within(1e-4));
        assertThat(task.corruptMetric())
                .isCloseTo(expected.get("corrupt_metric").asDouble(), within(1e-4));
        alike(EdgeEffects.exact(task, Progress.UNWATCHED), expected.get("exact_effect"));
        alike(EdgeEffects.eap(task, Progress.UNWATCHED), expected.get("eap"));
        alike(EdgeEffects.eapIg(task, EdgeEffects.POINTS, Progress.UNWATCHED), expected.get("eap_ig"));
        List<Edge> strongest = strongest(expected.get("exact_effect"), task.config());
        expected.get("circuits_of_the_n_strongest_exact_edges").properties().forEach(circuit -> {
            Set<Edge> kept = Set.copyOf(strongest.subList(0, Integer.parseInt(circuit.getKey())));
            EdgeCircuit found = EdgeCircuit.of(task, kept);
            assertThat(found.difference())
                    .as(circuit.getKey())
                    .isCloseTo(circuit.getValue().get("metric").asDouble(), within(2e-4));
            assertThat(found.kl())
                    .as(circuit.getKey())
                    .isCloseTo(circuit.getValue().get("kl").asDouble(), within(1e-4));
        });
    }

    private static EdgeTask task(JsonNode expected, Transformer model) {
        return new EdgeTask(
                model,
                model.run(ints(expected.get("clean"))),
                model.run(ints(expected.get("corrupt"))),
                new PatchingMap.Metric(
                        expected.get("position").asInt(),
                        expected.get("answer").asInt(),
                        expected.get("wrong").asInt()),
                Measure.LOGIT_DIFF);
    }

    private static void alike(EdgeEffects found, JsonNode expected) {
        Map<String, Double> byName = found.of().entrySet().stream()
                .collect(Collectors.toMap(entry -> entry.getKey().toString(), Map.Entry::getValue));
        assertThat(byName.keySet()).containsExactlyInAnyOrderElementsOf(expected.propertyNames());
        double largest = expected.properties().stream()
                .mapToDouble(edge -> Math.abs(edge.getValue().asDouble()))
                .max()
                .orElseThrow();
        expected.properties()
                .forEach(edge -> assertThat(byName.get(edge.getKey()))
                        .as(edge.getKey())
                        .isCloseTo(edge.getValue().asDouble(), within(1e-3 * largest)));
    }

    private static List<Edge> strongest(JsonNode effects, Config config) {
        return effects.properties().stream()
                .sorted(Comparator.comparingDouble(
                        edge -> -Math.abs(edge.getValue().asDouble())))
                .map(edge -> Edge.parse(edge.getKey(), config))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void allEdgesPatchedAreTheCorruptRunAndNoneTheCleanOne(Config config) {
        EdgeTask task = task(config);
        assertThat(EdgeCircuit.of(task, Set.of()).difference()).isCloseTo(task.corruptMetric(), within(1e-5));
        EdgeCircuit whole = EdgeCircuit.of(task, Set.copyOf(Edge.all(config)));
        assertThat(whole.difference()).isCloseTo(task.cleanMetric(), within(1e-5));
        assertThat(whole.kl()).isCloseTo(0, within(1e-6));
    }

    /** What a writer gives to all its readers from the corrupt run is an edit of what it writes. */
    @ParameterizedTest
    @MethodSource("kinds")
    void allEdgesOfAWriterPatchedAreAnEditOfWhatItWrites(Config config) {
        EdgeTask task = task(config);
        for (StreamWriter writer : StreamReader.LOGITS.writers(config)) {
            Set<Edge> kept = Edge.all(config).stream()
                    .filter(edge -> !edge.writer().equals(writer))
                    .collect(Collectors.toSet());
            Site site = switch (writer.kind()) {
                case EMBEDDING -> Site.of(Site.Kind.RESID_PRE, 0);
                case MLP -> Site.of(Site.Kind.MLP_OUT, writer.layer());
                default -> Site.of(Site.Kind.RESULT, writer.head());
            };
            FMatrixRMaj value = task.corruptWritten(writer);
            Run edited = task.model().run(CLEAN, List.of(new Edit.Patch(site, Edit.At.ALL, Matrix.of(value))));
            assertThat(EdgeCircuit.of(task, kept).difference())
                    .as(writer.name())
                    .isCloseTo(METRIC.of(edited), within(2e-5));
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void anEdgePatchedAloneIsTheCircuitOfAllOthers(Config config) {
        EdgeTask task = task(config);
        EdgeEffects effects = EdgeEffects.exact(task, Progress.UNWATCHED);
        List<Edge> edges = Edge.all(config);
        assertThat(effects.of().keySet()).containsExactlyElementsOf(edges);
        List<Set<Edge>> others = edges.stream()
                .map(edge -> {
                    Set<Edge> kept = new HashSet<>(edges);
                    kept.remove(edge);
                    return kept;
                })
                .toList();
        List<EdgeCircuit> circuits = EdgeCircuit.of(task, others, Progress.UNWATCHED);
        for (int i = 0; i < circuits.size(); i++) {
            assertThat(effects.of().get(edges.get(i)))
                    .as(edges.get(i).toString())
                    .isCloseTo(circuits.get(i).difference() - task.cleanMetric(), within(2e-5));
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void anEdgePatchedIsAnEditOfWhatItsReaderReads(Config config) {
        EdgeTask task = task(config);
        EdgeEffects.exact(task, Progress.UNWATCHED).of().forEach((edge, effect) -> {
            Matrix value = edge.patched(task.model(), task.clean(), task.corrupt());
            Site site = edge.reader().site(config);
            Run edited = task.model().run(CLEAN, List.of(new Edit.Patch(site, Edit.At.ALL, value)));
            assertThat(METRIC.of(edited) - task.cleanMetric())
                    .as(edge.toString())
                    .isCloseTo(effect, within(2e-5));
            assertThat(Edge.into(site, edge.writer().name(), config)).isEqualTo(edge);
        });
    }

    /** Of two tokens that are nearly the same the exact effects are nearly linear, and so nearly the estimates. */
    @ParameterizedTest
    @MethodSource("kinds")
    void theEstimateIsTheEffectWhereSentencesAreNearlyTheSame(Config config) {
        Weights weights = RandomModels.weights(config, 5);
        FMatrixRMaj wE = weights.wE();
        Random random = new Random(8);
        for (int d = 0; d < wE.numCols; d++) {
            wE.set(CORRUPT[1], d, wE.get(CLEAN[1], d) + 0.002f * (float) random.nextGaussian());
            wE.set(CORRUPT[4], d, wE.get(CLEAN[4], d) + 0.002f * (float) random.nextGaussian());
        }
        Transformer model = new Transformer(config, weights, new EjmlProducts());
        EdgeTask task = new EdgeTask(model, model.run(CLEAN), model.run(CORRUPT), METRIC, Measure.LOGIT_DIFF);
        Map<Edge, Double> exact = EdgeEffects.exact(task, Progress.UNWATCHED).of();
        double largest = exact.values().stream().mapToDouble(Math::abs).max().orElseThrow();
        for (EdgeEffects estimate :
                List.of(EdgeEffects.eap(task, Progress.UNWATCHED), EdgeEffects.eapIg(task, 3, Progress.UNWATCHED))) {
            estimate.of()
                    .forEach((edge, effect) ->
                            assertThat(effect).as(edge.toString()).isCloseTo(exact.get(edge), within(0.04 * largest)));
        }
    }

    /** Without layers there is one edge; the derivative's mean times the difference is the whole change of the metric. */
    @ParameterizedTest
    @ValueSource(strings = {"LOGIT_DIFF", "KL"})
    void manyPointsBetweenTheSentencesAddUpToTheEffect(Measure measure) {
        Config config = RandomModels.config(0, Positions.STANDARD, Norm.LN_PRE);
        Transformer model = new Transformer(config, RandomModels.weights(config, 3), new EjmlProducts());
        EdgeTask task =
                new EdgeTask(model, model.run(CLEAN), model.run(new int[] {3, 6, 7, 2, 8, 10}), METRIC, measure);
        double estimate = EdgeEffects.eapIg(task, 400, Progress.UNWATCHED).of().values().stream()
                .mapToDouble(value -> value)
                .sum();
        assertThat(estimate)
                .isCloseTo(
                        task.corruptMetric() - task.cleanMetric(),
                        within(0.01 * Math.abs(task.corruptMetric() - task.cleanMetric())));
    }

    @Test
    void theCircuitThatWasMadeByHandIsFound() {
        EdgeTask task = byHand();
        EdgeEffects effects = EdgeEffects.exact(task, Progress.UNWATCHED);
        double whole = task.corruptMetric() - task.cleanMetric();
        Set<Edge> matters = effects.of().entrySet().stream()
                .filter(effect -> Math.abs(effect.getValue()) > 0.05 * Math.abs(whole))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        assertThat(matters)
                .extracting(Edge::toString)
                .containsExactlyInAnyOrder("embed->L0H0.v", "L0H0->L1H0.k", "L1H0->logits");
        assertThat(Acdc.of(task, 0.05, Progress.UNWATCHED).kept()).containsExactlyInAnyOrderElementsOf(matters);
        assertThat(EdgeCircuit.of(task, matters).difference()).isCloseTo(task.cleanMetric(), within(1e-3));
        // Its softmaxes are saturated, so that no derivative goes through the key.
        assertThat(EdgeEffects.eap(task, Progress.UNWATCHED).of().get(edge("L0H0->L1H0.k", task)))
                .isCloseTo(0, within(1e-3 * Math.abs(whole)));
    }

    @Test
    void aCurveSaysHowManyEdgesAreEnough() {
        EdgeTask task = byHand();
        EdgeEffects effects = EdgeEffects.exact(task, Progress.UNWATCHED);
        int edges = effects.of().size();
        for (EdgeCurve.Ranking ranking : EdgeCurve.Ranking.values()) {
            EdgeCurve curve = EdgeCurve.of(task, effects, ranking, List.of(0, 2, 3, edges), Progress.UNWATCHED);
            assertThat(curve.points().stream().map(EdgeCurve.Point::faithfulness))
                    .usingElementComparator(EdgesTest::nearly)
                    .containsExactly(0., 0., 1., 1.);
            assertThat(curve.points().stream().map(EdgeCurve.Point::completeness))
                    .usingElementComparator(EdgesTest::nearly)
                    .containsExactly(1., 0., 0., 0.);
            double rise = 0.5 / edges; // between two edges and three
            assertThat(curve.area()).isCloseTo(rise + (edges - 3.) / edges, within(1e-3));
            assertThat(curve.distance()).isCloseTo(2. / edges + rise, within(1e-3));
        }
        assertThat(EdgeCurve.shares(1000)).containsExactly(0, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000);
        assertThat(EdgeCurve.shares(5)).containsExactly(0, 1, 3, 5);
    }

    @Test
    void theWorkOfAllEdgesIsKnownBefore() {
        Config config = RandomModels.config(1, Positions.STANDARD, Norm.NONE); // D 12, H 3, K 5, V 23
        double layer = 4 * 12 * 15; // q, k, v and o
        double logits = 12 * 23;
        double expected = 2 * (9 * (6 * layer + logits) + 4 * logits); // nine edges into heads, four into the logits
        assertThat(EdgeEffects.operations(config, 6)).isCloseTo(expected, within(1e-6));
        assertThat(Edge.all(config)).hasSize(13);
    }

    private static int nearly(Double one, Double other) {
        return Math.abs(one - other) < 1e-3 ? 0 : Double.compare(one, other);
    }

    private static Edge edge(String name, EdgeTask task) {
        return Edge.parse(name, task.config());
    }

    /** The same as one edge after the other, each by a run of its own, over all edges. */
    @ParameterizedTest
    @ValueSource(strings = {"LOGIT_DIFF", "KL"})
    void edgesThatMoveTheMetricByLessAreDropped(Measure measure) {
        for (Config config : kinds().toList()) {
            EdgeTask task = task(config, measure);
            double threshold = measure == Measure.KL ? 0.01 : 0.05;
            Set<Edge> kept = new HashSet<>(Edge.all(config));
            double now = task.cleanMetric();
            for (Edge edge : Edge.all(config).reversed()) {
                kept.remove(edge);
                EdgeCircuit without = EdgeCircuit.of(task, kept);
                double then = measure == Measure.KL ? without.kl() : without.difference();
                if ((measure == Measure.KL ? then - now : Math.abs(then - now)) < threshold) {
                    now = then;
                } else {
                    kept.add(edge);
                }
            }
            assertThat(Acdc.of(task, threshold, Progress.UNWATCHED).kept())
                    .as(config.toString())
                    .containsExactlyInAnyOrderElementsOf(kept);
        }
    }

    /** The same of three pairs, by the mean of the metric; how far it moved is kept. */
    @ParameterizedTest
    @ValueSource(strings = {"LOGIT_DIFF", "KL"})
    void ofSeveralPairsItIsTheMeanThatCounts(Measure measure) {
        Config config = kinds().toList().getFirst();
        Transformer model = new Transformer(config, RandomModels.weights(config, 5), new EjmlProducts());
        List<EdgeTask> tasks = Stream.of(CORRUPT, new int[] {2, 1, 7, 0, 5, 1}, new int[] {3, 1, 7, 2, 5, 6})
                .map(corrupt -> new EdgeTask(model, model.run(CLEAN), model.run(corrupt), METRIC, measure))
                .toList();
        double threshold = measure == Measure.KL ? 0.01 : 0.05;
        Set<Edge> kept = new HashSet<>(Edge.all(config));
        Map<Edge, Double> moves = new HashMap<>();
        double now = mean(tasks, kept);
        for (Edge edge : Edge.all(config).reversed()) {
            kept.remove(edge);
            double then = mean(tasks, kept);
            if ((measure == Measure.KL ? then - now : Math.abs(then - now)) < threshold) {
                now = then;
            } else {
                kept.add(edge);
                moves.put(edge, then - now);
            }
        }
        Acdc found = Acdc.of(tasks, threshold, Progress.UNWATCHED);
        assertThat(found.kept()).containsExactlyInAnyOrderElementsOf(kept).hasSizeBetween(5, 150);
        found.moves()
                .forEach((edge, move) -> assertThat(move).as(edge.toString()).isCloseTo(moves.get(edge), within(1e-5)));
    }

    private static double mean(List<EdgeTask> tasks, Set<Edge> kept) {
        return tasks.stream()
                .mapToDouble(task -> {
                    EdgeCircuit circuit = EdgeCircuit.of(task, kept);
                    return task.measure() == Measure.KL ? circuit.kl() : circuit.difference();
                })
                .average()
                .orElseThrow();
    }

    @Test
    void whatCannotBeComputedIsRefusedByName() {
        Config config = RandomModels.config(2, Positions.STANDARD, Norm.NONE);
        EdgeTask task = task(config, Measure.KL);
        assertThatThrownBy(() -> EdgeEffects.eap(task, Progress.UNWATCHED))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("kl");
        for (String name : List.of("L0H0->L0H1.q", "L1H0->L0H0.k", "MLP0->logits", "embed->MLP0", "pos->L0H0.q", "x")) {
            assertThatThrownBy(() -> Edge.parse(name, config))
                    .isInstanceOf(Refusal.class)
                    .hasMessageContaining(name);
        }
        Run clean = task.model().run(CLEAN);
        Run shorter = task.model().run(new int[] {1, 2});
        assertThatThrownBy(() -> new EdgeTask(task.model(), clean, shorter, METRIC, Measure.KL))
                .isInstanceOf(Refusal.class);
        for (double threshold : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatThrownBy(() -> Acdc.of(task, threshold, Progress.UNWATCHED))
                    .isInstanceOf(Refusal.class)
                    .hasMessageContaining("threshold");
        }
        Run edited = task.model().run(CLEAN, List.of(Edit.zero(new HeadId(0, 0))));
        assertThatThrownBy(() -> new EdgeTask(task.model(), clean, edited, METRIC, Measure.KL))
                .isInstanceOf(Refusal.class);
    }

    /** On the model that was made by hand: the last token came before, and 20 followed it there. */
    private static EdgeTask byHand() {
        Transformer model =
                new Transformer(InductionByHand.config(), InductionByHand.weights(), MatrixProducts.fastest());
        return new EdgeTask(
                model,
                model.run(new int[] {0, 10, 20, 30, 40, 10}),
                model.run(new int[] {0, 11, 20, 30, 40, 10}),
                new PatchingMap.Metric(5, 20, 30),
                Measure.LOGIT_DIFF);
    }

    private static EdgeTask task(Config config) {
        return task(config, Measure.LOGIT_DIFF);
    }

    private static EdgeTask task(Config config, Measure measure) {
        Transformer model = new Transformer(config, RandomModels.weights(config, 5), new EjmlProducts());
        return new EdgeTask(model, model.run(CLEAN), model.run(CORRUPT), METRIC, measure);
    }
}
