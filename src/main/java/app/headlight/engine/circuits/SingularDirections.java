package app.headlight.engine.circuits;

import app.headlight.engine.tensor.FactoredMatrix;
import app.headlight.engine.tensor.Matrix;
import app.headlight.engine.tensor.SingularValues;
import app.headlight.engine.tensor.TopK;
import app.headlight.engine.transformer.HeadId;
import app.headlight.engine.transformer.Transformer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.data.FMatrixRMaj;
import org.ejml.dense.row.CommonOps_FDRM;
import org.jspecify.annotations.Nullable;

/**
 * The singular directions of a head's low-rank circuits, strongest first, described by tokens (Millidge and Black 2022,
 * "The Singular Value Decompositions of Transformer Weight Matrices are Highly Interpretable"). With W_OV = U Σ V^T, a
 * head reads along a column of U and writes along the same column of V; with W_QK, a destination along a column of U
 * looks for sources along the same column of V. The sign of a pair is free; it is chosen so that the token that is
 * strongest along U is positive.
 *
 * @param directions d_head of them
 */
public record SingularDirections(List<Direction> directions) {

    /**
     * One direction and the tokens at its two ends, most extreme first.
     *
     * @param value the singular value
     * @param readsMost tokens by the largest W_E u
     * @param readsLeast tokens by the smallest W_E u
     * @param raises tokens by the largest v W_U, centred over the vocabulary; for W_QK by the largest W_E v
     * @param lowers tokens by the smallest
     */
    public record Direction(
            double value,
            List<TopK.Entry> readsMost,
            List<TopK.Entry> readsLeast,
            List<TopK.Entry> raises,
            List<TopK.Entry> lowers) {}

    /** Copies the list. */
    public SingularDirections {
        directions = List.copyOf(directions);
    }

    /** The directions of a head's W_OV with {@code k} tokens at each end: 4 V D K operations. */
    public static SingularDirections ofOv(Transformer model, HeadId head, int k) {
        return ofOv(model, model.head(head).ov(), k);
    }

    /** The same for several heads one after another, W_OV1 W_OV2 …. */
    public static SingularDirections ofOv(Transformer model, VirtualHead head, int k) {
        return ofOv(model, head.ov(), k);
    }

    private static SingularDirections ofOv(Transformer model, FactoredMatrix ov, int k) {
        SingularValues svd = ov.svd();
        FMatrixRMaj written = model.logitsAdded(floats(svd.v()).transpose());
        Submatrix.centreRows(written);
        return of(svd.s(), embedded(model, svd.u()), written, k);
    }

    /** The directions of a head's W_QK with {@code k} tokens at each end: 4 V D K operations. */
    public static SingularDirections ofQk(Transformer model, HeadId head, int k) {
        return ofQk(model, head, null, null, k);
    }

    /** The same for a head that reads what earlier heads moved; see {@link QkCircuit#composed}. */
    public static SingularDirections ofQk(
            Transformer model, HeadId head, @Nullable HeadId query, @Nullable HeadId key, int k) {
        SingularValues svd = QkCircuit.composedWeights(model, head, query, key).svd();
        return of(svd.s(), embedded(model, svd.u()), embedded(model, svd.v()), k);
    }

    private static SingularDirections of(double[] values, FMatrixRMaj left, FMatrixRMaj right, int k) {
        List<Direction> directions = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            float[] read = row(left, i);
            float[] written = row(right, i);
            if (strongestIsNegative(read)) {
                negate(read);
                negate(written);
            }
            directions.add(new Direction(
                    values[i],
                    TopK.largest(read, k),
                    TopK.smallest(read, k),
                    TopK.largest(written, k),
                    TopK.smallest(written, k)));
        }
        return new SingularDirections(directions);
    }

    /** The coordinate of each token in each direction, [K, V]. */
    private static FMatrixRMaj embedded(Transformer model, DMatrixRMaj directions) {
        FMatrixRMaj byToken = new FMatrixRMaj(model.config().dVocab(), directions.numCols);
        model.products().multiply(Matrix.of(model.weights().wE()), floats(directions), byToken);
        return CommonOps_FDRM.transpose(byToken, null);
    }

    private static Matrix floats(DMatrixRMaj matrix) {
        FMatrixRMaj out = new FMatrixRMaj(matrix.numRows, matrix.numCols);
        for (int i = 0; i < out.data.length; i++) {
            out.data[i] = (float) matrix.data[i];
        }
        return Matrix.of(out);
    }

    private static float[] row(FMatrixRMaj matrix, int row) {
        return Arrays.copyOfRange(matrix.data, row * matrix.numCols, (row + 1) * matrix.numCols);
    }

    private static boolean strongestIsNegative(float[] values) {
        float strongest = 0;
        for (float value : values) {
            strongest = Math.abs(value) > Math.abs(strongest) ? value : strongest;
        }
        return strongest < 0;
    }

    private static void negate(float[] values) {
        for (int i = 0; i < values.length; i++) {
            values[i] = -values[i];
        }
    }
}
