package app.headlight.tensor;

import org.ejml.data.FMatrixRMaj;

/**
 * A float32 matrix kept where the {@link MatrixProducts} that made it multiplies best (OpenBLAS: native memory; EJML: a
 * Java array). For weights that are used again and again, and for what a computation passes from product to product.
 *
 * <p>Its memory goes when neither it nor a view of it is reachable, or at {@link #close()}. Closing is for a computation's
 * own scratch, which nobody else uses.
 */
public interface Prepared extends AutoCloseable {

    int rows();

    int columns();

    /** Rows {@code from} to {@code to − 1} of the same memory: what is written to the one shows in the other. */
    Prepared rows(int from, int to);

    /** Columns {@code from} to {@code to − 1} of the same memory. */
    Prepared columns(int from, int to);

    /** Takes the values of a matrix of the same shape. */
    void write(FMatrixRMaj values);

    /** Takes the values of another of the same shape and the same products. */
    void copy(Prepared values);

    /** Adds the values of another of the same shape and the same products. */
    void add(Prepared values);

    /** Copies into rows {@code firstRow} and on of a matrix with as many columns. */
    void read(FMatrixRMaj out, int firstRow);

    /** A copy, [rows, columns]. */
    default FMatrixRMaj read() {
        FMatrixRMaj out = new FMatrixRMaj(rows(), columns());
        read(out, 0);
        return out;
    }

    /** Frees the memory now; a view frees nothing. */
    @Override
    void close();
}
