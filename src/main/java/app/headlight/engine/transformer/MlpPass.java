package app.headlight.engine.transformer;

import app.headlight.engine.tensor.MatrixProducts;
import app.headlight.engine.tensor.Prepared;
import app.headlight.engine.transformer.LayerWeights.NormWeights;
import app.headlight.engine.transformer.Mlp.Activation;
import app.headlight.engine.transformer.Site.Kind;
import java.util.Objects;
import org.ejml.data.FMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * The MLP of one layer in a pass, or of every layer in turn ({@code docs/maths.md}, "Layer kinds"): act(x W_in + b_in) W_out + b_out, and gated (act(x W_gate)
 * ∘ (x W_in) + b_in) W_out + b_out, or with biases of the factors (act(x W_gate + b_gate) ∘ (x W_in + b_in)) W_out + b_out.
 */
final class MlpPass {

    private final PassShape shape;
    private final Mlp mlp;
    private final MatrixProducts products;
    private final Prepared pre; // what the activation function is applied to, [S·n, M]
    private final @Nullable Prepared linear; // x W_in where it is gated, [S·n, M]
    private final Prepared activated; // [S·n, M]
    private final @Nullable NormPass norm; // of the activations
    private Prepared post; // [S·n, M]
    private final Prepared out; // [S·n, D]

    MlpPass(PassShape shape, Mlp mlp) {
        this.shape = shape;
        this.mlp = mlp;
        this.products = shape.products();
        pre = shape.stacked(mlp.dMlp());
        linear = mlp.gated() ? shape.stacked(mlp.dMlp()) : null;
        activated = shape.stacked(mlp.dMlp());
        Norm kind = shape.config().norm() == Norm.LN ? Norm.LN : Norm.LN_PRE;
        norm = mlp.activation() == Activation.SOLU_LN ? new NormPass(shape, kind, mlp.dMlp()) : null;
        post = activated;
        out = shape.stacked(shape.config().dModel());
    }

    /**
     * What the MLP writes, [S·n, D].
     *
     * @param read the stream through the norm, [S·n, D]
     */
    Prepared forward(PreparedWeights weights, int layer, Prepared read, Hooks hooks) {
        String prefix = "blocks." + layer + ".mlp.";
        products.multiply(read, weights.get(prefix + (linear == null ? "W_in" : "W_gate")), pre); // (S n, D) (D, M)
        if (linear == null) {
            shape.addBias(weights, prefix + "b_in", pre);
        } else {
            products.multiply(read, weights.get(prefix + "W_in"), linear);
        }
        if (mlp.biasedFactors()) {
            shape.addBias(weights, prefix + "b_gate", pre);
            shape.addBias(weights, prefix + "b_in", Objects.requireNonNull(linear));
        }
        shape.visit(hooks, Kind.MLP_PRE, layer, pre);
        activate();
        if (linear != null && !mlp.biasedFactors()) {
            shape.addBias(weights, prefix + "b_in", activated);
        }
        post = norm == null ? activated : norm.forward(activated, ln(weights, layer));
        shape.visit(hooks, Kind.MLP_POST, layer, post);
        products.multiply(post, weights.get(prefix + "W_out"), out); // (S n, M) (M, D)
        shape.addBias(weights, prefix + "b_out", out);
        shape.visit(hooks, Kind.MLP_OUT, layer, out);
        return out;
    }

    private static @Nullable NormWeights ln(PreparedWeights weights, int layer) {
        return Objects.requireNonNull(weights.weights().layer(layer).mlp()).ln();
    }

    private void activate() {
        for (int s = 0; s < shape.sequences(); s++) {
            FMatrixRMaj x = shape.room(0, shape.length(), mlp.dMlp());
            FMatrixRMaj gated = shape.room(1, shape.length(), mlp.dMlp());
            shape.of(pre, s).read(x, 0);
            if (linear != null) {
                shape.of(linear, s).read(gated, 0);
            }
            shape.forRows(shape.length(), t -> {
                Neurons.activate(mlp.activation(), x, t, shape.exponentials(x.numCols));
                for (int i = t * x.numCols; linear != null && i < (t + 1) * x.numCols; i++) {
                    x.data[i] *= gated.data[i];
                }
            });
            shape.of(activated, s).write(x);
        }
    }

