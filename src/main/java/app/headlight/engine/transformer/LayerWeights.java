package app.headlight.engine.transformer;

import java.util.function.Function;
import org.ejml.data.FMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * The weights of one layer. The heads lie side by side: head h has columns h·K to (h+1)·K of {@code wQ} and those rows
 * of {@code wO}; the keys and values of group g likewise columns g·K to (g+1)·K of {@code wK} and {@code wV}.
 *
 * @param ln1 what attention reads the stream through; null if the norm has no weights
 * @param wQ [D, H·K]
 * @param wK [D, G·K]
 * @param wV [D, G·K]
 * @param wO [H·K, D]
 * @param bQ [H·K]
 * @param bK [G·K]
 * @param bV [G·K]
 * @param bO [D]
 * @param ln2 what the MLP reads the stream through; null if the norm has no weights, or there is no MLP
 * @param mlp null if there is none
 */
public record LayerWeights(
        @Nullable NormWeights ln1,
        FMatrixRMaj wQ,
        FMatrixRMaj wK,
        FMatrixRMaj wV,
        FMatrixRMaj wO,
        float[] bQ,
        float[] bK,
        float[] bV,
        float[] bO,
        @Nullable NormWeights ln2,
        @Nullable MlpWeights mlp) {

    /**
     * The weights of a norm.
     *
     * @param w [width]
     * @param b [width]; null if it has none
     */
    public record NormWeights(float[] w, float @Nullable [] b) {}

    /**
     * The weights of an MLP.
     *
     * @param wIn [D, M]
     * @param wGate [D, M]; null if it is not gated
     * @param bIn [M]
     * @param wOut [M, D]
     * @param bOut [D]
     * @param ln over the neurons; null unless the activation has one
     */
    public record MlpWeights(
            FMatrixRMaj wIn,
            @Nullable FMatrixRMaj wGate,
            float[] bIn,
            FMatrixRMaj wOut,
            float[] bOut,
            @Nullable NormWeights ln) {}

    static LayerWeights of(int layer, Function<String, @Nullable FMatrixRMaj> tensors) {
        Function<String, @Nullable FMatrixRMaj> of = name -> tensors.apply("blocks." + layer + "." + name);
        return new LayerWeights(
                norm(of, "ln1"),
                required(of, "attn.W_Q"),
                required(of, "attn.W_K"),
                required(of, "attn.W_V"),
                required(of, "attn.W_O"),
                required(of, "attn.b_Q").data,
                required(of, "attn.b_K").data,
                required(of, "attn.b_V").data,
                required(of, "attn.b_O").data,
                norm(of, "ln2"),
                mlp(of));
    }

    static @Nullable NormWeights norm(Function<String, @Nullable FMatrixRMaj> of, String name) {
        FMatrixRMaj w = of.apply(name + ".w");
        FMatrixRMaj b = of.apply(name + ".b");
        return w == null ? null : new NormWeights(w.data, b == null ? null : b.data);
    }

    private static @Nullable MlpWeights mlp(Function<String, @Nullable FMatrixRMaj> of) {
        return of.apply("mlp.W_in") == null
                ? null
                : new MlpWeights(
                        required(of, "mlp.W_in"),
                        of.apply("mlp.W_gate"),
                        required(of, "mlp.b_in").data,
                        required(of, "mlp.W_out"),
                        required(of, "mlp.b_out").data,
                        norm(of, "mlp.ln"));
    }

    static FMatrixRMaj required(Function<String, @Nullable FMatrixRMaj> of, String name) {
        FMatrixRMaj tensor = of.apply(name);
        if (tensor == null) {
            throw new IllegalStateException("there is no tensor " + name);
        }
        return tensor;
    }
}
