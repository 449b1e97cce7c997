package app.headlight.engine.planted;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import app.headlight.engine.circuits.Edge;
import app.headlight.engine.circuits.EdgeTask;
import app.headlight.engine.tensor.Matrix;
import app.headlight.engine.transformer.HeadId;
import app.headlight.engine.transformer.InductionByHand;
import app.headlight.engine.transformer.Run;
import app.headlight.engine.transformer.Transformer;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PlantedProgramsTest {

    static Stream<PlantedCircuit> all() {
        return PlantedCircuit.all().stream();
    }

    @Test
    void everyThreeDigitsAreSorted() {
        Transformer model = SortThree.circuit().model();
        int tried = 0;
        for (int code = 0; code < 512; code++) {
            int[] digits = {code / 64, code / 8 % 8, code % 8};
            if (Arrays.stream(digits).distinct().count() == 3) {
                Matrix logits = model.run(SortThree.sentence(digits)).logits();
                int[] said = IntStream.range(0, 3)
                        .map(place -> best(logits.row(SortThree.FIRST + place)))
                        .toArray();
                assertThat(said)
                        .as(Arrays.toString(digits))
                        .containsExactly(Arrays.stream(digits).sorted().toArray());
                tried++;
            }
        }
        assertThat(tried).isEqualTo(8 * 7 * 6);
    }

    /** All that brackets alone can be, and a thousand sentences with letters between them; at every place. */
    @Test
    void bracketsAreBalancedOrNot() {
        Transformer model = Brackets.circuit().model();
        int length = Brackets.CONTEXT;
        IntStream.range(0, 1 << length)
                .forEach(code -> isJudged(
                        model,
                        IntStream.range(0, length).map(t -> code >> t & 1).toArray()));
        Random random = new Random(11);
        for (int i = 0; i < 1000; i++) {
            isJudged(model, Brackets.drawn(random, length));
        }
    }

    private static void isJudged(Transformer model, int[] tokens) {
        Matrix logits = model.run(tokens).logits();
        for (int t = 0; t < tokens.length; t++) {
            assertThat(best(logits.row(t)))
                    .as("%s to %d", Arrays.toString(tokens), t)
                    .isEqualTo(Brackets.isBalanced(tokens, t) ? Brackets.YES : Brackets.NO);
        }
    }

    private static int best(float[] logits) {
        return IntStream.range(0, logits.length)
                .reduce((a, b) -> logits[b] > logits[a] ? b : a)
                .orElseThrow();
    }

    /** The values within, and not only what comes out: the balance is an average over all places so far. */
    @Test
    void aHeadAveragesWhatTheProgramSays() {
        int[] tokens = {Brackets.OPEN, Brackets.OPEN, 3, Brackets.CLOSE, Brackets.CLOSE, Brackets.CLOSE};
        Run run = Brackets.circuit().model().run(tokens);
        Matrix written = run.result(new HeadId(0, 0));
        int balance = Brackets.NO + 2; // after the tokens, and what embeds a bracket's number
        double open = 0;
        for (int t = 0; t < tokens.length; t++) {
            open += tokens[t] == Brackets.OPEN ? 1 : tokens[t] == Brackets.CLOSE ? -1 : 0;
            assertThat((double) written.get(t, balance))
                    .isCloseTo(open / (t + 1), within(0.03)); // with its small numbers
        }
    }

    @Test
    void theCircuitsAreThoseOfThePrograms() {
        assertThat(SortThree.circuit().edges())
                .extracting(Edge::toString)
                .containsExactlyInAnyOrder(
                        "embed->L0H0.k",
                        "embed->L0H0.v",
                        "embed->L0H1.k",
                        "embed->L0H1.v",
                        "embed->L0H2.v",
                        "L0H0->L1H0.v",
                        "L0H0->L1H1.v",
                        "L0H1->L1H1.v",
                        "L0H2->L1H1.v",
                        "L0H1->L1H2.v",
                        "L1H0->logits",
                        "L1H1->logits",
                        "L1H2->logits");
        assertThat(Brackets.circuit().edges())
                .extracting(Edge::toString)
                .containsExactlyInAnyOrder(
                        "embed->L0H0.v", "L0H0->MLP0", "MLP0->L1H0.v", "MLP0->MLP1", "L1H0->MLP1", "MLP1->logits");
    }

    /** Each model says the answer where the sentence is clean, and the wrong token where it is corrupt. */
    @ParameterizedTest
    @MethodSource("all")
    void thePairsDifferInWhatIsMeasured(PlantedCircuit circuit) {
        assertThat(circuit.pairs()).hasSize(24);
        for (EdgeTask task : circuit.tasks()) {
            assertThat(task.cleanMetric()).isGreaterThan(3);
            assertThat(task.corruptMetric()).isLessThan(-3);
        }
    }

    @Test
    void theModelByHandSaysWhatFollowedBefore() {
        for (PlantedCircuit.Pair pair : PlantedInduction.circuit().pairs()) {
            assertThat(pair.clean()[0]).isEqualTo(InductionByHand.config().bosToken());
            int last = pair.clean().length - 1;
            int before = IntStream.range(0, last)
                    .filter(t -> pair.clean()[t] == pair.clean()[last])
                    .findFirst()
                    .orElseThrow();
            assertThat(pair.clean()[before + 1]).isEqualTo(pair.metric().answer());
        }
    }
}
