package app.headlight.engine.transformer;

import app.headlight.engine.tensor.MatrixProducts;
import app.headlight.engine.tensor.Prepared;
import app.headlight.engine.tensor.Softmax;
import java.util.Arrays;

/**
 * The unembedding of a {@link BatchPass} and the losses; forward and backward are computed together, one sequence at a
 * time.
 */
final class BatchOutput {

    private final BatchShape shape;
    private final MatrixProducts products;
    private final BatchRead read;
    private final Prepared logits; // [n, V]
    private final Prepared gradient; // of W_U, [D, V]
    private final BatchBias bU;
    private final int[] targets;

    BatchOutput(BatchShape shape, Prepared stream) {
        this.shape = shape;
        this.products = shape.products();
        read = new BatchRead(shape, stream);
        logits = products.blank(shape.length(), shape.config().dVocab());
        gradient = products.blank(shape.dModel(), shape.config().dVocab());
        bU = new BatchBias(shape, 4 * shape.config().nLayers(), shape.config().dVocab());
        targets = new int[shape.length()];
    }

    /**
     * Computes the losses, and if {@code weight} is not zero the derivative of their sum times {@code weight}.
     *
     * @param from the first position whose loss counts for the derivative
     * @param tokens by sequence, [n + 1]
     * @param change receives the derivative by the stream, by sequence, [n, D]
     * @param loss receives the losses, by sequence, [n]
     */
    void run(TrainableWeights weights, int[][] tokens, float weight, int from, Prepared[] change, double[][] loss) {
        Prepared wU = weights.prepared().wU();
        read.forward();
        for (int s = 0; s < shape.sequences(); s++) {
            Prepared rows = read.bySequence()[s];
            products.multiply(rows, wU, logits); // (n, D) (D, V)
            bU.addTo(logits, weights);
            logits.read(shape.logits(), 0);
            System.arraycopy(tokens[s], 1, targets, 0, targets.length);
            Softmax.crossEntropy(shape.logits(), targets, weight, shape.exponentials(), loss[s]);
            if (weight != 0) {
                Arrays.fill(shape.logits().data, 0, from * shape.logits().numCols, 0);
                float keep = s == 0 ? 0 : 1;
                logits.write(shape.logits());
                products.multiply(rows, true, logits, false, keep, gradient); // (D, n) (n, V)
                bU.backward(logits, keep);
                products.multiplyTransB(logits, wU, change[s]); // (n, V) (V, D)
            }
        }
        if (weight != 0) {
            read.backward(change);
        }
    }

    void readGradient(Weights out) {
        gradient.read(out.wU(), 0);
        bU.read(out);
    }
}
