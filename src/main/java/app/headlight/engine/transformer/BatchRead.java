package app.headlight.engine.transformer;

import app.headlight.engine.tensor.Prepared;
import org.ejml.data.FMatrixRMaj;

/**
 * What a layer, or the unembedding, reads of the stream in a {@link BatchPass}: the stream itself, or its rows centred
 * and scaled ({@link Norm#LN_PRE}).
 */
final class BatchRead {

    private final BatchShape shape;
    private final boolean norm;
    private final Prepared[] stream; // by sequence, [n, D]
    private final Prepared read; // [S·n, D]
    private final Prepared[] readBySequence;
    private final float[][] scale; // [S][n]

    BatchRead(BatchShape shape, Prepared stream) {
        this.shape = shape;
        norm = shape.config().norm() == Norm.LN_PRE;
        this.stream = shape.bySequence(stream);
        read = norm ? shape.stacked(shape.dModel()) : stream;
        readBySequence = shape.bySequence(read);
        scale = new float[shape.sequences()][shape.length()];
    }

    /** What is read, [S·n, D]. */
    Prepared rows() {
        return read;
    }

    Prepared[] bySequence() {
        return readBySequence;
    }

    void forward() {
        for (int s = 0; norm && s < stream.length; s++) {
            stream[s].read(shape.row(), 0);
            Rows.centreAndScale(shape.row(), shape.config().eps(), scale[s]);
            readBySequence[s].write(shape.row());
        }
    }

    /**
     * Computes the derivative by the stream from that by what is read, both [S·n, D], in place. With y a row as read
     * and c its scale, dx = c (dy − mean(dy) − y mean(y ∘ dy)).
     */
    void backward(Prepared[] change) {
        for (int s = 0; norm && s < stream.length; s++) {
            readBySequence[s].read(shape.row(), 0);
            change[s].read(shape.otherRow(), 0);
            backward(shape.row(), scale[s], shape.otherRow());
            change[s].write(shape.otherRow());
        }
    }

    private static void backward(FMatrixRMaj y, float[] scale, FMatrixRMaj change) {
        int d = y.numCols;
        for (int t = 0; t < y.numRows; t++) {
            double mean = 0;
            double along = 0;
            for (int i = t * d; i < (t + 1) * d; i++) {
                mean += change.data[i];
                along += (double) change.data[i] * y.data[i];
            }
            mean /= d;
            along /= d;
            for (int i = t * d; i < (t + 1) * d; i++) {
                change.data[i] = (float) (scale[t] * (change.data[i] - mean - y.data[i] * along));
            }
        }
    }
}
