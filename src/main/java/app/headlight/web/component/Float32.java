package app.headlight.web.component;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import org.ejml.data.FMatrixRMaj;

/** Writes arrays for the browser: base64 of little-endian float32 values, so that every number stays exact. */
public final class Float32 {

    private Float32() {}

    /** All values in order. */
    public static String base64(float[] values) {
        return base64(values, values.length);
    }

    /** A matrix, row after row. */
    public static String base64(FMatrixRMaj matrix) {
        return base64(matrix.data, matrix.numRows * matrix.numCols);
    }

    /** The part of a square matrix that a causal pattern fills: from row t, columns 0 to t. */
    public static String lowerTriangle(FMatrixRMaj matrix) {
        int n = matrix.numRows;
        float[] packed = new float[n * (n + 1) / 2];
        for (int t = 0, at = 0; t < n; at += ++t) {
            System.arraycopy(matrix.data, t * n, packed, at, t + 1);
        }
        return base64(packed);
    }

    private static String base64(float[] values, int count) {
        ByteBuffer buffer = ByteBuffer.allocate(4 * count).order(ByteOrder.LITTLE_ENDIAN);
        buffer.asFloatBuffer().put(values, 0, count);
        return Base64.getEncoder().encodeToString(buffer.array());
    }
}
