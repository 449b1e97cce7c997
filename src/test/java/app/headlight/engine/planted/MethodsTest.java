package app.headlight.engine.planted;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import app.headlight.engine.circuits.Edge;
import app.headlight.engine.circuits.EdgeCircuit;
import app.headlight.engine.circuits.EdgeEffects;
import app.headlight.engine.circuits.EdgeTask;
import app.headlight.engine.planted.Methods.Score;
import app.headlight.engine.transformer.InductionByHand;
import app.headlight.engine.transformer.Progress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MethodsTest {

    private static final String HIGH = "ACDC, τ = 2.0";

    static List<PlantedCircuit> all() {
        return PlantedCircuit.all();
    }

    /** What holds whatever the small numbers in the weights are: patching each edge is the definition of its effect. */
    @ParameterizedTest
    @MethodSource("all")
    void exactEffectsTellTheCircuitFromAllOtherEdges(PlantedCircuit circuit) {
        Map<String, Score> scores = Methods.scores(circuit);
        int edges = circuit.edges().size();
        assertThat(scores.get("exact")).isEqualTo(new Score(1, edges));
        assertThat(scores.get("EAP-IG")).isEqualTo(new Score(1, edges));
        assertThat(scores.get(HIGH)).isEqualTo(new Score(1, edges));
        scores.forEach((method, score) -> assertThat(score.area()).as(method).isGreaterThan(0.9));
    }

    /**
     * As measured: where a head attends nearly to one place alone, or a neuron is at
     * the end of a step, the derivative is nearly 0. EAP then puts an edge of the program below one that carries noise.
     */
    @Test
    void theDerivativeAtTheCleanRunMissesWhatIsSaturated() {
        Score eap = Methods.scores(SortThree.circuit()).get("EAP");
        assertThat(eap.area()).isCloseTo(0.995, within(0.005));
        assertThat(eap.found()).isEqualTo(12);

        PlantedCircuit sort = SortThree.circuit();
        Edge smallest = Edge.parse("embed->L0H0.k", sort.model().config());
        assertThat(effect(sort, smallest, false)).isLessThan(-4);
        assertThat(effect(sort, smallest, true)).isCloseTo(0, within(0.2));

        PlantedCircuit induction = PlantedInduction.circuit();
        Edge keys = Edge.parse("L0H0->L1H0.k", InductionByHand.config());
        assertThat(effect(induction, keys, false)).isCloseTo(-8, within(0.01));
        assertThat(effect(induction, keys, true)).isCloseTo(0, within(1e-3));
    }

    private static double effect(PlantedCircuit circuit, Edge edge, boolean eap) {
        return EdgeEffects.mean(circuit.tasks().stream()
                        .map(task -> eap
                                ? EdgeEffects.eap(task, Progress.UNWATCHED)
                                : EdgeEffects.exact(task, Progress.UNWATCHED))
                        .toList())
                .of()
                .get(edge);
    }

    /** By another way than edge by edge: the circuit alone does what the whole model does, on every pair. */
    @ParameterizedTest
    @MethodSource("all")
    void theCircuitAloneDoesWhatTheModelDoes(PlantedCircuit circuit) {
        for (EdgeTask task : circuit.tasks()) {
            Double faithful = EdgeCircuit.faithfulness(
                    EdgeCircuit.of(task, circuit.edges()).difference(), task.cleanMetric(), task.corruptMetric());
            assertThat(faithful).isCloseTo(1, within(0.2)); // the small numbers are cut off too
        }
    }

    @Test
    void theAreaIsTheShareOfPairsInOrder() {
        List<Edge> edges = Edge.all(InductionByHand.config()).subList(0, 5);
        Map<Edge, Double> ranks = new HashMap<>();
        double[] values = {4, 1, 3, 1, 0};
        for (int i = 0; i < values.length; i++) {
            ranks.put(edges.get(i), values[i]);
        }
        // 4 is above three of three; 1 above 0, ties with 1, is below 3
        assertThat(Methods.score(Set.of(edges.get(0), edges.get(1)), ranks)).isEqualTo(new Score(4.5 / 6, 1));
    }
}
