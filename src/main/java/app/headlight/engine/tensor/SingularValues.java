package app.headlight.engine.tensor;

import org.ejml.data.DMatrixRMaj;

/**
 * A thin singular value decomposition, A = u · diag(s) · vᵀ, float64.
 *
 * @param u left singular vectors as columns, [n, r]
 * @param s singular values, largest first, [r]
 * @param v right singular vectors as columns, [m, r]
 */
public record SingularValues(DMatrixRMaj u, double[] s, DMatrixRMaj v) {

    /** The participation ratio (Σs²)² / Σs⁴: in how many directions the matrix is large; 0 for a matrix of zeros. */
    public double participationRatio() {
        double squares = 0;
        double fourths = 0;
        for (double value : s) {
            squares += value * value;
            fourths += value * value * value * value;
        }
        return fourths == 0 ? 0 : squares * squares / fourths;
    }
}
