package app.headlight.engine.circuits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import app.headlight.engine.circuits.PatchingMap.By;
import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.tensor.EjmlProducts;
import app.headlight.engine.tensor.MatrixProducts;
import app.headlight.engine.transformer.Config;
import app.headlight.engine.transformer.InductionByHand;
import app.headlight.engine.transformer.Progress;
import app.headlight.engine.transformer.RandomModels;
import app.headlight.engine.transformer.Site.Kind;
import app.headlight.engine.transformer.Transformer;
import app.headlight.engine.transformer.Weights;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
