package app.headlight.engine.circuits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import app.headlight.engine.circuits.HeadLabel.Kind;
import app.headlight.engine.tensor.MatrixProducts;
import app.headlight.engine.transformer.Config;
import app.headlight.engine.transformer.HeadId;
import app.headlight.engine.transformer.Norm;
import app.headlight.engine.transformer.Positions;
import app.headlight.engine.transformer.RandomModels;
import app.headlight.engine.transformer.Transformer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Roles by scores that are given, and the composition by another route. */
class HeadRolesTest {

    private final Config config = RandomModels.config(2, Positions.STANDARD, Norm.NONE);
    private final Transformer model =
            new Transformer(config, RandomModels.weights(config, 3), MatrixProducts.fastest());

    @Test
    void aHeadHasTheRoleOfItsHighestScoreAndTheBestStandsFirst() {
        Map<HeadId, DetectorScores> scores = new LinkedHashMap<>();
        scores.put(new HeadId(0, 0), new DetectorScores(0.3, 0.1, 0, 0));
        scores.put(new HeadId(0, 1), new DetectorScores(0.19, 0, 0, 0.1)); // known for nothing
        scores.put(new HeadId(0, 2), new DetectorScores(0.9, 0, 0, 0.4));
        scores.put(new HeadId(1, 0), new DetectorScores(0.25, 0, 0.7, 0));
        scores.put(new HeadId(1, 1), new DetectorScores(0, 0.1, 0, 0.4));
        scores.put(new HeadId(1, 2), new DetectorScores(0, 0.1, 0.8, 0));
        HeadRoles roles = HeadRoles.of(model, scores);
        assertThat(roles.held().get(Kind.PREVIOUS))
                .containsExactly(new HeadRoles.Held(new HeadId(0, 2), 0.9), new HeadRoles.Held(new HeadId(0, 0), 0.3));
        assertThat(roles.held().get(Kind.INDUCTION))
                .containsExactly(new HeadRoles.Held(new HeadId(1, 2), 0.8), new HeadRoles.Held(new HeadId(1, 0), 0.7));
        assertThat(roles.held().get(Kind.FIRST)).hasSize(1);
        assertThat(roles.held().get(Kind.DUPLICATE)).isEmpty();
        double most = List.of(0, 1, 2).stream()
                .mapToDouble(
                        earlier -> Composition.K.raw(model.head(new HeadId(0, earlier)), model.head(new HeadId(1, 2))))
                .max()
                .orElseThrow();
        assertThat(roles.keys()).isNotNull();
        assertThat(roles.keys().raw()).isCloseTo(most, within(1e-6));
        long positive = model.heads().stream()
                .filter(head -> OvCircuit.of(model, head).spectrum().score() > 0)
                .count();
        assertThat(roles.copying()).isEqualTo((int) positive);
    }

    @Test
    void withoutAnInductionHeadNothingComposesIntoIt() {
        HeadRoles roles = HeadRoles.of(model, Map.of(new HeadId(1, 0), new DetectorScores(1, 0, 0, 0)));
        assertThat(roles.keys()).isNull();
        Map<HeadId, DetectorScores> first = Map.of(new HeadId(0, 0), new DetectorScores(0, 0, 1, 0));
        assertThat(HeadRoles.of(model, first).keys())
                .as("no head stands before it")
                .isNull();
    }
}
