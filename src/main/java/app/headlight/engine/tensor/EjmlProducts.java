package app.headlight.engine.tensor;

import org.ejml.data.FMatrixRMaj;
import org.ejml.dense.row.CommonOps_FDRM;

/** The products of EJML: plain Java, which runs everywhere, but ten to twenty times slower than the machine could be. */
public final class EjmlProducts implements MatrixProducts {

    @Override
    public String name() {
        return "EJML";
    }

    @Override
    public void multiply(Matrix a, Matrix b, FMatrixRMaj out) {
        Shapes.checkProduct("a b", a.rows(), a.columns(), b.rows(), b.columns(), out.numRows, out.numCols);
        CommonOps_FDRM.mult(a.values(), b.values(), out);
    }

    @Override
    public void multiplyTransB(Matrix a, Matrix b, FMatrixRMaj out) {
        Shapes.checkProduct("a bᵀ", a.rows(), a.columns(), b.columns(), b.rows(), out.numRows, out.numCols);
        CommonOps_FDRM.multTransB(a.values(), b.values(), out);
    }

    @Override
    public void multiplyTransA(Matrix a, Matrix b, FMatrixRMaj out) {
        Shapes.checkProduct("aᵀ b", a.columns(), a.rows(), b.rows(), b.columns(), out.numRows, out.numCols);
        CommonOps_FDRM.multTransA(a.values(), b.values(), out);
    }

    @Override
    public Prepared blank(int rows, int columns) {
        return HeapMatrix.blank(rows, columns);
    }

    @Override
    public void multiply(Prepared a, boolean transA, Prepared b, boolean transB, float keep, Prepared out) {
        Shapes.checkProduct(a, transA, b, transB, out);
        FMatrixRMaj left = HeapMatrix.of(a).values();
        FMatrixRMaj right = HeapMatrix.of(b).values();
        FMatrixRMaj product = new FMatrixRMaj(out.rows(), out.columns());
        if (transA && transB) {
            CommonOps_FDRM.multTransAB(left, right, product);
        } else if (transA) {
            CommonOps_FDRM.multTransA(left, right, product);
        } else if (transB) {
            CommonOps_FDRM.multTransB(left, right, product);
        } else {
            CommonOps_FDRM.mult(left, right, product);
        }
        if (keep != 0) {
            CommonOps_FDRM.addEquals(product, keep, HeapMatrix.of(out).values());
        }
        out.write(product);
    }

    @Override
    public MatrixProducts onOneThread() {
        return this;
    }
}
