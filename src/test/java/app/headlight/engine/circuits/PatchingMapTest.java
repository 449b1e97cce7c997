package app.headlight.engine.circuits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import app.headlight.engine.circuits.PatchingMap.By;
import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.tensor.EjmlProducts;
import app.headlight.engine.tensor.Matrix;
import app.headlight.engine.tensor.MatrixProducts;
import app.headlight.engine.transformer.Config;
import app.headlight.engine.transformer.Edit;
import app.headlight.engine.transformer.InductionByHand;
import app.headlight.engine.transformer.Progress;
import app.headlight.engine.transformer.RandomModels;
import app.headlight.engine.transformer.Run;
import app.headlight.engine.transformer.Site;
import app.headlight.engine.transformer.Site.Kind;
import app.headlight.engine.transformer.Transformer;
import app.headlight.engine.transformer.Weights;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** On the model that was made by hand the map is known before it is computed. */
class PatchingMapTest {

    private static final Transformer MODEL =
            new Transformer(InductionByHand.config(), InductionByHand.weights(), MatrixProducts.fastest());

    /** The last token came before, at position 1, and 20 followed it there. */
    private static final int[] CLEAN = {0, 10, 20, 30, 40, 10};

    private static final int[] CORRUPT = {0, 11, 20, 30, 40, 10};
    private static final PatchingMap.Metric METRIC = new PatchingMap.Metric(5, 20, 30);

    /**
     * The token at position 1 is the token before at position 2, where L0H0 writes it; there L1H0 finds it by its key from
     * position 5. Every other place leaves the corrupt run as it is.
     *
     * @param all the places that bring all of the difference back: layer.head.position, − where there is no such axis
     */
    @ParameterizedTest
    @CsvSource({
        "RESID_PRE, POSITION, 0.-.1 1.-.2",
        "RESID_POST, POSITION, 0.-.2 1.-.5",
        "ATTN_OUT, POSITION, 0.-.2 1.-.5",
        "RESULT, HEAD_POSITION, 0.0.2 1.0.5",
        "RESULT, HEAD, 0.0.- 1.0.-",
        "Z, HEAD, 0.0.- 1.0.-",
        "V, HEAD, 0.0.-",
        "K, HEAD, 1.0.-",
        "Q, HEAD, ''",
        "PATTERN, HEAD, 1.0.-",
        "PATTERN, HEAD_POSITION, 1.0.5"
    })
    void aPlaceBringsBackAllOrNothing(Kind kind, By by, String all) {
        PatchingMap map =
                PatchingMap.of(MODEL, MODEL.run(CORRUPT), MODEL.run(CLEAN), kind, by, METRIC, Progress.UNWATCHED);
        assertThat(map.other() - map.base()).isCloseTo(8, within(1e-3));
        Set<String> expected = all.isEmpty() ? Set.of() : Set.of(all.split(" "));
        for (PatchingMap.Place place : map.places()) {
            assertThat(map.recovered(place))
                    .as(name(place))
                    .isCloseTo(expected.contains(name(place)) ? 1 : 0, within(1e-3));
        }
        assertThat(map.places().stream().map(PatchingMapTest::name).collect(Collectors.toSet()))
                .hasSameSizeAs(map.places())
                .containsAll(expected);
    }

    @Test
    void allPlacesOfAnotherRunFromALayerOnAreThatRun() {
        PatchingMap map = PatchingMap.of(
                MODEL, MODEL.run(CLEAN), MODEL.run(CORRUPT), Kind.RESID_POST, By.POSITION, METRIC, Progress.UNWATCHED);
        PatchingMap.Place last = map.places().getLast();
        assertThat(List.of(last.layer(), last.position())).isEqualTo(List.of(1, 5));
        assertThat(last.metric()).isEqualTo(map.other());
    }

    /** Of two tokens that are nearly the same the patches are nearly linear, and so nearly the estimates. */
    @ParameterizedTest
    @MethodSource("kinds")
    void theEstimateIsTheMapWhereSentencesAreNearlyTheSame(Config config) {
        int[] clean = {3, 1, 7, 2, 5, 1};
        int[] corrupt = {3, 6, 7, 2, 8, 1};
        Weights weights = RandomModels.weights(config, 6);
        Random random = new Random(8);
        for (int d = 0; d < weights.wE().numCols; d++) {
            weights.wE().set(6, d, weights.wE().get(1, d) + 0.002f * (float) random.nextGaussian());
            weights.wE().set(8, d, weights.wE().get(5, d) + 0.002f * (float) random.nextGaussian());
        }
        Transformer model = new Transformer(config, weights, new EjmlProducts());
        PatchingMap.Metric metric = new PatchingMap.Metric(5, 4, 9);
        for (Kind kind : Kind.values()) {
            if (!kind.isByLayer() || !isIn(kind, config)) {
                continue;
            }
            for (By by : kind.isByHead() ? List.of(By.HEAD, By.HEAD_POSITION) : List.of(By.POSITION)) {
                PatchingMap exact = PatchingMap.of(
                        model, model.run(clean), model.run(corrupt), kind, by, metric, Progress.UNWATCHED);
                PatchingMap estimate =
                        PatchingMap.estimate(model, model.run(clean), model.run(corrupt), kind, by, metric);
                assertThat(estimate.base()).isEqualTo(exact.base());
                assertThat(estimate.other()).isEqualTo(exact.other());
                double largest = exact.places().stream()
                        .mapToDouble(place -> Math.abs(place.metric() - exact.base()))
                        .max()
                        .orElseThrow();
                for (int i = 0; i < exact.places().size(); i++) {
                    assertThat(estimate.places().get(i).metric())
                            .as(kind + " " + name(exact.places().get(i)))
                            .isCloseTo(exact.places().get(i).metric(), within(0.04 * largest + 2e-6));
                }
            }
        }
    }

