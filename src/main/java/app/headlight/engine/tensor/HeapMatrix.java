package app.headlight.engine.tensor;

import org.ejml.data.FMatrixRMaj;
import org.ejml.dense.row.CommonOps_FDRM;

/**
 * A matrix in a Java array, or a view of one, for {@link EjmlProducts}.
 *
 * @param whole the matrix that this is a view of
 * @param row first row of the view in {@code whole}
 * @param column first column of the view in {@code whole}
 */
record HeapMatrix(FMatrixRMaj whole, int row, int column, int rows, int columns) implements Prepared {

    static HeapMatrix blank(int rows, int columns) {
        return new HeapMatrix(new FMatrixRMaj(rows, columns), 0, 0, rows, columns);
    }

    static HeapMatrix of(Prepared prepared) {
        if (prepared instanceof HeapMatrix heap) {
            return heap;
        }
        throw new IllegalArgumentException("the matrix was prepared by other products than EJML's: " + prepared);
    }

    /** The values: the matrix itself if the view covers all of it, otherwise a copy. */
    FMatrixRMaj values() {
        return rows == whole.numRows && columns == whole.numCols ? whole : read();
    }

    @Override
    public HeapMatrix rows(int from, int to) {
        Shapes.checkRange("rows", from, to, rows);
        return new HeapMatrix(whole, row + from, column, to - from, columns);
    }

    @Override
    public HeapMatrix columns(int from, int to) {
        Shapes.checkRange("columns", from, to, columns);
        return new HeapMatrix(whole, row, column + from, rows, to - from);
    }

    @Override
    public void write(FMatrixRMaj values) {
        Shapes.checkSame(values, rows, columns);
        CommonOps_FDRM.insert(values, whole, row, column);
    }

    @Override
    public void copy(Prepared values) {
        write(of(values).values());
    }

    @Override
    public void add(Prepared values) {
        Shapes.checkSame(this, values);
        FMatrixRMaj sum = read();
        CommonOps_FDRM.addEquals(sum, of(values).values());
        write(sum);
    }

    @Override
    public void read(FMatrixRMaj out, int firstRow) {
        Shapes.checkRoom(out, firstRow, rows, columns);
        for (int r = 0; r < rows; r++) {
            System.arraycopy(
                    whole.data, (row + r) * whole.numCols + column, out.data, (firstRow + r) * columns, columns);
        }
    }

    @Override
    public void close() {
        // The garbage collector frees it.
    }
}
