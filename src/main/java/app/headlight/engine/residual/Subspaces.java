package app.headlight.engine.residual;

import app.headlight.engine.tensor.Matrix;
import app.headlight.engine.tensor.MatrixProducts;
import java.util.ArrayList;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.data.FMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.SingularOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;
import org.jspecify.annotations.Nullable;

/**
 * The subspaces of the residual stream that several readers read, side by side, so that one product tells what of a
 * writer lies in each.
 *
 * @param bases orthonormal bases as columns, one reader's after another's, {@code [D, sum of the ranks]}; null where no
 *     reader needs one
 * @param ranks how many dimensions each reads; {@link #ALL} for one that reads every dimension, which has no columns
 */
record Subspaces(@Nullable Matrix bases, int[] ranks) {

    static final int ALL = -1;

    // Of squares of float32 products: values below this share of the largest are rounding.
    private static final double ROUNDING = 1e-7;

    /** @param weights of the readers, {@code [D, n]} each */
    static Subspaces of(List<Matrix> weights, MatrixProducts products) {
        List<DMatrixRMaj> spaces = new ArrayList<>();
        int[] ranks = new int[weights.size()];
        for (int i = 0; i < ranks.length; i++) {
            DMatrixRMaj space = of(weights.get(i), products);
            ranks[i] = space == null ? ALL : space.numCols;
            if (space != null && space.numCols > 0) {
                spaces.add(space);
            }
        }
        return new Subspaces(spaces.isEmpty() ? null : sideBySide(spaces), ranks);
    }

    /** A basis of the columns, {@code [D, rank]}; null where they span every dimension. */
    private static @Nullable DMatrixRMaj of(Matrix weights, MatrixProducts products) {
        return weights.columns() < weights.rows() ? fromFew(weights) : fromMany(weights, products);
    }

    private static DMatrixRMaj fromFew(Matrix weights) {
        var svd = DecompositionFactory_DDRM.svd(weights.rows(), weights.columns(), true, false, true);
        if (!svd.decompose(doubles(weights))) {
            throw new ArithmeticException("the subspace that a head reads was not found");
        }
        DMatrixRMaj u = svd.getU(null, false);
        DMatrixRMaj w = svd.getW(null);
        SingularOps_DDRM.descendingOrder(u, false, w, null, false);
        int rank = 0;
        while (rank < weights.columns() && w.get(rank, rank) > 1e-6 * w.get(0, 0)) {
            rank++;
        }
        return CommonOps_DDRM.extract(u, 0, u.numRows, 0, rank);
    }

    private static @Nullable DMatrixRMaj fromMany(Matrix weights, MatrixProducts products) {
        int dimensions = weights.rows();
        FMatrixRMaj products32 = new FMatrixRMaj(dimensions, dimensions);
        products.multiplyTransB(weights, weights, products32);
        DMatrixRMaj gram = doubles(Matrix.of(products32));
        if (spansAll(gram)) {
            return null;
        }
        EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(dimensions, true, true);
        if (!eigen.decompose(gram)) {
            throw new ArithmeticException("the directions that are read were not found");
        }
        double largest = 0;
        for (int i = 0; i < dimensions; i++) {
            largest = Math.max(largest, eigen.getEigenvalue(i).real);
        }
        List<DMatrixRMaj> kept = new ArrayList<>();
        for (int i = 0; i < dimensions; i++) {
            if (eigen.getEigenvalue(i).real > ROUNDING * largest) {
                kept.add(eigen.getEigenVector(i));
            }
        }
        DMatrixRMaj basis = new DMatrixRMaj(dimensions, kept.size());
        for (int i = 0; i < kept.size(); i++) {
            CommonOps_DDRM.insert(kept.get(i), basis, 0, i);
        }
        return basis;
    }

    /**
     * Whether every eigenvalue is certainly more than rounding: it is where a Cholesky decomposition exists after that
     * much is taken away, since no eigenvalue is above the Frobenius norm. Far quicker than the eigenvalues themselves.
     */
    private static boolean spansAll(DMatrixRMaj gram) {
        double norm = 0;
        for (double value : gram.data) {
            norm += value * value;
        }
        DMatrixRMaj less = gram.copy();
        for (int i = 0; i < less.numRows; i++) {
            less.add(i, i, -ROUNDING * Math.sqrt(norm));
        }
        return norm > 0 && DecompositionFactory_DDRM.chol(less.numRows, true).decompose(less);
    }

    private static Matrix sideBySide(List<DMatrixRMaj> spaces) {
        FMatrixRMaj all = new FMatrixRMaj(
                spaces.getFirst().numRows,
                spaces.stream().mapToInt(DMatrixRMaj::getNumCols).sum());
        int from = 0;
        for (DMatrixRMaj space : spaces) {
            for (int row = 0; row < space.numRows; row++) {
                for (int column = 0; column < space.numCols; column++) {
                    all.set(row, from + column, (float) space.get(row, column));
                }
            }
            from += space.numCols;
        }
        return Matrix.of(all);
    }

    private static DMatrixRMaj doubles(Matrix matrix) {
        FMatrixRMaj values = matrix.copy();
        DMatrixRMaj out = new DMatrixRMaj(values.numRows, values.numCols);
        for (int i = 0; i < out.data.length; i++) {
            out.data[i] = values.data[i];
        }
        return out;
    }
}
