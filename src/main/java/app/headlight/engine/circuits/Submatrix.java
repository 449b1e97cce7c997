package app.headlight.engine.circuits;

import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.tensor.Matrix;
import org.ejml.data.FMatrixRMaj;

/** Copies rows and columns of matrices, and centres rows. */
final class Submatrix {

    private Submatrix() {}

    /** The rows that {@code indices} name, in that order; {@code what} names an index in a message. */
    static FMatrixRMaj rows(Matrix matrix, int[] indices, String what) {
        FMatrixRMaj out = new FMatrixRMaj(indices.length, matrix.columns());
        for (int i = 0; i < indices.length; i++) {
            matrix.copyRow(checked(indices[i], matrix.rows(), what), out.data, i * out.numCols);
        }
        return out;
    }

    /** The columns that {@code indices} name, in that order. */
    static FMatrixRMaj columns(Matrix matrix, int[] indices, String what) {
        FMatrixRMaj out = new FMatrixRMaj(matrix.rows(), indices.length);
        for (int j = 0; j < indices.length; j++) {
            int column = checked(indices[j], matrix.columns(), what);
            for (int i = 0; i < matrix.rows(); i++) {
                out.set(i, j, matrix.get(i, column));
            }
        }
        return out;
    }

    /** The mean over the columns of each row: {@code [rows]}. */
    static double[] rowMeans(FMatrixRMaj matrix) {
        double[] means = new double[matrix.numRows];
        for (int i = 0, at = 0; i < matrix.numRows; i++) {
            double sum = 0;
            for (int j = 0; j < matrix.numCols; j++) {
                sum += matrix.data[at++];
            }
            means[i] = sum / matrix.numCols;
        }
        return means;
    }

    /** Subtracts from each row its mean, in place. */
    static void centreRows(FMatrixRMaj matrix) {
        double[] means = rowMeans(matrix);
        for (int i = 0, at = 0; i < matrix.numRows; i++) {
            for (int j = 0; j < matrix.numCols; j++, at++) {
                matrix.data[at] = (float) (matrix.data[at] - means[i]);
            }
        }
    }

    static int checked(int index, int size, String what) {
        if (index < 0 || index >= size) {
            throw new Refusal(what + " " + index + " does not exist; expected 0 to " + (size - 1));
        }
        return index;
    }
}
