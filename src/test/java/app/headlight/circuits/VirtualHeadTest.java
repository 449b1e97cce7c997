package app.headlight.circuits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import app.headlight.ReferenceModel;
import app.headlight.transformer.HeadId;
import app.headlight.transformer.Run;
import app.headlight.transformer.Transformer;
import java.util.List;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.data.FMatrixRMaj;
import org.ejml.dense.row.CommonOps_FDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.junit.jupiter.api.Test;

class VirtualHeadTest {

    private static final List<HeadId> HEADS = List.of(new HeadId(0, 2), new HeadId(1, 0), new HeadId(2, 1));

    private final Transformer model = ReferenceModel.load("random-3l-standard").model();
    private final VirtualHead virtual = VirtualHead.of(model, HEADS);

    @Test
    void patternIsThatOfTheLaterHeadTimesThatOfTheEarlier() {
        Run run = model.run(new int[] {4, 9, 4, 30, 12, 9, 1});
        FMatrixRMaj pattern = virtual.pattern(model, run);
        for (int t = 0; t < run.length(); t++) {
            double sum = 0;
            for (int s = 0; s < run.length(); s++) {
                double ways = 0;
                for (int i = 0; i < run.length(); i++) {
                    for (int j = 0; j < run.length(); j++) {
                        ways += run.pattern(HEADS.get(2)).get(t, i)
                                * run.pattern(HEADS.get(1)).get(i, j)
                                * run.pattern(HEADS.get(0)).get(j, s);
                    }
                }
                assertThat((double) pattern.get(t, s)).isCloseTo(ways, within(1e-6));
                assertThat(s > t && ways != 0).isFalse();
                sum += pattern.get(t, s);
            }
            assertThat(sum).isCloseTo(1, within(1e-5));
        }
    }

    @Test
    void ovCircuitIsTheDenseProduct() {
        FMatrixRMaj dense = dense();
        for (int source = 0; source < dense.numRows; source++) {
            float[] outputs = virtual.ovCircuit(model).outputsOf(source, false);
            for (int output = 0; output < dense.numCols; output++) {
                assertThat(outputs[output]).isCloseTo(dense.get(source, output), within(1e-4f));
            }
        }
    }

    @Test
    void eigenvaluesAreThoseOfTheDenseCircuit() {
        FMatrixRMaj dense = dense();
        DMatrixRMaj square = new DMatrixRMaj(dense.numRows, dense.numCols);
        for (int i = 0; i < dense.data.length; i++) {
            square.data[i] = dense.data[i];
        }
        var eigen = DecompositionFactory_DDRM.eig(square.numRows, false);
        assertThat(eigen.decompose(square)).isTrue();
        double[] magnitudes = IntStream.range(0, square.numRows)
                .mapToDouble(i -> -eigen.getEigenvalue(i).getMagnitude())
                .sorted()
                .toArray();
        Spectrum spectrum = virtual.ovCircuit(model).spectrum();
        assertThat(spectrum.eigenvalues()).hasSize(model.config().dHead());
        for (int i = 0; i < spectrum.eigenvalues().size(); i++) {
            assertThat(spectrum.eigenvalues().get(i).magnitude()).isCloseTo(-magnitudes[i], within(1e-3));
        }
        double trace = 0;
        for (int i = 0; i < dense.numRows; i++) {
            trace += dense.get(i, i);
        }
        assertThat(spectrum.eigenvalues().stream()
                        .mapToDouble(value -> value.re())
                        .sum())
                .isCloseTo(trace, within(1e-3));
    }

    @Test
    void isOfTwoHeadsOrMoreEachInALaterLayer() {
        assertThat(virtual.name()).isEqualTo("L0H2->L1H0->L2H1");
        assertThatThrownBy(() -> VirtualHead.of(model, HEADS.subList(0, 1))).hasMessageContaining("two heads");
        assertThatThrownBy(() -> VirtualHead.of(model, List.of(new HeadId(1, 0), new HeadId(1, 1))))
                .hasMessageContaining("does not come before");
        assertThatThrownBy(() -> VirtualHead.of(model, List.of(new HeadId(1, 0), new HeadId(3, 1))))
                .hasMessageContaining("no head L3H1");
    }

    private FMatrixRMaj dense() {
        FMatrixRMaj stream = model.weights().wE();
        for (HeadId id : HEADS) {
            stream = CommonOps_FDRM.mult(
                    stream,
                    CommonOps_FDRM.mult(model.head(id).wV(), model.head(id).wO(), null),
                    null);
        }
        return CommonOps_FDRM.mult(stream, model.weights().wU(), null);
    }
}
