package app.headlight.engine.tensor;

import org.ejml.data.FMatrixRMaj;

/**
 * A {@link HalfMatrix} or a part of one as the right factor of products, which read it as float32 piece by piece. It
 * cannot be written to.
 */
final class HalfView implements Prepared {

    private final HalfMatrix matrix;
    private final int firstRow;
    private final int rows;
    private final int firstColumn;
    private final int columns;

    private HalfView(HalfMatrix matrix, int firstRow, int rows, int firstColumn, int columns) {
        this.matrix = matrix;
        this.firstRow = firstRow;
        this.rows = rows;
        this.firstColumn = firstColumn;
        this.columns = columns;
    }

    static HalfView of(HalfMatrix matrix) {
        return new HalfView(matrix, 0, matrix.rows(), 0, matrix.columns());
    }

    @Override
    public int rows() {
        return rows;
    }

    @Override
    public int columns() {
        return columns;
    }

    @Override
    public HalfView rows(int from, int to) {
        Shapes.checkRange("rows", from, to, rows);
        return new HalfView(matrix, firstRow + from, to - from, firstColumn, columns);
    }

    @Override
    public HalfView columns(int from, int to) {
        Shapes.checkRange("columns", from, to, columns);
        return new HalfView(matrix, firstRow, rows, firstColumn + from, to - from);
    }

    @Override
    public void read(FMatrixRMaj out, int firstRow) {
        Shapes.checkRoom(out, firstRow, rows, columns);
        matrix.read(
                this.firstRow, this.firstRow + rows, firstColumn, firstColumn + columns, out.data, firstRow * columns);
    }

    /** Whether columns lie one after the other in memory, so that {@link #readAsStored} reads the transpose. */
    boolean isTransposed() {
        return matrix.isTransposed();
    }

    /** Reads the values, row by row or, if it is transposed, column by column. */
    void readAsStored(float[] out) {
        if (isTransposed()) {
            matrix.readTransposed(firstRow, firstRow + rows, firstColumn, firstColumn + columns, out, 0);
        } else {
            matrix.read(firstRow, firstRow + rows, firstColumn, firstColumn + columns, out, 0);
        }
    }

    @Override
    public void write(FMatrixRMaj values) {
        throw readOnly();
    }

    @Override
    public void copy(Prepared values) {
        throw readOnly();
    }

    @Override
    public void add(Prepared values) {
        throw readOnly();
    }

    private IllegalStateException readOnly() {
        return new IllegalStateException("weights that are held in 16 bits cannot be written to: " + this);
    }

    @Override
    public long bytes() {
        return 0;
    }

    @Override
    public void close() {
        // It has no memory of its own.
    }

    @Override
    public String toString() {
        return "rows " + firstRow + " to " + (firstRow + rows) + " and columns " + firstColumn + " to "
                + (firstColumn + columns) + " of " + matrix;
    }
}
