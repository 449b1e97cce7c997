package app.headlight.engine.circuits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import app.headlight.ReferenceModel;
import app.headlight.engine.circuits.QkCircuit.Term;
import app.headlight.engine.transformer.HeadId;
import app.headlight.engine.transformer.Run;
import org.ejml.data.FMatrixRMaj;
import org.ejml.dense.row.CommonOps_FDRM;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QkCircuitTest {

    private static final int[] SENTENCE = {4, 9, 4, 30, 12, 9, 1};

    /** With no norm and no biases, the first layer's scores are the four terms and nothing else. */
    @ParameterizedTest
    @ValueSource(strings = {"random-3l-standard", "storybook-2l-torch"})
    void termsAddUpToTheScoresOfTheFirstLayer(String name) {
        ReferenceModel reference = ReferenceModel.load(name);
        Run run = reference.model().run(SENTENCE);
        HeadId head = new HeadId(0, 1);
        QkCircuit circuit = QkCircuit.of(reference.model(), head);
        FMatrixRMaj sum = new FMatrixRMaj(SENTENCE.length, SENTENCE.length);
        for (Term term : Term.values()) {
            CommonOps_FDRM.addEquals(sum, circuit.between(SENTENCE, term).copy());
        }
        FMatrixRMaj scores = run.scores(head).copy();
        for (int t = 0; t < SENTENCE.length; t++) {
            for (int s = 0; s <= t; s++) {
                assertThat(sum.get(t, s)).isCloseTo(scores.get(t, s), within(1e-4f));
            }
        }
    }

    @Test
    void rowsAndColumnsAreTheTwoDirectionsOfTheSameCircuit() {
        ReferenceModel reference = ReferenceModel.load("random-3l-standard");
        QkCircuit circuit = QkCircuit.of(reference.model(), new HeadId(2, 0));
        FMatrixRMaj among = circuit.between(SENTENCE).copy();
        for (int i = 0; i < SENTENCE.length; i++) {
            for (int j = 0; j < SENTENCE.length; j++) {
                assertThat(circuit.sourcesOf(SENTENCE[i])[SENTENCE[j]]).isCloseTo(among.get(i, j), within(1e-5f));
                assertThat(circuit.destinationsOf(SENTENCE[j])[SENTENCE[i]]).isCloseTo(among.get(i, j), within(1e-5f));
            }
        }
    }

    @Test
    void isTheDenseProductOverTheRootOfDHead() {
        ReferenceModel reference = ReferenceModel.load("random-3l-standard");
        HeadId id = new HeadId(1, 0);
        var head = reference.model().head(id);
        var wE = reference.model().weights().wE();
        FMatrixRMaj queries = CommonOps_FDRM.mult(wE, head.wQ().copy(), null);
        FMatrixRMaj keys = CommonOps_FDRM.mult(wE, head.wK().copy(), null);
        FMatrixRMaj dense = new FMatrixRMaj(wE.numRows, wE.numRows);
        CommonOps_FDRM.multTransB(queries, keys, dense);
        float root = (float) Math.sqrt(head.wQ().columns());
        float[] row = QkCircuit.of(reference.model(), id).sourcesOf(3);
        for (int s = 0; s < row.length; s++) {
            assertThat(row[s]).isCloseTo(dense.get(3, s) / root, within(1e-4f));
        }
    }

    @Test
    void saysThatAPositionOrATermDoesNotExist() {
        ReferenceModel reference = ReferenceModel.load("random-3l-standard");
        QkCircuit circuit = QkCircuit.of(reference.model(), new HeadId(0, 0));
        int[] tooLong = new int[reference.model().config().nCtx() + 1];
        assertThat(circuit.hasPositions()).isTrue();
        assertThatThrownBy(() -> circuit.between(tooLong, Term.POSITION_POSITION))
                .hasMessageContaining("position " + (tooLong.length - 1));
        assertThatThrownBy(() -> circuit.sourcesOf(-1)).hasMessageContaining("token -1");
    }
}
