package app.headlight.engine.circuits;

import app.headlight.engine.tensor.FactoredMatrix;
import app.headlight.engine.tensor.SingularValues;
import app.headlight.engine.transformer.Head;
import java.util.Arrays;
import java.util.List;

/**
 * The size and shape of a head's two products in the residual stream's space {@code [D, D]}.
 *
 * @param ovNorm Frobenius norm of W_OV
 * @param qkNorm Frobenius norm of W_QK
 * @param ovSingularValues of W_OV, largest first; d_head of them
 * @param ovEffectiveDimension participation ratio (Σσ²)² / Σσ⁴ of W_OV: in how many directions it writes much
 */
public record HeadGeometry(double ovNorm, double qkNorm, List<Double> ovSingularValues, double ovEffectiveDimension) {

    /** Copies the list. */
    public HeadGeometry {
        ovSingularValues = List.copyOf(ovSingularValues);
    }

    /** Measures a head. */
    public static HeadGeometry of(Head head) {
        FactoredMatrix ov = head.ov();
        SingularValues svd = ov.svd();
        return new HeadGeometry(
                ov.frobeniusNorm(),
                head.qk().frobeniusNorm(),
                Arrays.stream(svd.s()).boxed().toList(),
                svd.participationRatio());
    }
}
