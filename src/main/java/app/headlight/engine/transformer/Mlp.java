package app.headlight.engine.transformer;

import app.headlight.engine.refusal.Refusal;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;

/**
 * The size and kind of the MLP of each layer.
 *
 * @param dMlp its width, M: the number of neurons
 * @param gated whether the activations of W_gate are multiplied by those of W_in
 * @param biasedFactors of a gated one: whether each of the two factors has a bias of its own, b_gate and b_in, as Llama's
 *     {@code mlp_bias} says; if not, b_in is added to their product, as in TransformerLens
 */
public record Mlp(
        int dMlp,
        Activation activation,
        boolean gated,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) @JsonSetter(nulls = Nulls.AS_EMPTY) // not in earlier recipes
        boolean biasedFactors) {

    private static final int WIDEST = 1_000_000;

    /** The activation functions, by TransformerLens's names. */
    public enum Activation {
        /** x Φ(x), with the error function (Hendrycks and Gimpel 2016). */
        GELU,
        /** Its approximation with tanh, as in GPT-2. */
        GELU_NEW,
        /** Another, x / (1 + e^(−1.702 x)). */
        QUICK_GELU,
        /** max(x, 0). */
        RELU,
        /** max(x, 0)² (So et al. 2021, "Primer"). */
        RELU2,
        /** x / (1 + e^−x). */
        SILU,
        /** x · softmax(x) over the neurons (Elhage et al. 2022, "Softmax Linear Units"). */
        SOLU,
        /** The same, followed by a layer norm over the neurons, which has weights if the model's norm is {@link Norm#LN}. */
        SOLU_LN
    }

    /** An MLP whose factors, if it is gated, have no biases of their own. */
    public Mlp(int dMlp, Activation activation, boolean gated) {
        this(dMlp, activation, gated, false);
    }

    /** @throws Refusal if the width is out of its bounds, or the activation has no gated form */
    public Mlp {
        if (dMlp < 1 || dMlp > WIDEST) {
            throw new Refusal("d_mlp is " + dMlp + "; expected 1 to 1,000,000");
        }
        if (gated && activation == Activation.SOLU_LN) {
            throw new Refusal("gated_mlp is true and act_fn " + activation
                    + "; expected another activation, because the norm over the neurons leaves no product");
        }
        if (biasedFactors && !gated) {
            throw new Refusal("mlp_bias is true and gated_mlp is false; expected both, or neither");
        }
    }
}
