package app.headlight.engine.circuits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import app.headlight.ReferenceModel;
import app.headlight.engine.transformer.Head;
import app.headlight.engine.transformer.HeadId;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.data.FMatrixRMaj;
import org.ejml.dense.row.CommonOps_FDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.junit.jupiter.api.Test;

class OvCircuitTest {

    private static final HeadId HEAD = new HeadId(1, 2);

    private final ReferenceModel reference = ReferenceModel.load("random-2l-lnpre-biases");
    private final OvCircuit circuit = OvCircuit.of(reference.model(), HEAD);
    private final FMatrixRMaj dense = dense();

    @Test
    void isTheDenseProductOfEmbeddingHeadAndUnembedding() {
        for (int source = 0; source < dense.numRows; source++) {
            float[] outputs = circuit.outputsOf(source, false);
            for (int output = 0; output < dense.numCols; output++) {
                assertThat(outputs[output]).isCloseTo(dense.get(source, output), within(1e-4f));
                assertThat(circuit.sourcesOf(output, false)[source]).isCloseTo(outputs[output], within(1e-5f));
            }
        }
    }

    @Test
    void centredRowsHaveMeanZeroAndKeepTheirDifferences() {
        for (int source = 0; source < dense.numRows; source++) {
            float[] centred = circuit.outputsOf(source, true);
            float[] raw = circuit.outputsOf(source, false);
            assertThat(IntStream.range(0, centred.length)
                            .mapToDouble(i -> centred[i])
                            .sum())
                    .isCloseTo(0, within(1e-3));
            assertThat(centred[7] - centred[3]).isCloseTo(raw[7] - raw[3], within(1e-4f));
        }
    }

    @Test
    void sentenceMatrixHoldsTheRowsAndColumnsOfItsTokens() {
        int[] sentence = {4, 9, 4, 30};
        FMatrixRMaj among = circuit.between(sentence, true).copy();
        for (int i = 0; i < sentence.length; i++) {
            for (int j = 0; j < sentence.length; j++) {
                float expected = circuit.outputsOf(sentence[i], true)[sentence[j]];
                assertThat(among.get(i, j)).isCloseTo(expected, within(1e-5f));
                assertThat(circuit.sourcesOf(sentence[j], true)[sentence[i]]).isCloseTo(expected, within(1e-5f));
            }
        }
    }

    @Test
    void eigenvaluesAreThoseOfTheDenseCircuitAndOtherwiseZero() {
        DMatrixRMaj square = new DMatrixRMaj(dense.numRows, dense.numCols);
        for (int i = 0; i < dense.data.length; i++) {
            square.data[i] = dense.data[i];
        }
        var eigen = DecompositionFactory_DDRM.eig(square.numRows, false);
        assertThat(eigen.decompose(square)).isTrue();
        double[] magnitudes = IntStream.range(0, square.numRows)
                .mapToDouble(i -> -eigen.getEigenvalue(i).getMagnitude())
                .sorted()
                .map(m -> -m)
                .toArray();
        var spectrum = circuit.spectrum().eigenvalues();
        for (int i = 0; i < magnitudes.length; i++) {
            double expected = i < spectrum.size() ? spectrum.get(i).magnitude() : 0;
            assertThat(magnitudes[i]).isCloseTo(expected, within(1e-3));
        }
    }

    @Test
    void singularDirectionsReadAndWriteWhatTheirVectorsSay() {
        var directions = SingularDirections.ofOv(reference.model(), HEAD, 3).directions();
        assertThat(directions).hasSize(6);
        var first = directions.getFirst();
        assertThat(first.readsMost()).hasSize(3);
        // The token that the strongest direction reads most strongly is read with a positive sign.
        assertThat(first.readsMost().getFirst().value())
                .isGreaterThanOrEqualTo(-first.readsLeast().getFirst().value());
        // All directions together are the circuit: sum of s (W_E u) (v W_U), centred.
        double sum = 0;
        var all =
                SingularDirections.ofOv(reference.model(), HEAD, dense.numRows).directions();
        for (var direction : all) {
            double read = direction.readsMost().stream()
                    .filter(e -> e.index() == 5)
                    .findFirst()
                    .orElseThrow()
                    .value();
            double written = direction.raises().stream()
                    .filter(e -> e.index() == 11)
                    .findFirst()
                    .orElseThrow()
                    .value();
            sum += direction.value() * read * written;
        }
        assertThat(sum).isCloseTo(circuit.outputsOf(5, true)[11], within(1e-4));
    }

    @Test
    void namesATokenThatDoesNotExist() {
        assertThatThrownBy(() -> circuit.outputsOf(50, true))
                .hasMessageContaining("token 50")
                .hasMessageContaining("0 to 49");
        assertThatThrownBy(() -> circuit.between(new int[] {1, -1}, true)).hasMessageContaining("token -1");
    }

    private FMatrixRMaj dense() {
        Head head = reference.model().head(HEAD);
        FMatrixRMaj read =
                CommonOps_FDRM.mult(reference.model().weights().wE(), head.wV().copy(), null);
        FMatrixRMaj written = CommonOps_FDRM.mult(
                head.wO().copy(), reference.model().weights().wU(), null);
        return CommonOps_FDRM.mult(read, written, null);
    }
}
