package app.headlight.bench;

import app.headlight.engine.tensor.Matrix;
import app.headlight.engine.tensor.MatrixProducts;
import app.headlight.engine.tensor.OpenBlasProducts;
import app.headlight.engine.tensor.Prepared;
import java.util.ArrayList;
import java.util.List;
import org.ejml.data.FMatrixRMaj;

/** OpenBLAS on one thread that remembers its products of prepared matrices, so that they can be done again by themselves. */
final class RecordedProducts implements MatrixProducts {

    private final MatrixProducts products = new OpenBlasProducts().onOneThread();
    private final List<Runnable> recorded = new ArrayList<>();
    private long multiplications;

    /** Does every product once more, on the same memory. */
    void replay() {
        recorded.forEach(Runnable::run);
    }

    /** Floating-point operations of a replay: two for each multiplication with its addition. */
    long operations() {
        return 2 * multiplications;
    }

    @Override
    public void multiply(Prepared a, boolean transA, Prepared b, boolean transB, float keep, Prepared out) {
        Runnable product = () -> products.multiply(a, transA, b, transB, keep, out);
        product.run();
        recorded.add(product);
        multiplications += (long) out.rows() * out.columns() * (transA ? a.rows() : a.columns());
    }

    @Override
    public String name() {
        return products.name();
    }

    @Override
    public void multiply(Matrix a, Matrix b, FMatrixRMaj out) {
        products.multiply(a, b, out);
    }

    @Override
    public void multiplyTransB(Matrix a, Matrix b, FMatrixRMaj out) {
        products.multiplyTransB(a, b, out);
    }

    @Override
    public void multiplyTransA(Matrix a, Matrix b, FMatrixRMaj out) {
        products.multiplyTransA(a, b, out);
    }

    @Override
    public Prepared blank(int rows, int columns) {
        return products.blank(rows, columns);
    }

    @Override
    public MatrixProducts onOneThread() {
        return this;
    }
}
