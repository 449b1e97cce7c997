package app.headlight.tensor;

import org.ejml.data.FMatrixRMaj;
import org.ejml.dense.row.CommonOps_FDRM;

/** EJML's products: plain Java, everywhere, and ten to twenty times slower than the machine could. */
public final class EjmlProducts implements MatrixProducts {

    @Override
    public String name() {
        return "EJML";
    }

    @Override
    public void multiply(FMatrixRMaj a, FMatrixRMaj b, FMatrixRMaj out) {
        Shapes.checkProduct("a b", a.numRows, a.numCols, b.numRows, b.numCols, out.numRows, out.numCols);
        CommonOps_FDRM.mult(a, b, out);
    }

    @Override
    public void multiplyTransB(FMatrixRMaj a, FMatrixRMaj b, FMatrixRMaj out) {
        Shapes.checkProduct("a bᵀ", a.numRows, a.numCols, b.numCols, b.numRows, out.numRows, out.numCols);
        CommonOps_FDRM.multTransB(a, b, out);
    }

    @Override
    public void multiplyTransA(FMatrixRMaj a, FMatrixRMaj b, FMatrixRMaj out) {
        Shapes.checkProduct("aᵀ b", a.numCols, a.numRows, b.numRows, b.numCols, out.numRows, out.numCols);
        CommonOps_FDRM.multTransA(a, b, out);
    }

    @Override
    public Prepared blank(int rows, int columns) {
        return HeapMatrix.blank(rows, columns);
    }

    @Override
    public void multiply(Prepared a, Prepared b, Prepared out) {
        FMatrixRMaj product = new FMatrixRMaj(out.rows(), out.columns());
        multiply(HeapMatrix.of(a).values(), HeapMatrix.of(b).values(), product);
        out.write(product);
    }

    @Override
    public void multiplyTransB(Prepared a, Prepared b, Prepared out) {
        FMatrixRMaj product = new FMatrixRMaj(out.rows(), out.columns());
        multiplyTransB(HeapMatrix.of(a).values(), HeapMatrix.of(b).values(), product);
        out.write(product);
    }
}
