package app.headlight.engine.transformer;

import java.util.stream.IntStream;
import org.ejml.data.FMatrixRMaj;

/** Operations on the rows of matrices, on several rows in parallel. */
final class Rows {

    private Rows() {}

    /** Adds a vector, [columns], to every row. */
    static void add(FMatrixRMaj x, float[] bias) {
        IntStream.range(0, x.numRows).parallel().forEach(t -> add(x, t, bias));
    }

    /** Adds a vector, [columns], to one row. */
    static void add(FMatrixRMaj x, int row, float[] bias) {
        int from = row * x.numCols;
        for (int i = 0; i < x.numCols; i++) {
            x.data[from + i] += bias[i];
        }
    }

    /** x plus all of the others, and {@code bias} on every row; all [T, D]. */
    static FMatrixRMaj sum(FMatrixRMaj x, FMatrixRMaj[] others, float[] bias) {
        FMatrixRMaj sum = new FMatrixRMaj(x.numRows, x.numCols);
        int d = x.numCols;
        IntStream.range(0, x.numRows).parallel().forEach(t -> {
            System.arraycopy(x.data, t * d, sum.data, t * d, d);
            for (FMatrixRMaj other : others) {
                for (int i = t * d; i < (t + 1) * d; i++) {
                    sum.data[i] += other.data[i];
                }
            }
            add(sum, t, bias);
        });
        return sum;
    }

    /** 1/√(variance + eps) of each row, [T] ("LNPre" of TransformerLens; Ba et al. 2016, equation 3). */
    static float[] inverseDeviation(FMatrixRMaj x, double eps) {
        float[] scale = new float[x.numRows];
        IntStream.range(0, x.numRows).parallel().forEach(t -> {
            double mean = mean(x, t);
            double squares = 0;
            for (int i = 0; i < x.numCols; i++) {
                double centred = x.data[t * x.numCols + i] - mean;
                squares += centred * centred;
            }
            scale[t] = (float) (1 / Math.sqrt(squares / x.numCols + eps));
        });
        return scale;
    }

    /** Each row minus its mean, times its scale, [T, D]. */
    static FMatrixRMaj centredAndScaled(FMatrixRMaj x, float[] scale) {
        FMatrixRMaj out = new FMatrixRMaj(x.numRows, x.numCols);
        IntStream.range(0, x.numRows).parallel().forEach(t -> {
            double mean = mean(x, t);
            for (int i = t * x.numCols; i < (t + 1) * x.numCols; i++) {
                out.data[i] = (float) ((x.data[i] - mean) * scale[t]);
            }
        });
        return out;
    }

    /** The two steps above in place, on one thread; {@code scale}, [T], receives the scales. */
    static void centreAndScale(FMatrixRMaj x, double eps, float[] scale) {
        int d = x.numCols;
        for (int t = 0; t < x.numRows; t++) {
            double mean = mean(x, t);
            double squares = 0;
            for (int i = t * d; i < (t + 1) * d; i++) {
                double centred = x.data[i] - mean;
                squares += centred * centred;
            }
            double factor = 1 / Math.sqrt(squares / d + eps);
            for (int i = t * d; i < (t + 1) * d; i++) {
                x.data[i] = (float) ((x.data[i] - mean) * factor);
            }
            scale[t] = (float) factor;
        }
    }

    private static double mean(FMatrixRMaj x, int row) {
        double sum = 0;
        for (int i = 0; i < x.numCols; i++) {
            sum += x.data[row * x.numCols + i];
        }
        return sum / x.numCols;
    }
}
