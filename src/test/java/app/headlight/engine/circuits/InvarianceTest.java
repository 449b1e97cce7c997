package app.headlight.engine.circuits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import app.headlight.ReferenceModel;
import app.headlight.engine.transformer.HeadId;
import app.headlight.engine.transformer.Transformer;
import app.headlight.engine.transformer.Weights;
import java.util.Random;
import org.ejml.data.FMatrixRMaj;
import org.ejml.dense.row.CommonOps_FDRM;
import org.ejml.dense.row.RandomMatrices_FDRM;
import org.junit.jupiter.api.Test;

/** The residual stream has no basis of its own: turned as a whole, a model is the same model. */
class InvarianceTest {

    private static final int[] SENTENCE = {4, 9, 4, 30, 12, 9, 4, 30};

    private final ReferenceModel reference = ReferenceModel.load("random-3l-standard");
    private final Transformer model = reference.model();
    private final Transformer turned = turned(model);

    @Test
    void circuitsStayTheSameInATurnedStream() {
        for (HeadId head : reference.heads()) {
            OvCircuit ov = OvCircuit.of(model, head);
            OvCircuit turnedOv = OvCircuit.of(turned, head);
            assertThat(turnedOv.spectrum().score()).isCloseTo(ov.spectrum().score(), within(1e-5));
            assertThat(turnedOv.outputsOf(3, true)).containsExactly(ov.outputsOf(3, true), within(1e-4f));
            QkCircuit qk = QkCircuit.of(model, head);
            QkCircuit turnedQk = QkCircuit.of(turned, head);
            assertThat(turnedQk.spectrum().score()).isCloseTo(qk.spectrum().score(), within(1e-5));
            for (QkCircuit.Term term : QkCircuit.Term.values()) {
                assertThat(turnedQk.between(SENTENCE, term).toArray())
                        .containsExactly(qk.between(SENTENCE, term).toArray(), within(1e-4f));
            }
        }
    }

    @Test
    void headsKeepTheirShapeAndTheirCompositionInATurnedStream() {
        HeadId earlier = new HeadId(0, 1);
        HeadId later = new HeadId(2, 0);
        for (Composition kind : Composition.values()) {
            assertThat(kind.raw(turned.head(earlier), turned.head(later)))
                    .isCloseTo(kind.raw(model.head(earlier), model.head(later)), within(1e-5));
        }
        assertThat(HeadGeometry.of(turned.head(later)).ovEffectiveDimension())
                .isCloseTo(HeadGeometry.of(model.head(later)).ovEffectiveDimension(), within(1e-4));
    }

    @Test
    void effectsOnTheLogitsStayTheSameInATurnedStream() {
        LogitEffect effect = LogitEffect.of(model, model.run(SENTENCE));
        LogitEffect turnedEffect = LogitEffect.of(turned, turned.run(SENTENCE));
        for (HeadId head : reference.heads()) {
            assertThat(turnedEffect.of(head).toArray())
                    .containsExactly(effect.of(head).toArray(), within(1e-3f));
        }
    }

    private static Transformer turned(Transformer model) {
        int dModel = model.config().dModel();
        FMatrixRMaj turn = RandomMatrices_FDRM.orthogonal(dModel, dModel, new Random(5));
        FMatrixRMaj back = CommonOps_FDRM.transpose(turn, null);
        Weights weights = model.weights().copy();
        weights.tensors().forEach(tensor -> {
            FMatrixRMaj values = weights.get(tensor.name());
            if (tensor.name().matches(".*W_[QKVU]")) {
                values.setTo(times(back, values));
            } else if (tensor.name().matches(".*(W_E|W_pos|W_O|b_O)")) {
                values.setTo(times(values, turn));
            }
        });
        return new Transformer(model.config(), weights, model.products());
    }

    private static FMatrixRMaj times(FMatrixRMaj a, FMatrixRMaj b) {
        return CommonOps_FDRM.mult(a, b, null);
    }
}
