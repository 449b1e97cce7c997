package app.headlight.engine.tensor;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.ejml.data.FMatrixRMaj;
import org.ejml.dense.row.CommonOps_FDRM;

/** A float32 matrix that nobody can write to, so that a cache may hold it and many may read it at the same time. */
public final class Matrix {

    private final FMatrixRMaj values;

    private Matrix(FMatrixRMaj values) {
        this.values = values;
    }

    /** Takes over a matrix without copying it: whoever gives it must not write to it any more. */
    public static Matrix of(FMatrixRMaj values) {
        return new Matrix(values);
    }

    /** A matrix of at least one row; all are as long as the first. */
    public static Matrix ofRows(List<float[]> rows) {
        FMatrixRMaj values = new FMatrixRMaj(rows.size(), rows.getFirst().length);
        for (int r = 0; r < rows.size(); r++) {
            System.arraycopy(rows.get(r), 0, values.data, r * values.numCols, values.numCols);
        }
        return new Matrix(values);
    }

    /** The mean of all rows of some matrices, at least one, that have as many columns. */
    public static float[] meanRow(List<Matrix> matrices) {
        double[] sum = new double[matrices.getFirst().columns()];
        long rows = 0;
        for (Matrix matrix : matrices) {
            rows += matrix.rows();
            for (int r = 0; r < matrix.rows(); r++) {
                for (int i = 0; i < sum.length; i++) {
                    sum[i] += matrix.get(r, i);
                }
            }
        }
        float[] mean = new float[sum.length];
        for (int i = 0; i < mean.length; i++) {
            mean[i] = (float) (sum[i] / rows);
        }
        return mean;
    }

    public int rows() {
        return values.numRows;
    }

    public int columns() {
        return values.numCols;
    }

    /** @throws IllegalArgumentException if there is no such entry */
    public float get(int row, int column) {
        return values.get(row, column);
    }

    /** A copy of one row, [columns]. */
    public float[] row(int row) {
        Shapes.checkRange("rows", row, row + 1, rows());
        return Arrays.copyOfRange(values.data, row * columns(), (row + 1) * columns());
    }

    /** Copies one row, [columns], into {@code out}, where it begins at {@code from}. */
    public void copyRow(int row, float[] out, int from) {
        Shapes.checkRange("rows", row, row + 1, rows());
        System.arraycopy(values.data, row * columns(), out, from, columns());
    }

    /** Writes the first {@code columns} entries of a row into a buffer. */
    public void writeRow(int row, int columns, FloatBuffer out) {
        Shapes.checkRange("rows", row, row + 1, rows());
        Shapes.checkRange("columns", 0, columns, columns());
        out.put(values.data, row * columns(), columns);
    }

    /** The k largest of the first {@code columns} entries of a row, largest first; of equal ones the earlier. */
    public List<TopK.Entry> largestInRow(int row, int columns, int k) {
        Shapes.checkRange("columns", 0, columns, columns());
        return TopK.largest(Arrays.copyOf(row(row), columns), k);
    }

    /** The largest entry; −∞ of a matrix without entries. */
    public float largest() {
        return Exponentials.most(values.data, 0, rows() * columns());
    }

    /** The sum of each row, [rows], in float64. */
    public double[] rowSums() {
        return ofRows(value -> value);
    }

    /** The Euclidean length of each row, [rows], in float64. */
    public double[] rowNorms() {
        return Arrays.stream(ofRows(value -> value * value)).map(Math::sqrt).toArray();
    }

    private double[] ofRows(DoubleUnaryOperator part) {
        double[] sums = new double[rows()];
        for (int r = 0; r < sums.length; r++) {
            for (int c = 0; c < columns(); c++) {
                sums[r] += part.applyAsDouble(get(r, c));
            }
        }
        return sums;
    }

    /** A copy of which each row is multiplied by a number, [rows]; this one itself if all of them are 1. */
    public Matrix scaledRows(float[] by) {
        if (by.length != rows()) {
            throw new IllegalArgumentException(by.length + " factors for " + rows() + " rows");
        }
        boolean changes = false;
        for (float factor : by) {
            changes |= factor != 1;
        }
        if (!changes) {
            return this;
        }
        FMatrixRMaj copy = copy();
        for (int i = 0; i < copy.data.length; i++) {
            copy.data[i] *= by[i / copy.numCols];
        }
        return new Matrix(copy);
    }

    /** This minus another matrix of the same shape. */
    public Matrix minus(Matrix other) {
        Shapes.checkSame(other.values, rows(), columns());
        FMatrixRMaj difference = copy();
        for (int i = 0; i < difference.data.length; i++) {
            difference.data[i] -= other.values.data[i];
        }
        return new Matrix(difference);
    }

    /** Whether the other has the same shape and the same entries. */
    @Override
    public boolean equals(Object other) {
        return this == other
                || other instanceof Matrix matrix
                        && rows() == matrix.rows()
                        && columns() == matrix.columns()
                        && Arrays.equals(toArray(), matrix.toArray());
    }

    @Override
    public int hashCode() {
        return 31 * rows() + Arrays.hashCode(toArray());
    }

    /** A copy with another value in place of every entry above the diagonal. */
    public Matrix withAboveDiagonal(float value) {
        FMatrixRMaj copy = copy();
        for (int r = 0; r < rows() && r + 1 < columns(); r++) {
            Arrays.fill(copy.data, r * columns() + r + 1, (r + 1) * columns(), value);
        }
        return new Matrix(copy);
    }

    /** A copy of the entries row by row, [rows · columns]. */
    public float[] toArray() {
        return Arrays.copyOf(values.data, rows() * columns());
    }

    /** A copy that may be written to, [rows, columns]. */
    public FMatrixRMaj copy() {
        return values.copy();
    }

    /** A copy of columns {@code from} to {@code to − 1}, [rows, to − from]. */
    public Matrix columns(int from, int to) {
        return new Matrix(CommonOps_FDRM.extract(values, 0, rows(), from, to));
    }

    /** A transposed copy, [columns, rows]. */
    public Matrix transpose() {
        return new Matrix(CommonOps_FDRM.transpose(values, null));
    }

    /** The memory that it takes, in bytes. */
    public long bytes() {
        return (long) values.data.length * Float.BYTES;
    }

    /** The entries themselves, for what computes with them in this package and does not write to them. */
    FMatrixRMaj values() {
        return values;
    }

    @Override
    public String toString() {
        return "[" + rows() + ", " + columns() + "]";
    }
}
