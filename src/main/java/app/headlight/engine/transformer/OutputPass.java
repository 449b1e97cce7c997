package app.headlight.engine.transformer;

import app.headlight.engine.tensor.Prepared;
import app.headlight.engine.transformer.Site.Kind;
import java.util.Arrays;
import org.ejml.data.FMatrixRMaj;
import org.jspecify.annotations.Nullable;

/** The final norm and the unembedding of a pass, one sequence at a time. */
final class OutputPass {

    private static final String W_U = "unembed.W_U";

    private final PassShape shape;
    private final NormPass norm;
    private final Prepared product; // [n, V]
    private @Nullable FMatrixRMaj room; // [n, V]

    OutputPass(PassShape shape) {
        this.shape = shape;
        norm = new NormPass(shape, shape.config().finalNorm(), shape.config().dModel());
        product = shape.blank(shape.length(), shape.config().dVocab());
    }

    /** What the unembedding reads of the last stream, [S·n, D]. */
    Prepared read(PreparedWeights weights, Prepared stream, Hooks hooks) {
        Prepared read = norm.forward(stream, weights.weights().lnFinal());
        shape.visit(hooks, Kind.FINAL_NORM, -1, read);
        return read;
    }

    /**
     * Computes the logits of a sequence.
     *
     * @param logits [n, V], written
     */
    void logits(PreparedWeights weights, Prepared read, int sequence, FMatrixRMaj logits) {
        Unembedding.logits(
                weights,
                shape.products(),
                shape.of(read, sequence),
                product,
                (work, rows) -> shape.forRows(rows, work),
                logits);
    }

    /**
     * Hands the logits of each sequence to a metric, and computes its derivative by the last stream.
     *
     * @param change null if no derivative is wanted; its {@code stream} is written
     * @param gradients null if those of the weights are not wanted
     */
    void differentiate(
            PreparedWeights weights,
            Prepared stream,
            LogitMetric metric,
            @Nullable PassChange change,
            @Nullable WeightGradients gradients,
            Hooks hooks,
            Hooks byHooks) {
        Prepared read = read(weights, stream, hooks);
        double cap = shape.config().logitsSoftCap();
        FMatrixRMaj logits = room();
        for (int s = 0; s < shape.sequences(); s++) {
            logits(weights, read, s, logits);
            float[] capped = change == null || cap == 0 ? new float[0] : Arrays.copyOf(logits.data, logits.data.length);
            metric.differentiate(s, logits);
            if (change != null) {
                Unembedding.capBackward(capped, cap, logits);
                float keep = s == 0 ? 0 : 1;
                product.write(logits);
                if (gradients != null) {
                    gradients.ofMatrix(W_U, shape.of(read, s), product, keep); // (D, n) (n, V)
                    gradients.ofBias(weights, "unembed.b_U", product, keep);
                }
                Prepared rows = shape.of(change.stream(), s);
                shape.products().multiplyTransB(product, weights.get(W_U), rows); // (n, V) (V, D)
            }
        }
        if (change != null) {
            shape.visit(byHooks, Kind.FINAL_NORM, -1, change.stream());
            norm.backward(stream, change.stream(), "ln_final", weights.weights().lnFinal(), gradients);
        }
    }

    private FMatrixRMaj room() {
        if (room == null) {
            room = new FMatrixRMaj(shape.length(), shape.config().dVocab());
        }
        return room;
    }
}