    /** What is told first are estimates; each time more of the largest are exact, and at last all. */
    @Test
    void theLargestEstimatesBecomeExactFirst() {
        List<PairMaps.Pair> pairs = List.of(
                new PairMaps.Pair(MODEL.run(CORRUPT), MODEL.run(CLEAN), METRIC),
                new PairMaps.Pair(
                        MODEL.run(new int[] {0, 12, 21, 30, 40, 13}),
                        MODEL.run(new int[] {0, 13, 21, 30, 40, 13}),
                        new PatchingMap.Metric(5, 21, 30)));
        List<PairMaps> told = new ArrayList<>();
        PairMaps exact = PairMaps.of(MODEL, pairs, Kind.RESID_PRE, By.POSITION, Progress.UNWATCHED, told::add);
        PairMaps estimate = PairMaps.estimate(MODEL, pairs, Kind.RESID_PRE, By.POSITION);
        assertThat(told.getFirst()).isEqualTo(estimate);
        assertThat(told.getLast()).isEqualTo(exact);
        assertThat(told)
                .hasSize(13)
                .extracting(PairMaps::estimated)
                .startsWith(12, 11, 10)
                .endsWith(1, 0);
        double[] sizes = new double[12];
        for (int place = 0; place < 12; place++) {
            sizes[place] =
                    Math.abs(estimate.metric(place).mean() - estimate.base().mean());
        }
        for (PairMaps some : told) {
            double smallestExact = Double.MAX_VALUE;
            double largestEstimate = 0;
            for (int place = 0; place < 12; place++) {
                boolean isEstimate = some.places().get(place).isEstimate();
                PairMaps from = isEstimate ? estimate : exact;
                assertThat(some.metric(place)).isEqualTo(from.metric(place));
                smallestExact = isEstimate ? smallestExact : Math.min(smallestExact, sizes[place]);
                largestEstimate = isEstimate ? Math.max(largestEstimate, sizes[place]) : largestEstimate;
            }
            assertThat(smallestExact).isGreaterThanOrEqualTo(largestEstimate);
        }
        // Both pairs have the same circuit, so that its two places bring everything back in both.
        assertThat(exact.recovered(1).mean()).isCloseTo(1, within(1e-3));
        assertThat(exact.recovered(1).deviation()).isCloseTo(0, within(1e-3));
    }

    /**
     * What the estimate multiplies the change of an activation by is the derivative that central differences find: runs
     * with the activation moved a little towards the other run, and a little away from it.
     */
    @ParameterizedTest
    @MethodSource("kinds")
    void theEstimateIsTheSlopeByCentralDifferences(Config config) {
        Transformer model = new Transformer(config, RandomModels.weights(config, 6), new EjmlProducts());
        Run base = model.run(new int[] {3, 6, 7, 2, 8, 1});
        Run other = model.run(new int[] {3, 1, 7, 2, 5, 1});
        PatchingMap.Metric metric = new PatchingMap.Metric(5, 4, 9);
        float step = 1 / 64f;
        for (Kind kind : List.of(Kind.RESID_PRE, Kind.ATTN_OUT, Kind.Q, Kind.K, Kind.V, Kind.PATTERN)) {
            By by = kind.isByHead() ? By.HEAD_POSITION : By.POSITION;
            PatchingMap estimate = PatchingMap.estimate(model, base, other, kind, by, metric);
            double largest = estimate.places().stream()
                    .mapToDouble(place -> Math.abs(place.metric() - estimate.base()))
                    .max()
                    .orElseThrow();
            for (PatchingMap.Place place : estimate.places()) {
                Site site = new Site(kind, place.layer(), place.head());
                double slope = (moved(model, base, other, site, place, step, metric)
                                - moved(model, base, other, site, place, -step, metric))
                        / (2 * step);
                assertThat(place.metric() - estimate.base())
                        .as(kind + " " + name(place))
                        .isCloseTo(slope, within(0.02 * largest + 2e-3));
            }
        }
    }

    private static double moved(
            Transformer model,
            Run base,
            Run other,
            Site site,
            PatchingMap.Place place,
            float share,
            PatchingMap.Metric metric) {
        FMatrixRMaj values =
                model.activations(base, Set.of(site.kind())).get(site).copy();
        FMatrixRMaj from = model.activations(other, Set.of(site.kind())).get(site);
        for (int i = 0; i < values.data.length; i++) {
            values.data[i] += share * (from.data[i] - values.data[i]);
        }
        return metric.of(model.rerun(
                base, List.of(new Edit.Patch(site, Edit.At.position(place.position()), Matrix.of(values)))));
    }

    private static boolean isIn(Kind kind, Config config) {
        try {
            kind.check(config);
            return true;
        } catch (Refusal notThere) {
            return false;
        }
    }

    static Stream<Config> kinds() {
        return RandomModels.kinds();
    }

    private static String name(PatchingMap.Place place) {
        return place.layer() + "." + (place.head() < 0 ? "-" : place.head()) + "."
                + (place.position() < 0 ? "-" : place.position());
    }
}
