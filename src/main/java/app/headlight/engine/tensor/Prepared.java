package app.headlight.engine.tensor;

import org.ejml.data.FMatrixRMaj;

/**
 * A float32 matrix that lies where the {@link MatrixProducts} that made it multiplies fastest (OpenBLAS: native memory;
 * EJML: a Java array). For weights that are used often, and for what a computation passes from one product to the next.
 *
 * <p>Its memory is freed when neither it nor a view of it is reachable, or by {@link #close()}. Close only the
 * temporary matrices of a computation, which nobody else uses.
 */
public interface Prepared extends AutoCloseable {

    int rows();

    int columns();

    /** A view of rows {@code from} to {@code to − 1}: what is written to one is seen in the other. */
    Prepared rows(int from, int to);

    /** A view of columns {@code from} to {@code to − 1}. */
    Prepared columns(int from, int to);

    /** Copies the values of a matrix of the same shape into this. */
    void write(FMatrixRMaj values);

    /** Copies the values of another of the same shape, made by the same products, into this. */
    void copy(Prepared values);

    /** Adds the values of another of the same shape, made by the same products. */
    void add(Prepared values);

    /** Copies this into a matrix with as many columns, from row {@code firstRow} on. */
    void read(FMatrixRMaj out, int firstRow);

    /** The memory of its own, in bytes. */
    default long bytes() {
        return (long) rows() * columns() * Float.BYTES;
    }

    /** A copy, [rows, columns]. */
    default FMatrixRMaj read() {
        FMatrixRMaj out = new FMatrixRMaj(rows(), columns());
        read(out, 0);
        return out;
    }

    /** Frees the memory now; closing a view frees nothing. */
    @Override
    void close();
}