    /**
     * Computes the derivative by what the MLP reads.
     *
     * @param change in {@code written}, by what the MLP writes; in {@code read}, by what it reads
     * @param gradients null if those of the weights are not wanted
     */
    void backward(
            PreparedWeights weights,
            int layer,
            Prepared read,
            PassChange change,
            @Nullable WeightGradients gradients,
            Hooks hooks) {
        String prefix = "blocks." + layer + ".mlp.";
        products.multiplyTransB(change.written(), weights.get(prefix + "W_out"), change.neurons()); // (S n, D) (D, M)
        if (gradients != null) {
            gradients.ofMatrix(prefix + "W_out", post, change.written(), 0); // (M, S n) (S n, D)
            gradients.ofBias(weights, prefix + "b_out", change.written(), 0);
        }
        shape.visit(hooks, Kind.MLP_POST, layer, change.neurons());
        if (norm != null) {
            norm.backward(activated, change.neurons(), prefix + "ln", ln(weights, layer), gradients);
        }
        if (gradients != null && linear != null && !mlp.biasedFactors()) {
            gradients.ofBias(weights, prefix + "b_in", change.neurons(), 0);
        }
        activateBackward(change);
        shape.visit(hooks, Kind.MLP_PRE, layer, change.neurons());
        String gate = prefix + (linear == null ? "W_in" : "W_gate");
        if (gradients != null) {
            gradients.ofMatrix(gate, read, change.neurons(), 0); // (D, S n) (S n, M)
            if (linear == null) {
                gradients.ofBias(weights, prefix + "b_in", change.neurons(), 0);
            } else {
                gradients.ofMatrix(prefix + "W_in", read, change.linear(), 0);
            }
            if (mlp.biasedFactors()) {
                gradients.ofBias(weights, prefix + "b_gate", change.neurons(), 0);
                gradients.ofBias(weights, prefix + "b_in", change.linear(), 0);
            }
        }
        products.multiply(change.neurons(), false, weights.get(gate), true, 0, change.read()); // (S n, M) (M, D)
        if (linear != null) {
            products.multiply(change.linear(), false, weights.get(prefix + "W_in"), true, 1, change.read());
        }
    }

    /** In {@code neurons}, the derivative by the activations in, by {@code pre} out; in {@code linear}, by x W_in. */
    private void activateBackward(PassChange change) {
        for (int s = 0; s < shape.sequences(); s++) {
            FMatrixRMaj x = shape.room(0, shape.length(), mlp.dMlp());
            FMatrixRMaj dy = shape.room(1, shape.length(), mlp.dMlp());
            shape.of(pre, s).read(x, 0);
            shape.of(change.neurons(), s).read(dy, 0);
            if (linear != null) {
                gateBackward(s, x, dy, change);
            }
            for (int t = 0; t < shape.length(); t++) {
                Neurons.backward(mlp.activation(), x, t, dy, shape.exponentials(x.numCols));
            }
            shape.of(change.neurons(), s).write(dy);
        }
    }

    /** Splits the derivative by a product of two factors. */
    private void gateBackward(int s, FMatrixRMaj x, FMatrixRMaj dy, PassChange change) {
        FMatrixRMaj byLinear = shape.room(2, shape.length(), mlp.dMlp());
        FMatrixRMaj gated = shape.room(3, shape.length(), mlp.dMlp());
        System.arraycopy(x.data, 0, byLinear.data, 0, x.getNumElements());
        shape.of(Objects.requireNonNull(linear), s).read(gated, 0);
        for (int t = 0; t < shape.length(); t++) {
            Neurons.activate(mlp.activation(), byLinear, t, shape.exponentials(x.numCols));
        }
        for (int i = 0; i < dy.getNumElements(); i++) {
            byLinear.data[i] *= dy.data[i];
            dy.data[i] *= gated.data[i];
        }
        shape.of(change.linear(), s).write(byLinear);
    }
}
