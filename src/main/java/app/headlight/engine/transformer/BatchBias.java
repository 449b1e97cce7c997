package app.headlight.engine.transformer;

import app.headlight.engine.tensor.Prepared;
import org.ejml.data.FMatrixRMaj;

/** One bias of a {@link BatchPass}, which is added to every row, and its gradient, which is the sum over all rows. */
final class BatchBias {

    private final BatchShape shape;
    private final int index; // in Weights.biases()
    private final Prepared gradient; // [1, n]

    BatchBias(BatchShape shape, int index, int width) {
        this.shape = shape;
        this.index = index;
        this.gradient = shape.products().blank(1, shape.biases() ? width : 0);
    }

    /** Adds the bias to rows, [any, n]. */
    void addTo(Prepared rows, TrainableWeights weights) {
        if (shape.biases()) {
            shape.products().multiply(ones(rows), false, weights.bias(index), false, 1, rows);
        }
    }

    /** Computes the gradient from the derivative by the rows that the bias was added to, [any, n]. */
    void backward(Prepared change, float keep) {
        if (shape.biases()) {
            shape.products().multiply(ones(change), true, change, false, keep, gradient);
        }
    }

    void read(Weights gradients) {
        if (shape.biases()) {
            float[] out = gradients.biases().get(index);
            gradient.read(FMatrixRMaj.wrap(1, out.length, out), 0);
        }
    }

    private Prepared ones(Prepared rows) {
        return rows.rows() == shape.rows() ? shape.ones() : shape.ones().rows(0, rows.rows());
    }
}
