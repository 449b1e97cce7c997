package app.headlight.engine.circuits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import app.headlight.engine.circuits.QkCircuit.Term;
import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.tensor.MatrixProducts;
import app.headlight.engine.transformer.Config;
import app.headlight.engine.transformer.HeadId;
import app.headlight.engine.transformer.Progress;
import app.headlight.engine.transformer.RandomModels;
import app.headlight.engine.transformer.Transformer;
import org.junit.jupiter.api.Test;

class HeadFactsTest {

    private static final Config CONFIG =
            Config.builder().sizes(3, 32, 2, 8, 40, 16).build();
    private static final Transformer MODEL =
            new Transformer(CONFIG, RandomModels.weights(CONFIG, 7), MatrixProducts.fastest());
    private static final HeadId HEAD = new HeadId(1, 1);

    @Test
    void numbersAreThoseOfAllHeadsAtOnce() {
        HeadFacts facts = HeadFacts.of(MODEL, HEAD, Progress.UNWATCHED);
        Spectra spectra = Spectra.of(MODEL);
        assertThat(facts.ov().score()).isCloseTo(spectra.ov().get(HEAD).score(), within(1e-3));
        assertThat(facts.qk().score()).isCloseTo(spectra.qk().get(HEAD).score(), within(1e-3));
        assertThat(facts.copies())
                .isCloseTo(
                        CopyingHeads.of(MODEL, RepeatedTokens.of(CONFIG), Progress.UNWATCHED)
                                .get(HEAD),
                        within(1e-9));
        CompositionGraph graph = CompositionGraph.of(MODEL);
        assertThat(facts.partners()).hasSize(3 * 4); // three kinds, with both heads of two other layers
        facts.partners()
                .forEach(edge -> assertThat(edge.raw())
                        .isCloseTo(
                                graph.edges().stream()
                                        .filter(each -> edge.writer().equals(each.writer())
                                                && edge.reader().equals(each.reader())
                                                && edge.kind() == each.kind())
                                        .findFirst()
                                        .orElseThrow()
                                        .raw(),
                                within(1e-4)));
        assertThat(facts.partners()).isSortedAccordingTo((one, other) -> Double.compare(other.excess(), one.excess()));
        assertThat(facts.reads(HEAD, 100))
                .allMatch(edge -> edge.reader().equals(HEAD))
                .hasSize(6);
        assertThat(facts.writes(HEAD, 2))
                .allMatch(edge -> edge.writer().equals(HEAD))
                .hasSize(2);
    }

    /** The root of the mean square of the scores that the circuit gives, entry by entry. */
    @Test
    void theSizeOfATermIsThatOfItsEntries() {
        QkCircuit circuit = QkCircuit.of(MODEL, HEAD);
        HeadFacts facts = HeadFacts.of(MODEL, HEAD, Progress.UNWATCHED);
        assertThat(facts.scores().keySet()).containsExactly(Term.values());
        for (Term term : Term.values()) {
            float[] left = circuit.term(term).left().toArray();
            float[] right = circuit.term(term).right().toArray();
            int rows = circuit.term(term).rows();
            int columns = circuit.term(term).columns();
            int inner = circuit.term(term).inner();
            double squares = 0;
            for (int r = 0; r < rows; r++) {
                for (int c = 0; c < columns; c++) {
                    double entry = 0;
                    for (int k = 0; k < inner; k++) {
                        entry += (double) left[r * inner + k] * right[k * columns + c];
                    }
                    squares += entry * entry / CONFIG.scoreScale(1) / CONFIG.scoreScale(1);
                }
            }
            assertThat(facts.scores().get(term)).isCloseTo(Math.sqrt(squares / rows / columns), within(1e-6));
        }
    }

    @Test
    void aHeadThatIsNotThereIsRefused() {
        assertThatThrownBy(() -> HeadFacts.of(MODEL, new HeadId(3, 0), Progress.UNWATCHED))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("L3H0");
    }
}
