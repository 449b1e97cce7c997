package app.headlight.engine.residual;

import app.headlight.engine.tensor.Matrix;
import app.headlight.engine.tensor.SingularValues;
import app.headlight.engine.transformer.Head;
import app.headlight.engine.transformer.HeadId;
import app.headlight.engine.transformer.Transformer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ejml.data.DMatrixRMaj;
import org.ejml.data.FMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.SingularOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;
import org.jspecify.annotations.Nullable;

/**
 * The bandwidth of the residual stream: how the heads share it, which together have far more dimensions than the stream
 * (Elhage et al. 2021, "A Mathematical Framework for Transformer Circuits", Residual Stream Bandwidth; Subspaces and
 * the Residual Stream). If the vocabulary is larger than the stream, the unembedding reads every dimension: its shares
 * are then all 1, as the overlaps of the embedding would be.
 *
 * @param channels by writer, then by input of a later head; the embedding first, the unembedding last
 * @param effectiveDimensions of what each head writes: (Σσ²)² / Σσ⁴ of W_OV, in [1, K]; 0 for a head of zeros
 * @param chance K / D: the share of a random direction that a head reads
 */
public record Bandwidth(List<Channel> channels, Map<HeadId, Double> effectiveDimensions, double chance) {

    // Of squares of float32 products: values below this share of the largest are rounding.
    private static final double ROUNDING = 1e-7;

    /** The inputs of a head, which its W_Q, W_K and W_V read. */
    public enum Input {
        Q,
        K,
        V;

        private Matrix weights(Head head) {
            return switch (this) {
                case Q -> head.wQ();
                case K -> head.wK();
                case V -> head.wV();
            };
        }
    }

    /**
     * A pair of a writer and an input of a later head.
     *
     * @param writer null: the embedding
     * @param reader null: the unembedding
     * @param input of the reader; null for the unembedding
     * @param share the share of ‖W_write‖_F² that lies in the subspace that the input reads, in [0, 1]
     * @param overlap the overlap of the two subspaces, however much is written in each direction: the mean cos² of
     *     their principal angles, in [0, 1]; NaN for the embedding, which writes in every direction
     */
    public record Channel(
            @Nullable HeadId writer,
            @Nullable HeadId reader,
            @Nullable Input input,
            double share,
            double overlap) {}

    /** Copies. */
    public Bandwidth {
        channels = List.copyOf(channels);
        effectiveDimensions = Collections.unmodifiableMap(new LinkedHashMap<>(effectiveDimensions));
    }

    /** The directions that a writer writes, by their size, and a basis of them. */
    private record Written(
            @Nullable HeadId id,
            int layer,
            DMatrixRMaj rows,
            @Nullable DMatrixRMaj basis) {}

    /** The subspace that a reader reads, as an orthonormal basis, {@code [D, rank]}. */
    private record Read(
            @Nullable HeadId id, int layer, @Nullable Input input, DMatrixRMaj space) {}

    /** Measures {@code model}; embedding and unembedding cost V D² operations each. */
    public static Bandwidth of(Transformer model) {
        List<Written> writers = new ArrayList<>();
        writers.add(new Written(null, -1, embedding(model), null));
        Map<HeadId, Double> dimensions = new LinkedHashMap<>();
        List<Read> readers = new ArrayList<>();
        for (HeadId id : model.heads()) {
            Head head = model.head(id);
            SingularValues svd = head.ov().svd();
            dimensions.put(id, svd.participationRatio());
            writers.add(new Written(id, id.layer(), scaled(svd), basis(svd)));
            for (Input input : Input.values()) {
                readers.add(new Read(id, id.layer(), input, columnSpace(input.weights(head))));
            }
        }
        readers.add(new Read(null, model.config().nLayers(), null, unembedded(model)));
        List<Channel> channels = new ArrayList<>();
        for (Written writer : writers) {
            for (Read reader : readers) {
                if (writer.layer < reader.layer) {
                    channels.add(new Channel(
                            writer.id,
                            reader.id,
                            reader.input,
                            share(writer.rows, reader.space),
                            writer.basis == null ? Double.NaN : overlap(writer.basis, reader.space)));
                }
            }
        }
        return new Bandwidth(
                channels,
                dimensions,
                (double) model.config().dHead() / model.config().dModel());
    }

    /** Rows with the same sum of squares as W_E along any direction, {@code [D, D]}. */
    private static DMatrixRMaj embedding(Transformer model) {
        FMatrixRMaj wE = model.weights().wE();
        FMatrixRMaj gram = new FMatrixRMaj(wE.numCols, wE.numCols);
        model.products().multiplyTransA(Matrix.of(wE), Matrix.of(wE), gram);
        var eigen = eigen(gram, "W_E");
        DMatrixRMaj rows = new DMatrixRMaj(wE.numCols, wE.numCols);
        for (int i = 0; i < rows.numRows; i++) {
            double length = Math.sqrt(Math.max(0, eigen.getEigenvalue(i).real));
            for (int d = 0; d < rows.numCols; d++) {
                rows.set(i, d, length * eigen.getEigenVector(i).get(d));
            }
        }
        return rows;
    }

