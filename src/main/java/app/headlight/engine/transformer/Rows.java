package app.headlight.engine.transformer;

import app.headlight.engine.transformer.LayerWeights.NormWeights;
import org.ejml.data.FMatrixRMaj;
import org.jspecify.annotations.Nullable;

/** Operations on single rows of matrices. */
final class Rows {

    private Rows() {}

    /** Adds a vector, [columns], to one row. */
    static void add(FMatrixRMaj x, int row, float[] bias) {
        int from = row * x.numCols;
        for (int i = 0; i < x.numCols; i++) {
            x.data[from + i] += bias[i];
        }
    }

    /** Centres and scales a row as a norm does, without its weights, and returns the scale. */
    static float normalise(FMatrixRMaj x, int row, Norm norm, double eps) {
        float scale = inverseDeviation(x, row, norm, eps);
        centreAndScale(x, row, norm, scale);
        return scale;
    }

    /** 1/√(mean square of the row, centred if the norm does that, + eps); 1 without a norm. */
    static float inverseDeviation(FMatrixRMaj x, int row, Norm norm, double eps) {
        if (norm == Norm.NONE) {
            return 1;
        }
        int d = x.numCols;
        double mean = norm.isCentred() ? mean(x, row) : 0;
        double squares = 0;
        for (int i = row * d; i < (row + 1) * d; i++) {
            double centred = x.data[i] - mean;
            squares += centred * centred;
        }
        return (float) (1 / Math.sqrt(squares / d + eps));
    }

    /** The row minus its mean, if the norm does that, times a scale, in place. */
    static void centreAndScale(FMatrixRMaj x, int row, Norm norm, float scale) {
        if (norm == Norm.NONE) {
            return;
        }
        int d = x.numCols;
        double mean = norm.isCentred() ? mean(x, row) : 0;
        for (int i = row * d; i < (row + 1) * d; i++) {
            x.data[i] = (float) ((x.data[i] - mean) * scale);
        }
    }

    /**
     * The derivative by a row from that by what {@link #normalise} makes of it, in place: dx = c (dy − mean(dy) − y mean(y ∘
     * dy)), without the first mean where rows are not centred.
     *
     * @param y what the norm makes of the rows
     * @param c the scale of the row
     */
    static void normaliseBackward(FMatrixRMaj y, FMatrixRMaj dy, int row, Norm norm, float c) {
        if (norm == Norm.NONE) {
            return;
        }
        int d = y.numCols;
        double mean = 0;
        double along = 0;
        for (int i = row * d; i < (row + 1) * d; i++) {
            mean += dy.data[i];
            along += (double) dy.data[i] * y.data[i];
        }
        mean = norm.isCentred() ? mean / d : 0;
        along /= d;
        for (int i = row * d; i < (row + 1) * d; i++) {
            dy.data[i] = (float) (c * (dy.data[i] - mean - y.data[i] * along));
        }
    }

    /** The row times w, plus b, in place. */
    static void weigh(FMatrixRMaj x, int row, @Nullable NormWeights weights) {
        if (weights == null) {
            return;
        }
        int from = row * x.numCols;
        for (int i = 0; i < x.numCols; i++) {
            x.data[from + i] *= weights.w()[i];
        }
        if (weights.b() != null) {
            add(x, row, weights.b());
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
