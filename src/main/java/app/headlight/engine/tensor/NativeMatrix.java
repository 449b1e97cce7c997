package app.headlight.engine.tensor;

import static org.bytedeco.openblas.global.openblas_nolapack.cblas_saxpy;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_scopy;

import org.bytedeco.javacpp.FloatPointer;
import org.ejml.data.FMatrixRMaj;

/**
 * A matrix in native memory, or a view of one, for {@link OpenBlasProducts}. Every view holds the pointer that owns the
 * memory. JavaCPP frees the memory when that pointer is no longer reachable; a native call keeps its arguments
 * reachable.
 */
final class NativeMatrix implements Prepared {

    private final FloatPointer memory;
    private final boolean owner;
    private final long offset;
    private final int rows;
    private final int columns;
    private final int stride;
    private final FloatPointer first; // keeps the owner of the memory reachable

    private NativeMatrix(FloatPointer memory, boolean owner, long offset, int rows, int columns, int stride) {
        this.memory = memory;
        this.owner = owner;
        this.offset = offset;
        this.rows = rows;
        this.columns = columns;
        this.stride = stride;
        this.first = memory.getPointer(offset);
    }

    static NativeMatrix blank(int rows, int columns) {
        FloatPointer memory = new FloatPointer(Math.max(1, (long) rows * columns));
        return new NativeMatrix(memory, true, 0, rows, columns, columns);
    }

    /** The first numbers of some memory as a matrix, which does not own it. */
    static NativeMatrix over(FloatPointer memory, int rows, int columns) {
        return new NativeMatrix(memory, false, 0, rows, columns, columns);
    }

    static NativeMatrix of(Prepared prepared) {
        if (prepared instanceof NativeMatrix matrix) {
            return matrix;
        }
        throw new IllegalArgumentException("the matrix was prepared by other products than OpenBLAS's: " + prepared);
    }

    /** The first element. */
    FloatPointer pointer() {
        checkOpen();
        return first;
    }

    /** The number of elements from the start of one row to the start of the next; at least 1, as BLAS requires. */
    int stride() {
        return Math.max(1, stride);
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
    public NativeMatrix rows(int from, int to) {
        Shapes.checkRange("rows", from, to, rows);
        return new NativeMatrix(memory, false, offset + (long) from * stride, to - from, columns, stride);
    }

    @Override
    public NativeMatrix columns(int from, int to) {
        Shapes.checkRange("columns", from, to, columns);
        return new NativeMatrix(memory, false, offset + from, rows, to - from, stride);
    }

    @Override
    public void write(FMatrixRMaj values) {
        Shapes.checkSame(values, rows, columns);
        if (isPlain()) {
            pointer().put(values.data, 0, rows * columns);
            return;
        }
        for (int r = 0; r < rows; r++) {
            pointer(r).put(values.data, r * columns, columns);
        }
    }

    @Override
    public void copy(Prepared values) {
        Shapes.checkSame(this, values);
        NativeMatrix from = of(values);
        if (isPlain() && from.isPlain()) {
            cblas_scopy(rows * columns, from.pointer(), 1, pointer(), 1);
            return;
        }
        for (int r = 0; r < rows; r++) {
            cblas_scopy(columns, from.pointer(r), 1, pointer(r), 1);
        }
    }

    @Override
    public void add(Prepared values) {
        Shapes.checkSame(this, values);
        NativeMatrix from = of(values);
        if (isPlain() && from.isPlain()) {
            cblas_saxpy(rows * columns, 1, from.pointer(), 1, pointer(), 1);
            return;
        }
        for (int r = 0; r < rows; r++) {
            cblas_saxpy(columns, 1, from.pointer(r), 1, pointer(r), 1);
        }
    }

    /** Whether its rows follow each other in memory without a gap. */
    private boolean isPlain() {
        return stride == columns;
    }

    @Override
    public void read(FMatrixRMaj out, int firstRow) {
        Shapes.checkRoom(out, firstRow, rows, columns);
        if (isPlain()) {
            pointer().get(out.data, firstRow * columns, rows * columns);
            return;
        }
        for (int r = 0; r < rows; r++) {
            pointer(r).get(out.data, (firstRow + r) * columns, columns);
        }
    }

    @Override
    public void close() {
        if (owner) {
            memory.close();
        }
    }

    private void checkOpen() {
        if (memory.isNull()) {
            throw new IllegalStateException("the matrix, [" + rows + ", " + columns + "], has been closed");
        }
    }

    private FloatPointer pointer(int row) {
        checkOpen();
        return memory.getPointer(offset + (long) row * stride);
    }

    @Override
    public String toString() {
        return "native [" + rows + ", " + columns + "]";
    }
}
