package app.headlight.engine.circuits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import app.headlight.engine.circuits.PatchingMap.By;
import app.headlight.engine.tensor.MatrixProducts;
import app.headlight.engine.transformer.InductionByHand;
import app.headlight.engine.transformer.Progress;
import app.headlight.engine.transformer.Site.Kind;
import app.headlight.engine.transformer.Transformer;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

    private static String name(PatchingMap.Place place) {
        return place.layer() + "." + (place.head() < 0 ? "-" : place.head()) + "."
                + (place.position() < 0 ? "-" : place.position());
    }
}
