package app.headlight.engine.circuits;

import app.headlight.engine.tensor.Matrix;
import org.ejml.data.FMatrixRMaj;

/** Makes a pattern small for a picture: each pixel is the strongest of the entries that it stands for. */
public final class PooledPattern {

    private PooledPattern() {}

    /**
     * A pattern in fewer pixels; no line of attention is lost.
     *
     * @param pattern [T, T]; of a change of one, which may be negative, the largest entry up or down is kept
     * @param edge the number of pixels on each side, at most T
     * @return [edge, edge]
     */
    public static Matrix of(Matrix pattern, int edge) {
        int n = pattern.rows();
        FMatrixRMaj pixels = new FMatrixRMaj(edge, edge);
        for (int t = 0; t < n; t++) {
            int row = (int) ((long) t * edge / n);
            for (int s = 0; s < n; s++) {
                int at = row * edge + (int) ((long) s * edge / n);
                float entry = pattern.get(t, s);
                pixels.data[at] = Math.abs(entry) > Math.abs(pixels.data[at]) ? entry : pixels.data[at];
            }
        }
        return Matrix.of(pixels);
    }
}
