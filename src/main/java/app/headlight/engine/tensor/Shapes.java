package app.headlight.engine.tensor;

import org.ejml.data.FMatrixRMaj;

/** Checks that shapes fit, and says which do not. */
final class Shapes {

    private Shapes() {}

    /**
     * @param product how the product is written, such as {@code a bᵀ}
     * @param rowsA rows and columns of the factors as multiplied, after any transposition
     * @throws IllegalArgumentException naming the shapes, if the inner sizes differ or {@code out} has another shape
     */
    static void checkProduct(
            String product, int rowsA, int columnsA, int rowsB, int columnsB, int rowsOut, int columnsOut) {
        if (columnsA != rowsB) {
            throw new IllegalArgumentException("in " + product + ", " + text(rowsA, columnsA) + " times "
                    + text(rowsB, columnsB) + ", the inner sizes " + columnsA + " and " + rowsB + " differ");
        }
        if (rowsOut != rowsA || columnsOut != columnsB) {
            throw new IllegalArgumentException("out is " + text(rowsOut, columnsOut) + "; " + product + ", "
                    + text(rowsA, columnsA) + " times " + text(rowsB, columnsB) + ", is "
                    + text(rowsA, columnsB));
        }
    }

    /** Does the same for prepared matrices. */
    static void checkProduct(Prepared a, boolean transA, Prepared b, boolean transB, Prepared out) {
        checkProduct(
                transA ? transB ? "aᵀ bᵀ" : "aᵀ b" : transB ? "a bᵀ" : "a b",
                transA ? a.columns() : a.rows(),
                transA ? a.rows() : a.columns(),
                transB ? b.columns() : b.rows(),
                transB ? b.rows() : b.columns(),
                out.rows(),
                out.columns());
    }

    /** @throws IllegalArgumentException if the two have different shapes */
    static void checkSame(Prepared a, Prepared b) {
        if (a.rows() != b.rows() || a.columns() != b.columns()) {
            throw new IllegalArgumentException(
                    "values are " + text(b.rows(), b.columns()) + "; expected " + text(a.rows(), a.columns()));
        }
    }

    static void checkRange(String what, int from, int to, int size) {
        if (from < 0 || from > to || to > size) {
            throw new IllegalArgumentException(
                    what + " " + from + " to " + to + " (exclusive) do not exist; there are " + size);
        }
    }

    /** @throws IllegalArgumentException if {@code matrix} does not have the shape [rows, columns] */
    static void checkSame(FMatrixRMaj matrix, int rows, int columns) {
        if (matrix.numRows != rows || matrix.numCols != columns) {
            throw new IllegalArgumentException(
                    "values are " + text(matrix.numRows, matrix.numCols) + "; expected " + text(rows, columns));
        }
    }

    /**
     * @throws IllegalArgumentException if a matrix [rows, columns] does not fit into {@code out} from row
     *     {@code firstRow} on
     */
    static void checkRoom(FMatrixRMaj out, int firstRow, int rows, int columns) {
        if (firstRow < 0 || rows > out.numRows - firstRow || out.numCols != columns) {
            throw new IllegalArgumentException(text(rows, columns) + " does not fit in "
                    + text(out.numRows, out.numCols) + " from row " + firstRow + " on");
        }
    }

    private static String text(int rows, int columns) {
        return "[" + rows + ", " + columns + "]";
    }
}
