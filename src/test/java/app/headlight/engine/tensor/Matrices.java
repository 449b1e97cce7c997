package app.headlight.engine.tensor;

import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.ejml.data.FMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/** Random matrices, and dense float64 products to compare with. */
final class Matrices {

    private Matrices() {}

    static FMatrixRMaj random(int rows, int columns, long seed) {
        Random random = new Random(seed);
        FMatrixRMaj matrix = new FMatrixRMaj(rows, columns);
        for (int i = 0; i < matrix.data.length; i++) {
            matrix.data[i] = (float) random.nextGaussian();
        }
        return matrix;
    }

    static DMatrixRMaj widened(FMatrixRMaj matrix) {
        DMatrixRMaj wide = new DMatrixRMaj(matrix.numRows, matrix.numCols);
        for (int i = 0; i < matrix.data.length; i++) {
            wide.data[i] = matrix.data[i];
        }
        return wide;
    }

    static DMatrixRMaj widened(Matrix matrix) {
        return widened(matrix.copy());
    }

    static DMatrixRMaj dense(FactoredMatrix factored) {
        DMatrixRMaj dense = new DMatrixRMaj(factored.rows(), factored.columns());
        if (factored.inner() > 0) {
            CommonOps_DDRM.mult(widened(factored.left()), widened(factored.right()), dense);
        }
        return dense;
    }

    static double largest(DMatrixRMaj matrix) {
        return matrix.data.length == 0 ? 0 : CommonOps_DDRM.elementMaxAbs(matrix);
    }
}
