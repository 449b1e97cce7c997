package app.headlight.engine.transformer;

import java.util.function.Function;
import java.util.function.Supplier;
import org.ejml.data.FMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * The weights of one layer. The heads lie side by side: head h has columns h·K to (h+1)·K of {@code wQ} and those rows
 * of {@code wO}; the keys and values of group g likewise columns g·K to (g+1)·K of {@code wK} and {@code wV}. Matrices
 * in 16 bits are read when they are asked for.
 */
public final class LayerWeights {

    private final @Nullable NormWeights ln1;
    private final Supplier<FMatrixRMaj> wQ;
    private final Supplier<FMatrixRMaj> wK;
    private final Supplier<FMatrixRMaj> wV;
    private final Supplier<FMatrixRMaj> wO;
    private final float[] bQ;
    private final float[] bK;
    private final float[] bV;
    private final float[] bO;
    private final @Nullable NormWeights ln2;
    private final @Nullable MlpWeights mlp;

    /**
     * The weights of a norm.
     *
     * @param w [width]
     * @param b [width]; null if it has none
     */
    public record NormWeights(float[] w, float @Nullable [] b) {}

    /** @param tensors what reads a tensor of the model; null of one that it does not have */
    LayerWeights(int layer, Function<String, @Nullable Supplier<FMatrixRMaj>> tensors) {
        Function<String, @Nullable Supplier<FMatrixRMaj>> of = name -> tensors.apply("blocks." + layer + "." + name);
        ln1 = norm(of, "ln1");
        wQ = required(of, "attn.W_Q");
        wK = required(of, "attn.W_K");
        wV = required(of, "attn.W_V");
        wO = required(of, "attn.W_O");
        bQ = required(of, "attn.b_Q").get().data;
        bK = required(of, "attn.b_K").get().data;
        bV = required(of, "attn.b_V").get().data;
        bO = required(of, "attn.b_O").get().data;
        ln2 = norm(of, "ln2");
        mlp = of.apply("mlp.W_in") == null ? null : new MlpWeights(of);
    }

    /** What attention reads the stream through; null if the norm has no weights. */
    public @Nullable NormWeights ln1() {
        return ln1;
    }

    /** [D, H·K] */
    public FMatrixRMaj wQ() {
        return wQ.get();
    }

    /** [D, G·K] */
    public FMatrixRMaj wK() {
        return wK.get();
    }

    /** [D, G·K] */
    public FMatrixRMaj wV() {
        return wV.get();
    }

    /** [H·K, D] */
    public FMatrixRMaj wO() {
        return wO.get();
    }

    /** [H·K] */
    public float[] bQ() {
        return bQ;
    }

    /** [G·K] */
    public float[] bK() {
        return bK;
    }

    /** [G·K] */
    public float[] bV() {
        return bV;
    }

    /** [D] */
    public float[] bO() {
        return bO;
    }

    /** What the MLP reads the stream through; null if the norm has no weights, or there is no MLP. */
    public @Nullable NormWeights ln2() {
        return ln2;
    }

    /** Null if there is none. */
    public @Nullable MlpWeights mlp() {
        return mlp;
    }

    /** The weights of an MLP. */
    public static final class MlpWeights {

        private final Supplier<FMatrixRMaj> wIn;
        private final @Nullable Supplier<FMatrixRMaj> wGate;
        private final float @Nullable [] bGate;
        private final float[] bIn;
        private final Supplier<FMatrixRMaj> wOut;
        private final float[] bOut;
        private final @Nullable NormWeights ln;

        private MlpWeights(Function<String, @Nullable Supplier<FMatrixRMaj>> of) {
            wIn = required(of, "mlp.W_in");
            wGate = of.apply("mlp.W_gate");
            Supplier<FMatrixRMaj> gateBias = of.apply("mlp.b_gate");
            bGate = gateBias == null ? null : gateBias.get().data;
            bIn = required(of, "mlp.b_in").get().data;
            wOut = required(of, "mlp.W_out");
            bOut = required(of, "mlp.b_out").get().data;
            ln = norm(of, "mlp.ln");
        }

        /** [D, M] */
        public FMatrixRMaj wIn() {
            return wIn.get();
        }

        /** [D, M]; null if it is not gated. */
        public @Nullable FMatrixRMaj wGate() {
            return wGate == null ? null : wGate.get();
        }

        /** [M]; null if the gate has none. */
        public float @Nullable [] bGate() {
            return bGate;
        }

        /** [M] */
        public float[] bIn() {
            return bIn;
        }

        /** [M, D] */
        public FMatrixRMaj wOut() {
            return wOut.get();
        }

        /** [D] */
        public float[] bOut() {
            return bOut;
        }

        /** Over the neurons; null unless the activation has one. */
        public @Nullable NormWeights ln() {
            return ln;
        }
    }

    static @Nullable NormWeights norm(Function<String, @Nullable Supplier<FMatrixRMaj>> of, String name) {
        Supplier<FMatrixRMaj> w = of.apply(name + ".w");
        Supplier<FMatrixRMaj> b = of.apply(name + ".b");
        return w == null ? null : new NormWeights(w.get().data, b == null ? null : b.get().data);
    }

    private static Supplier<FMatrixRMaj> required(Function<String, @Nullable Supplier<FMatrixRMaj>> of, String name) {
        Supplier<FMatrixRMaj> tensor = of.apply(name);
        if (tensor == null) {
            throw new IllegalStateException("there is no tensor " + name);
        }
        return tensor;
    }
}
