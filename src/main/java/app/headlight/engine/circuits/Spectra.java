package app.headlight.engine.circuits;

import app.headlight.engine.tensor.FactoredMatrix;
import app.headlight.engine.tensor.Matrix;
import app.headlight.engine.transformer.Head;
import app.headlight.engine.transformer.HeadId;
import app.headlight.engine.transformer.Transformer;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.ejml.data.FMatrixRMaj;
import org.ejml.dense.row.CommonOps_FDRM;

/**
 * The eigenvalues of every head's full OV and QK circuits: those of the K-by-K products W_O (W_U W_E) W_V and W_Kᵀ
 * (W_Eᵀ W_E) W_Q, whose middles {@code [D, D]} all heads share (Elhage et al. 2021, "A Mathematical Framework for
 * Transformer Circuits", Eigenvalue Analysis). The same as {@link OvCircuit#spectrum} and {@link QkCircuit#spectrum}
 * for all heads at once.
 *
 * @param ov by layer and head; the score is the copying score
 * @param qk the same for the QK circuits, not divided by sqrt(d_head); the score is the matching score
 */
public record Spectra(Map<HeadId, Spectrum> ov, Map<HeadId, Spectrum> qk) {

    /** Copies. */
    public Spectra {
        ov = Collections.unmodifiableMap(new LinkedHashMap<>(ov));
        qk = Collections.unmodifiableMap(new LinkedHashMap<>(qk));
    }

    /** Computes all of them: 4 V D² operations, and 4 D² K for each head; empty for a model without heads. */
    public static Spectra of(Transformer model) {
        Map<HeadId, Spectrum> ov = new LinkedHashMap<>();
        Map<HeadId, Spectrum> qk = new LinkedHashMap<>();
        if (!model.heads().isEmpty()) {
            int d = model.config().dModel();
            Matrix wE = Matrix.of(model.weights().wE());
            FMatrixRMaj around = new FMatrixRMaj(d, d);
            FMatrixRMaj among = new FMatrixRMaj(d, d);
            model.products().multiply(Matrix.of(model.weights().wU()), wE, around);
            model.products().multiplyTransA(wE, wE, among);
            for (HeadId id : model.heads()) {
                Head head = model.head(id);
                ov.put(id, of(head.ov(), around));
                qk.put(id, of(head.qk(), among));
            }
        }
        return new Spectra(ov, qk);
    }

    /**
     * The spectrum of {@code left right middle}, whose powers have the same traces as those of
     * {@code right middle left}.
     */
    private static Spectrum of(FactoredMatrix weights, FMatrixRMaj middle) {
        FMatrixRMaj around = CommonOps_FDRM.mult(weights.right().copy(), middle, null);
        return Spectrum.of(new FactoredMatrix(weights.left(), Matrix.of(around)));
    }
}