    /** An orthonormal basis of the columns of W_U, {@code [D, rank]}. */
    private static DMatrixRMaj unembedded(Transformer model) {
        FMatrixRMaj wU = model.weights().wU();
        FMatrixRMaj gram = new FMatrixRMaj(wU.numRows, wU.numRows);
        model.products().multiplyTransB(Matrix.of(wU), Matrix.of(wU), gram);
        var eigen = eigen(gram, "W_U");
        double largest = 0;
        for (int i = 0; i < wU.numRows; i++) {
            largest = Math.max(largest, eigen.getEigenvalue(i).real);
        }
        List<DMatrixRMaj> kept = new ArrayList<>();
        for (int i = 0; i < wU.numRows; i++) {
            if (eigen.getEigenvalue(i).real > ROUNDING * largest) {
                kept.add(eigen.getEigenVector(i));
            }
        }
        DMatrixRMaj basis = new DMatrixRMaj(wU.numRows, kept.size());
        for (int i = 0; i < kept.size(); i++) {
            CommonOps_DDRM.insert(kept.get(i), basis, 0, i);
        }
        return basis;
    }

    private static EigenDecomposition_F64<DMatrixRMaj> eigen(FMatrixRMaj gram, String of) {
        EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(gram.numCols, true, true);
        if (!eigen.decompose(doubles(gram))) {
            throw new ArithmeticException("the principal directions of " + of + " were not found");
        }
        return eigen;
    }

    /** diag(s) Vᵀ, {@code [K, D]}: rows with the same sum of squares as W_OV along any direction. */
    private static DMatrixRMaj scaled(SingularValues svd) {
        DMatrixRMaj rows = CommonOps_DDRM.transpose(svd.v(), null);
        for (int i = 0; i < rows.numRows; i++) {
            for (int d = 0; d < rows.numCols; d++) {
                rows.set(i, d, svd.s()[i] * rows.get(i, d));
            }
        }
        return rows;
    }

    /** An orthonormal basis of the rows of W_OV, {@code [D, rank]}. */
    private static DMatrixRMaj basis(SingularValues svd) {
        return CommonOps_DDRM.extract(svd.v(), 0, svd.v().numRows, 0, rank(svd.s()));
    }

    /** An orthonormal basis of the columns of an input's weights, {@code [D, rank]}. */
    private static DMatrixRMaj columnSpace(Matrix weights) {
        var svd = DecompositionFactory_DDRM.svd(weights.rows(), weights.columns(), true, false, true);
        if (!svd.decompose(doubles(weights.copy()))) {
            throw new ArithmeticException("the subspace that a head reads was not found");
        }
        DMatrixRMaj u = svd.getU(null, false);
        DMatrixRMaj w = svd.getW(null);
        SingularOps_DDRM.descendingOrder(u, false, w, null, false);
        double[] values = new double[Math.min(w.numRows, w.numCols)];
        for (int i = 0; i < values.length; i++) {
            values[i] = w.get(i, i);
        }
        return CommonOps_DDRM.extract(u, 0, u.numRows, 0, rank(values));
    }

    /** How many of the falling values are more than rounding. */
    private static int rank(double[] values) {
        int rank = 0;
        while (rank < values.length && values[rank] > 1e-6 * values[0]) {
            rank++;
        }
        return rank;
    }

    private static double share(DMatrixRMaj rows, DMatrixRMaj space) {
        double all = squares(rows);
        return all == 0 ? 0 : squares(CommonOps_DDRM.mult(rows, space, null)) / all;
    }

    private static double overlap(DMatrixRMaj basis, DMatrixRMaj space) {
        int smaller = Math.min(basis.numCols, space.numCols);
        return smaller == 0 ? 0 : squares(CommonOps_DDRM.multTransA(basis, space, null)) / smaller;
    }

    private static double squares(DMatrixRMaj matrix) {
        double sum = 0;
        for (int i = 0; i < matrix.getNumElements(); i++) {
            sum += matrix.data[i] * matrix.data[i];
        }
        return sum;
    }

    private static DMatrixRMaj doubles(FMatrixRMaj matrix) {
        DMatrixRMaj out = new DMatrixRMaj(matrix.numRows, matrix.numCols);
        for (int i = 0; i < out.data.length; i++) {
            out.data[i] = matrix.data[i];
        }
        return out;
    }
}
