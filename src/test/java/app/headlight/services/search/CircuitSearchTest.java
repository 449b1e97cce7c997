package app.headlight.services.search;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import app.headlight.SharedServer;
import app.headlight.engine.circuits.Acdc;
import app.headlight.engine.circuits.Edge;
import app.headlight.engine.circuits.EdgeCircuit;
import app.headlight.engine.circuits.EdgeCurve;
import app.headlight.engine.circuits.EdgeCurve.Ranking;
import app.headlight.engine.circuits.EdgeEffects;
import app.headlight.engine.circuits.EdgeTask;
import app.headlight.engine.circuits.EdgeTask.Measure;
import app.headlight.engine.circuits.MeanCurve;
import app.headlight.engine.circuits.PatchingMap.Metric;
import app.headlight.engine.transformer.Progress;
import app.headlight.services.lab.Laboratory;
import app.headlight.services.models.ModelLibrary;
import app.headlight.services.models.OpenModel;
import app.headlight.services.search.CircuitSearch.Method;
import app.headlight.services.search.CircuitSearch.Results;
import app.headlight.services.search.ReadyPair.Template;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class CircuitSearchTest extends SharedServer {

    @Autowired
    private ModelLibrary library;

    @Autowired
    private Laboratory lab;

    @Test
    void circuitsAreFoundOnOneHalfAndMeasuredOnBoth() {
        OpenModel model = library.open("storybook-2l").orElseThrow();
        PairSet set = pairs(model, 4, Measure.LOGIT_DIFF);
        Results results = lab.get(new CircuitSearch(lab).results(model, set, List.of(Method.EXACT, Method.EAP_IG)));

        List<EdgeEffects> each = new ArrayList<>();
        List<EdgeTask> tasks =
                set.pairs().stream().map(pair -> task(model, pair)).toList();
        tasks.subList(0, 2).forEach(task -> each.add(EdgeEffects.exact(task, Progress.UNWATCHED)));
        SearchResult exact = results.by().get(Method.EXACT);
        Edge keys = Edge.parse("L0H0->L1H3.k", model.config());
        double mean = (each.get(0).of().get(keys) + each.get(1).of().get(keys)) / 2;
        assertThat(exact.effects().of().get(keys)).isCloseTo(mean, within(1e-9));

        // By another route: the curve of the third and the fourth pair, which no method saw.
        List<Integer> kept = EdgeCurve.shares(Edge.all(model.config()).size());
        List<Edge> ranked = EdgeCurve.ranked(EdgeEffects.mean(each), Ranking.ABSOLUTE, Measure.LOGIT_DIFF);
        MeanCurve heldOut = MeanCurve.of(tasks.subList(2, 4).stream()
                .map(task -> EdgeCurve.of(task, ranked, kept, Progress.UNWATCHED))
                .toList());
        for (int i = 0; i < kept.size(); i++) {
            assertThat(exact.heldOut()
                            .strongest()
                            .points()
                            .get(i)
                            .faithfulness()
                            .mean())
                    .as("%d edges", kept.get(i))
                    .isCloseTo(heldOut.points().get(i).faithfulness().mean(), within(1e-6));
        }
        assertThat(results.ends().get(3).clean()).isCloseTo(tasks.get(3).cleanMetric(), within(1e-9));
    }

    @Test
    void whatWasFoundIsReadAsItWasStored() {
        OpenModel model = library.open("storybook-2l").orElseThrow();
        CircuitSearch search = new CircuitSearch(lab);
        PairSet set = pairs(model, 3, Measure.LOGIT_DIFF);
        Results results = lab.get(search.results(model, set, List.of(Method.EAP, Method.EAP_IG)));
        assertThat(FoundText.results(FoundText.of(results), model.config())).isEqualTo(results);
        SearchResult acdc = lab.get(search.acdc(model, set, 0.5));
        assertThat(FoundText.result(FoundText.of(acdc), model.config())).isEqualTo(acdc);
        // A single pair, of which nothing is held out and no deviation is known
        Results ofOne = lab.get(search.results(model, pairs(model, 1, Measure.KL), List.of(Method.EAP_IG)));
        assertThat(ofOne.random().found().strongest().area().deviation()).isNaN();
        assertThat(FoundText.results(FoundText.of(ofOne), model.config())).isEqualTo(ofOne);
    }

    @Test
    void theTimeThatIsLeftIsThatOfThisTurn() {
        SearchJobs.Progress half = SearchJobs.Progress.of(
                SearchJobs.Progress.text(0.25, Instant.now().minusSeconds(100)));
        assertThat(half.done()).isEqualTo(0.25);
        assertThat(half.secondsLeft()).isBetween(300L, 330L);
        assertThat(SearchJobs.Progress.of("0.25")).isEqualTo(new SearchJobs.Progress(0.25, null));
        assertThat(SearchJobs.Progress.of(SearchJobs.Progress.text(0, Instant.now()))
                        .secondsLeft())
                .isNull();
    }

    /** The circuit that is known of this model: L0H0 moves the previous token, L1H3's keys read it. */
    @Test
    void theInductionCircuitIsFoundAndBeatsChance() {
        OpenModel model = library.open("storybook-2l").orElseThrow();
        PairSet set = pairs(model, 8, Measure.LOGIT_DIFF);
        Results results = lab.get(new CircuitSearch(lab).results(model, set, List.of(Method.EXACT, Method.EAP_IG)));
        results.by().forEach((method, result) -> {
            assertThat(result.effects().strongest().stream().limit(8).map(Edge::toString))
                    .as(method.name())
                    .contains("L0H0->L1H3.k", "L1H3->logits");
            assertThat(result.heldOut().supporting().area().mean())
                    .as(method.name())
                    .isGreaterThan(
                            results.random().heldOut().supporting().area().mean());
            assertThat(result.heldOut().strongest().distance().mean())
                    .as(method.name())
                    .isLessThan(
                            results.random().heldOut().strongest().distance().mean());
        });
    }

    @Test
    void ofKlTheWholeModelIsFaithfulAndNoEdgeIsNot() {
        OpenModel model = library.open("storybook-2l").orElseThrow();
        Results results =
                lab.get(new CircuitSearch(lab).results(model, pairs(model, 4, Measure.KL), List.of(Method.EXACT)));
        MeanCurve curve = results.by().get(Method.EXACT).heldOut().supporting();
        assertThat(curve.points().getFirst().faithfulness().mean()).isCloseTo(0, within(1e-4));
        assertThat(curve.points().getLast().faithfulness().mean()).isCloseTo(1, within(1e-4));
        assertThat(curve.area().mean())
                .isGreaterThan(results.random().heldOut().supporting().area().mean());
    }

    @Test
    void acdcFindsOneCircuitForAllPairs() {
        OpenModel model = library.open("storybook-2l").orElseThrow();
        PairSet set = pairs(model, 4, Measure.LOGIT_DIFF);
        SearchResult result = lab.get(new CircuitSearch(lab).acdc(model, set, 0.7));
        List<EdgeTask> tasks =
                set.pairs().stream().map(pair -> task(model, pair)).toList();
        Acdc acdc = Acdc.of(tasks.subList(0, 2), 0.7, Progress.UNWATCHED);
        assertThat(result.effects().of().entrySet().stream()
                        .filter(effect -> effect.getValue() != 0)
                        .map(Map.Entry::getKey))
                .containsExactlyInAnyOrderElementsOf(acdc.kept())
                .contains(Edge.parse("L0H0->L1H3.k", model.config()), Edge.parse("L1H3->logits", model.config()));
        // By another route: what the circuit keeps of the third and the fourth pair.
        double faithfulness = tasks.subList(2, 4).stream()
                .mapToDouble(task -> EdgeCircuit.faithfulness(
                        EdgeCircuit.of(task, acdc.kept()).difference(), task.cleanMetric(), task.corruptMetric()))
                .average()
                .orElseThrow();
        assertThat(result.heldOut().strongest().points().stream()
                        .filter(point -> point.kept() == acdc.kept().size())
                        .map(point -> point.faithfulness().mean()))
                .singleElement(as(InstanceOfAssertFactories.DOUBLE))
                .isCloseTo(faithfulness, within(1e-5));
        assertThat(CircuitSearch.acdcSeconds(model, set)).isBetween(0.01, 60.0);
    }

    @Test
    void aSinglePairHasNoHalfThatIsHeldOut() {
        OpenModel model = library.open("storybook-2l").orElseThrow();
        Results results = lab.get(
                new CircuitSearch(lab).results(model, pairs(model, 1, Measure.LOGIT_DIFF), List.of(Method.EAP)));
        assertThat(results.by().get(Method.EAP).heldOut()).isNull();
        assertThat(results.by().get(Method.EAP).found().strongest().pairs()).isEqualTo(1);
    }

    private static PairSet pairs(OpenModel model, int count, Measure measure) {
        return new PairSet(LongStream.range(0, count)
                .mapToObj(seed -> ReadyPair.of(model, Template.INDUCTION, seed).orElseThrow())
                .map(pair -> {
                    int[] clean = model.encode(pair.clean());
                    return SearchTask.of(
                            clean,
                            model.encode(pair.corrupt()),
                            new Metric(clean.length - 1, id(model, pair.answer()), id(model, pair.wrong())),
                            measure);
                })
                .toList());
    }

    private static int id(OpenModel model, String label) {
        return model.encode(label.replace('·', ' '))[0];
    }

    private static EdgeTask task(OpenModel model, SearchTask pair) {
        return new EdgeTask(
                model.transformer(),
                model.transformer().run(pair.cleanTokens(), List.of()),
                model.transformer().run(pair.corruptTokens(), List.of()),
                pair.metric(),
                pair.measure());
    }
}
