package app.headlight.engine.transformer;

import org.ejml.data.FMatrixRMaj;

/**
 * The weights of one attention layer, its heads side by side: head h has columns h·K to (h+1)·K of {@code wQ},
 * {@code wK} and {@code wV}, and those rows of {@code wO}.
 *
 * @param wQ [D, H·K]
 * @param wK [D, H·K]
 * @param wV [D, H·K]
 * @param wO [H·K, D]
 * @param bQ [H·K]
 * @param bK [H·K]
 * @param bV [H·K]
 * @param bO [D]
 */
public record LayerWeights(
        FMatrixRMaj wQ,
        FMatrixRMaj wK,
        FMatrixRMaj wV,
        FMatrixRMaj wO,
        float[] bQ,
        float[] bK,
        float[] bV,
        float[] bO) {

    /** A copy that shares no array with this. */
    LayerWeights copy() {
        return new LayerWeights(
                wQ.copy(), wK.copy(), wV.copy(), wO.copy(), bQ.clone(), bK.clone(), bV.clone(), bO.clone());
    }
}
