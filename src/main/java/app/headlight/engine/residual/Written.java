package app.headlight.engine.residual;

import app.headlight.engine.tensor.FactoredMatrix;
import app.headlight.engine.tensor.Matrix;
import app.headlight.engine.tensor.MatrixProducts;
import app.headlight.engine.tensor.SingularValues;
import org.ejml.data.FMatrixRMaj;
import org.ejml.dense.row.CommonOps_FDRM;

/**
 * The directions in which something writes to the residual stream. Few of them are kept as right singular vectors; many
 * as WᵀW, which tells as much of their sizes.
 *
 * @param rows orthonormal, {@code [r, D]}; or WᵀW, {@code [D, D]}
 * @param squares σ² of each row; empty for WᵀW
 * @param effectiveDimension (Σσ²)² / Σσ⁴, 0 for zeros
 */
record Written(Matrix rows, double[] squares, double effectiveDimension) {

    static Written of(SingularValues svd) {
        FMatrixRMaj rows = new FMatrixRMaj(svd.v().numCols, svd.v().numRows);
        double[] squares = new double[rows.numRows];
        for (int i = 0; i < rows.numRows; i++) {
            squares[i] = svd.s()[i] * svd.s()[i];
            for (int d = 0; d < rows.numCols; d++) {
                rows.set(i, d, (float) svd.v().get(d, i));
            }
        }
        return new Written(Matrix.of(rows), squares, svd.participationRatio());
    }

    /** @param rows that are added to the stream, {@code [n, D]} */
    static Written ofRows(Matrix rows, MatrixProducts products) {
        if (rows.rows() < rows.columns()) {
            return of(new FactoredMatrix(Matrix.of(CommonOps_FDRM.identity(rows.rows())), rows).svd());
        }
        FMatrixRMaj gram = new FMatrixRMaj(rows.columns(), rows.columns());
        products.multiplyTransA(rows, rows, gram);
        double fourths = 0;
        for (float value : gram.data) {
            fourths += (double) value * value;
        }
        double squares = trace(Matrix.of(gram));
        return new Written(Matrix.of(gram), new double[0], fourths == 0 ? 0 : squares * squares / fourths);
    }

    /** For each reader the share of what is written that it reads, and the overlap of the two subspaces. */
    double[][] readBy(Subspaces read, MatrixProducts products) {
        int columns = read.bases() == null ? 0 : read.bases().columns();
        FMatrixRMaj product = new FMatrixRMaj(rows.rows(), columns);
        if (columns > 0) {
            products.multiply(rows, read.bases(), product);
        }
        double[][] figures = new double[read.ranks().length][];
        int from = 0;
        for (int i = 0; i < figures.length; i++) {
            int rank = read.ranks()[i];
            if (rank == Subspaces.ALL) {
                figures[i] = new double[] {all() == 0 ? 0 : 1, isGram() ? Double.NaN : rank() == 0 ? 0 : 1};
            } else {
                figures[i] = new double[] {
                    share(product, read.bases(), from, from + rank), overlap(product, from, from + rank)
                };
                from += rank;
            }
        }
        return figures;
    }

    private double share(FMatrixRMaj product, Matrix bases, int from, int to) {
        double sum = 0;
        for (int row = 0; row < product.numRows; row++) {
            for (int column = from; column < to; column++) {
                double part = product.get(row, column);
                sum += isGram() ? part * bases.get(row, column) : squares[row] * part * part;
            }
        }
        double all = all();
        return all == 0 ? 0 : Math.clamp(sum / all, 0, 1);
    }

    private double overlap(FMatrixRMaj product, int from, int to) {
        int rank = rank();
        int smaller = Math.min(rank, to - from);
        if (isGram() || smaller == 0) {
            return isGram() ? Double.NaN : 0;
        }
        double sum = 0;
        for (int row = 0; row < rank; row++) {
            for (int column = from; column < to; column++) {
                double cosine = product.get(row, column);
                sum += cosine * cosine;
            }
        }
        return Math.min(1, sum / smaller);
    }

    private boolean isGram() {
        return squares.length == 0;
    }

    /** How many of the falling singular values are more than rounding. */
    private int rank() {
        int rank = 0;
        while (rank < squares.length && squares[rank] > 1e-12 * squares[0]) {
            rank++;
        }
        return rank;
    }

    private double all() {
        double sum = isGram() ? trace(rows) : 0;
        for (double square : squares) {
            sum += square;
        }
        return sum;
    }

    private static double trace(Matrix square) {
        double sum = 0;
        for (int i = 0; i < square.rows(); i++) {
            sum += square.get(i, i);
        }
        return sum;
    }
}
