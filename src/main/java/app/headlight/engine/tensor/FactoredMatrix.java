package app.headlight.engine.tensor;

import java.util.Arrays;
import java.util.Comparator;
import org.ejml.data.Complex_F64;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.CommonOps_FDRM;
import org.ejml.dense.row.MatrixFeatures_DDRM;
import org.ejml.dense.row.SingularOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;
import org.ejml.interfaces.decomposition.QRDecomposition;
import org.ejml.interfaces.decomposition.SingularValueDecomposition_F64;

/**
 * A product of low rank that is never multiplied out: {@code left · right}. Norms, eigenvalues and singular values come
 * from K-by-K work, in float64.
 *
 * @param left [n, K]
 * @param right [K, m]
 */
public record FactoredMatrix(Matrix left, Matrix right) {

    /** @throws IllegalArgumentException if the inner sizes differ */
    public FactoredMatrix {
        if (left.columns() != right.rows()) {
            throw new IllegalArgumentException(
                    "factors " + left + " and " + right + " do not fit: the inner sizes differ");
        }
    }

    public int rows() {
        return left.rows();
    }

    public int columns() {
        return right.columns();
    }

    /** K; the rank is at most K. */
    public int inner() {
        return left.columns();
    }

    /** ‖AB‖_F, from trace((AᵀA)(BBᵀ)). */
    public double frobeniusNorm() {
        DMatrixRMaj gramLeft = new DMatrixRMaj(inner(), inner());
        DMatrixRMaj gramRight = new DMatrixRMaj(inner(), inner());
        DMatrixRMaj a = doubles(left);
        DMatrixRMaj b = doubles(right);
        CommonOps_DDRM.multInner(a, gramLeft);
        CommonOps_DDRM.multOuter(b, gramRight);
        double trace = 0; // of the product of two symmetric matrices: the sum of their entries' products
        for (int i = 0; i < gramLeft.data.length; i++) {
            trace += gramLeft.data[i] * gramRight.data[i];
        }
        return Math.sqrt(Math.max(0, trace));
    }

    /**
     * The K eigenvalues that may differ from zero: those of right · left, largest magnitude first.
     *
     * @throws UncomputableException if an entry is not finite
     * @throws IllegalStateException if the matrix is not square
     */
    public Complex[] eigenvalues() {
        if (rows() != columns()) {
            throw new IllegalStateException("a [" + rows() + ", " + columns() + "] matrix has no eigenvalues");
        }
        DMatrixRMaj small = new DMatrixRMaj(inner(), inner());
        CommonOps_DDRM.mult(doubles(right), doubles(left), small);
        requireFinite("The eigenvalues", small);
        EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(inner(), false, false);
        if (!eigen.decompose(small)) {
            throw new ArithmeticException(
                    "the eigenvalues of a " + inner() + " by " + inner() + " matrix were not found");
        }
        Complex[] values = new Complex[inner()];
        for (int i = 0; i < values.length; i++) {
            Complex_F64 value = eigen.getEigenvalue(i);
            values[i] = new Complex(value.real, value.imaginary);
        }
        Arrays.sort(values, Comparator.comparingDouble(Complex::magnitude).reversed());
        return values;
    }

    /** The singular value decomposition, from a QR of both factors and an SVD of the K-by-K matrix between them. */
    public SingularValues svd() {
        DMatrixRMaj a = doubles(left);
        DMatrixRMaj bTransposed = CommonOps_DDRM.transpose(doubles(right), null);
        QRDecomposition<DMatrixRMaj> qrLeft = DecompositionFactory_DDRM.qr(a.numRows, a.numCols);
        QRDecomposition<DMatrixRMaj> qrRight = DecompositionFactory_DDRM.qr(bTransposed.numRows, bTransposed.numCols);
        qrLeft.decompose(a);
        qrRight.decompose(bTransposed);
        DMatrixRMaj rLeft = qrLeft.getR(null, true);
        DMatrixRMaj rRight = qrRight.getR(null, true);
        DMatrixRMaj middle = new DMatrixRMaj(rLeft.numRows, rRight.numRows);
        CommonOps_DDRM.multTransB(rLeft, rRight, middle);
        requireFinite("The singular values", middle);
        SingularValueDecomposition_F64<DMatrixRMaj> svd =
                DecompositionFactory_DDRM.svd(middle.numRows, middle.numCols, true, true, true);
        if (!svd.decompose(middle)) {
            throw new ArithmeticException("the singular values of a matrix of rank " + inner() + " were not found");
        }
        DMatrixRMaj u = svd.getU(null, false);
        DMatrixRMaj v = svd.getV(null, false);
        DMatrixRMaj w = svd.getW(null);
        SingularOps_DDRM.descendingOrder(u, false, w, v, false);
        int rank = Math.min(middle.numRows, middle.numCols);
        double[] s = new double[rank];
        for (int i = 0; i < rank; i++) {
            s[i] = w.get(i, i);
        }
        return new SingularValues(product(qrLeft.getQ(null, true), u), s, product(qrRight.getQ(null, true), v));
    }

    /** left · (right · other.left) with other.right: still factored, with the smaller of the two K. */
    public FactoredMatrix times(FactoredMatrix other) {
        if (columns() != other.rows()) {
            throw new IllegalArgumentException("[" + rows() + ", " + columns() + "] times [" + other.rows() + ", "
                    + other.columns() + "]: the inner sizes " + columns() + " and " + other.rows() + " differ");
        }
        Matrix middle = product(right, other.left);
        return inner() <= other.inner()
                ? new FactoredMatrix(left, product(middle, other.right))
                : new FactoredMatrix(product(left, middle), other.right);
    }

    public FactoredMatrix transpose() {
        return new FactoredMatrix(right.transpose(), left.transpose());
    }

    /** One row, [m]. */
    public float[] row(int index) {
        checkIndex("row", index, rows());
        Matrix row = Matrix.of(CommonOps_FDRM.extract(left.values(), index, index + 1, 0, inner()));
        return product(row, right).values().data;
    }

    /** One column, [n]. */
    public float[] column(int index) {
        checkIndex("column", index, columns());
        return product(left, right.columns(index, index + 1)).values().data;
    }

    private static void requireFinite(String what, DMatrixRMaj matrix) {
        if (MatrixFeatures_DDRM.hasUncountable(matrix)) {
            throw new UncomputableException(
                    what + " cannot be computed: the matrix is not finite, because the weights are too large.");
        }
    }

    private void checkIndex(String what, int index, int size) {
        if (index < 0 || index >= size) {
            throw new IllegalArgumentException(
                    "there is no " + what + " " + index + " in a [" + rows() + ", " + columns() + "] matrix");
        }
    }

    private static Matrix product(Matrix a, Matrix b) {
        return Matrix.of(CommonOps_FDRM.mult(a.values(), b.values(), null));
    }

    private static DMatrixRMaj product(DMatrixRMaj a, DMatrixRMaj b) {
        DMatrixRMaj out = new DMatrixRMaj(a.numRows, b.numCols);
        CommonOps_DDRM.mult(a, b, out);
        return out;
    }

    private static DMatrixRMaj doubles(Matrix matrix) {
        DMatrixRMaj out = new DMatrixRMaj(matrix.rows(), matrix.columns());
        for (int i = 0; i < out.data.length; i++) {
            out.data[i] = matrix.values().data[i];
        }
        return out;
    }
}
