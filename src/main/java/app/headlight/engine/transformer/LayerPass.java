package app.headlight.engine.transformer;

import app.headlight.engine.tensor.Prepared;
import app.headlight.engine.transformer.Site.Kind;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One layer of a pass, or every layer in turn where nothing is kept for a backward pass. Serial: mid = x + attention
 * (norm1 (x)), and mid + mlp (norm2 (mid)); parallel: x + attention (norm1 (x)) + mlp (norm2 (x)).
 */
final class LayerPass {

    private final PassShape shape;
    private final boolean parallel;
    private final NormPass norm1;
    private final AttentionPass attention;
    private final @Nullable NormPass norm2;
    private final @Nullable MlpPass mlp;
    private final @Nullable Prepared mid; // the stream between them, [S·n, D]
    private @Nullable Prepared read; // by attention, [S·n, D]
    private @Nullable Prepared mlpIn; // what norm2 is applied to, [S·n, D]
    private @Nullable Prepared mlpRead; // by the MLP, [S·n, D]

    LayerPass(PassShape shape, @Nullable Rotation rotation) {
        this.shape = shape;
        Config config = shape.config();
        parallel = config.parallel();
        norm1 = new NormPass(shape, config.norm(), config.dModel());
        attention = new AttentionPass(shape, rotation);
        Mlp kind = config.mlp();
        norm2 = kind == null ? null : new NormPass(shape, config.norm(), config.dModel());
        mlp = kind == null ? null : new MlpPass(shape, kind);
        mid = kind == null || parallel ? null : shape.stacked(config.dModel());
    }

    /**
     * Computes the stream after the layer from that before it, both [S·n, D].
     *
     * @param positions the position embedding by sequence, [n, D]; read only if positions are shortformer
     */
    void forward(
            PreparedWeights weights, int layer, Prepared before, Prepared[] positions, Prepared after, Hooks hooks) {
        shape.visit(hooks, Kind.RESID_PRE, layer, before);
        read = norm1.forward(before, weights.weights().layer(layer).ln1());
        Prepared attended = attention.forward(weights, layer, read, positions, hooks);
        if (mlp == null || norm2 == null) {
            sum(before, attended, after);
        } else {
            Prepared middle = before;
            if (mid != null) {
                sum(before, attended, mid);
                shape.visit(hooks, Kind.RESID_MID, layer, mid);
                middle = mid;
            }
            mlpIn = edited(hooks, layer, middle);
            mlpRead = norm2.forward(mlpIn, weights.weights().layer(layer).ln2());
            Prepared written = mlp.forward(weights, layer, mlpRead, hooks);
            sum(middle, written, after);
            if (parallel) {
                after.add(attended);
            }
        }
        shape.visit(hooks, Kind.RESID_POST, layer, after);
    }

    private static void sum(Prepared a, Prepared b, Prepared out) {
        out.copy(a);
        out.add(b);
    }

    /** What the MLP reads before its norm: the stream, or a copy of it that hooks may change. */
    private Prepared edited(Hooks hooks, int layer, Prepared stream) {
        if (!hooks.wants(Kind.MLP_IN, layer, -1)) {
            return stream;
        }
        Prepared copy = shape.stacked(shape.config().dModel());
        copy.copy(stream);
        shape.visit(hooks, Kind.MLP_IN, layer, copy);
        return copy;
    }

    /**
     * Computes the derivative by the stream before the layer from that by the stream after it; both are
     * {@code change.stream()}.
     *
     * @param gradients null if those of the weights are not wanted
     * @param positions the derivative by the position embedding, [n, D], to be added to; null if not wanted
     */
    void backward(
            PreparedWeights weights,
            int layer,
            Prepared before,
            PassChange change,
            @Nullable WeightGradients gradients,
            @Nullable Prepared positions,
            Hooks hooks) {
        String prefix = "blocks." + layer + ".";
        LayerWeights of = weights.weights().layer(layer);
        shape.visit(hooks, Kind.RESID_POST, layer, change.stream());
        change.written().copy(change.stream());
        if (mlp != null && norm2 != null) {
            Prepared in = Objects.requireNonNull(mlpIn);
            shape.visit(hooks, Kind.MLP_OUT, layer, change.written());
            mlp.backward(weights, layer, Objects.requireNonNull(mlpRead), change, gradients, hooks);
            norm2.backward(in, change.read(), prefix + "ln2", of.ln2(), gradients);
            shape.visit(hooks, Kind.MLP_IN, layer, change.read());
            if (parallel) {
                change.aside().copy(change.read());
            } else {
                change.stream().add(change.read());
                shape.visit(hooks, Kind.RESID_MID, layer, change.stream());
                change.written().copy(change.stream());
            }
        }
        shape.visit(hooks, Kind.ATTN_OUT, layer, change.written());
        attention.backward(weights, layer, Objects.requireNonNull(read), change, gradients, positions, hooks);
        norm1.backward(before, change.read(), prefix + "ln1", of.ln1(), gradients);
        change.stream().add(change.read());
        if (parallel) {
            change.stream().add(change.aside());
        }
        shape.visit(hooks, Kind.RESID_PRE, layer, change.stream());
    }
}
