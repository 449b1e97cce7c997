package app.headlight.engine.tensor;

import org.ejml.data.FMatrixRMaj;

/**
 * Products of float32 matrices; the output comes last and must have the right shape. Safe for use by many threads.
 *
 * <p>Every product throws {@link IllegalArgumentException}, naming the shapes, if they do not fit.
 */
public interface MatrixProducts {

    /** The name of this implementation, to show to people. */
    String name();

    /** out [m, n] = a [m, k] · b [k, n]. */
    void multiply(Matrix a, Matrix b, FMatrixRMaj out);

    /** out [m, n] = a [m, k] · bᵀ, b being [n, k]. */
    void multiplyTransB(Matrix a, Matrix b, FMatrixRMaj out);

    /** out [m, n] = aᵀ · b, a being [k, m] and b [k, n]. */
    void multiplyTransA(Matrix a, Matrix b, FMatrixRMaj out);

    /**
     * A copy of the matrix for {@link #multiply(Prepared, Prepared, Prepared)}; later changes of the matrix do not
     * change the copy.
     */
    default Prepared prepare(FMatrixRMaj matrix) {
        Prepared prepared = blank(matrix.numRows, matrix.numCols);
        prepared.write(matrix);
        return prepared;
    }

    /** The same of a matrix that nobody writes to. */
    default Prepared prepare(Matrix matrix) {
        return prepare(matrix.values());
    }

    /** The same of weights that are held in 16 bits; it may be the right factor of a product, and be written to by nobody. */
    default Prepared prepare(HalfMatrix matrix) {
        return prepare(matrix.floats());
    }

    /** Memory for a matrix [rows, columns]; its values are undefined until something is written to it. */
    Prepared blank(int rows, int columns);

    /**
     * out [m, n] = keep · out + a [m, k] · b [k, n], all of them made by this implementation; {@code out} overlaps
     * neither factor.
     *
     * @param transA whether a is given as [k, m]
     * @param transB whether b is given as [n, k]
     * @param keep 0 to overwrite {@code out}, whatever is in it, or 1 to add to it
     */
    void multiply(Prepared a, boolean transA, Prepared b, boolean transB, float keep, Prepared out);

    /** out [m, n] = a [m, k] · b [k, n], likewise. */
    default void multiply(Prepared a, Prepared b, Prepared out) {
        multiply(a, false, b, false, 0, out);
    }

    /** out [m, n] = a [m, k] · bᵀ, b being [n, k], likewise. */
    default void multiplyTransB(Prepared a, Prepared b, Prepared out) {
        multiply(a, false, b, true, 0, out);
    }

    /** The same products, computed only by the calling thread: for callers that keep every core busy themselves. */
    MatrixProducts onOneThread();

    /** The products of OpenBLAS where it loads, otherwise those of EJML; the choice is made and logged once. */
    static MatrixProducts fastest() {
        return Fastest.PRODUCTS;
    }
}
