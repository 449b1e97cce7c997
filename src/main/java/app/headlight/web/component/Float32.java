package app.headlight.web.component;

import app.headlight.engine.tensor.Matrix;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.function.Consumer;

/** Writes arrays for the browser: base64 of little-endian float32 values, so that every number stays exact. */
public final class Float32 {

    private Float32() {}

    /** All values in order. */
    public static String base64(float[] values) {
        return base64(values.length, buffer -> buffer.put(values));
    }

    /** All values in order, rounded to float32. */
    public static String base64(double[]... rows) {
        return base64(Arrays.stream(rows).mapToInt(row -> row.length).sum(), buffer -> {
            for (double[] row : rows) {
                for (double value : row) {
                    buffer.put((float) value);
                }
            }
        });
    }

    /** A matrix, row after row. */
    public static String base64(Matrix matrix) {
        return base64(matrix.rows() * matrix.columns(), buffer -> {
            for (int row = 0; row < matrix.rows(); row++) {
                matrix.writeRow(row, matrix.columns(), buffer);
            }
        });
    }

    /** The part of a square matrix that a causal pattern fills: from row t, columns 0 to t. */
    public static String lowerTriangle(Matrix matrix) {
        int n = matrix.rows();
        return base64(n * (n + 1) / 2, buffer -> {
            for (int t = 0; t < n; t++) {
                matrix.writeRow(t, t + 1, buffer);
            }
        });
    }

    private static String base64(int count, Consumer<FloatBuffer> values) {
        ByteBuffer buffer = ByteBuffer.allocate(Float.BYTES * count).order(ByteOrder.LITTLE_ENDIAN);
        values.accept(buffer.asFloatBuffer());
        return Base64.getEncoder().encodeToString(buffer.array());
    }
}
