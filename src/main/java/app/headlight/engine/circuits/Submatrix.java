package app.headlight.engine.circuits;

import app.headlight.engine.refusal.Refusal;
import org.ejml.data.FMatrixRMaj;

/** Copies rows and columns of matrices, and centres rows. */
final class Submatrix {

    private Submatrix() {}

    /** The rows that {@code indices} name, in that order; {@code what} names an index in a message. */
    static FMatrixRMaj rows(FMatrixRMaj matrix, int[] indices, String what) {
        FMatrixRMaj out = new FMatrixRMaj(indices.length, matrix.numCols);
        for (int i = 0; i < indices.length; i++) {
            int row = checked(indices[i], matrix.numRows, what);
            System.arraycopy(matrix.data, row * matrix.numCols, out.data, i * matrix.numCols, matrix.numCols);
        }
        return out;
    }

    /** The columns that {@code indices} name, in that order. */
    static FMatrixRMaj columns(FMatrixRMaj matrix, int[] indices, String what) {
        FMatrixRMaj out = new FMatrixRMaj(matrix.numRows, indices.length);
        for (int j = 0; j < indices.length; j++) {
            int column = checked(indices[j], matrix.numCols, what);
            for (int i = 0; i < matrix.numRows; i++) {
                out.data[i * indices.length + j] = matrix.data[i * matrix.numCols + column];
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
