package app.headlight.engine.circuits;

import app.headlight.engine.tensor.FactoredMatrix;
import app.headlight.engine.tensor.Matrix;
import app.headlight.engine.tensor.MatrixProducts;
import org.ejml.data.DMatrixRMaj;
import org.ejml.data.FMatrixRMaj;
import org.ejml.dense.row.CommonOps_FDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;

/**
 * A writer W {@code [n, D]} of the residual stream, or the transpose of a reader, in a smaller form that gives products
 * the same norm: rows S with SᵀS = WᵀW, or WᵀW itself.
 *
 * @param rows {@code [r, D]}, or WᵀW {@code [D, D]}
 * @param gram which of the two
 */
record StreamEnd(Matrix rows, boolean gram) {

    /**
     * The form of a product of a head's weights: the R of a QR of its left factor times the right one, {@code [K, D]}.
     */
    static StreamEnd of(FactoredMatrix weights) {
        float[] left = weights.left().toArray();
        DMatrixRMaj outer = new DMatrixRMaj(weights.rows(), weights.inner());
        for (int i = 0; i < outer.data.length; i++) {
            outer.data[i] = left[i];
        }
        var qr = DecompositionFactory_DDRM.qr(outer.numRows, outer.numCols);
        qr.decompose(outer);
        DMatrixRMaj r = qr.getR(null, true);
        FMatrixRMaj small = new FMatrixRMaj(r.numRows, r.numCols);
        for (int i = 0; i < small.data.length; i++) {
            small.data[i] = (float) r.data[i];
        }
        return new StreamEnd(
                Matrix.of(CommonOps_FDRM.mult(small, weights.right().copy(), null)), false);
    }

    /** The form of the embedding {@code [V, D]}: 2 V D² operations. */
    static StreamEnd ofEmbedding(Matrix wE, MatrixProducts products) {
        FMatrixRMaj gram = new FMatrixRMaj(wE.columns(), wE.columns());
        products.multiplyTransA(wE, wE, gram);
        return new StreamEnd(Matrix.of(gram), true);
    }

    /** The form of the unembedding {@code [D, V]}, transposed: 2 V D² operations. */
    static StreamEnd ofUnembedding(Matrix wU, MatrixProducts products) {
        FMatrixRMaj gram = new FMatrixRMaj(wU.rows(), wU.rows());
        products.multiplyTransB(wU, wU, gram);
        return new StreamEnd(Matrix.of(gram), true);
    }

    /** ‖W‖_F. */
    double norm() {
        double squares = 0;
        for (int i = 0; i < rows.rows(); i++) {
            for (int j = 0; j < rows.columns(); j++) {
                double x = rows.get(i, j);
                squares += gram ? i == j ? x : 0 : x * x;
            }
        }
        return Math.sqrt(Math.max(0, squares));
    }

    /**
     * ‖W_write W_read‖_F / (‖W_write‖_F ‖W_read‖_F), in [0, 1]; 0 if one of them is all zeros.
     *
     * @param reader a reader, transposed
     */
    double ratio(StreamEnd reader, MatrixProducts products) {
        double norms = norm() * reader.norm();
        return norms == 0 ? 0 : Math.sqrt(Math.max(0, squaredNormOfProduct(reader, products))) / norms;
    }

    private double squaredNormOfProduct(StreamEnd reader, MatrixProducts products) {
        if (gram && reader.gram) {
            return dot(rows, reader.rows); // trace(WᵀW R Rᵀ)
        }
        if (gram || reader.gram) {
            Matrix thin = gram ? reader.rows : rows;
            FMatrixRMaj moved = new FMatrixRMaj(thin.rows(), thin.columns());
            products.multiply(thin, gram ? rows : reader.rows, moved);
            return dot(Matrix.of(moved), thin); // trace(S R Rᵀ Sᵀ)
        }
        FMatrixRMaj product = new FMatrixRMaj(rows.rows(), reader.rows.rows());
        products.multiplyTransB(rows, reader.rows, product);
        return dot(Matrix.of(product), Matrix.of(product));
    }

    private static double dot(Matrix a, Matrix b) {
        double sum = 0;
        for (int i = 0; i < a.rows(); i++) {
            for (int j = 0; j < a.columns(); j++) {
                sum += (double) a.get(i, j) * b.get(i, j);
            }
        }
        return sum;
    }
}
