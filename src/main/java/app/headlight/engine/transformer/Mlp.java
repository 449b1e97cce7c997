package app.headlight.engine.transformer;

import app.headlight.engine.refusal.Refusal;

/**
 * The size and kind of the MLP of each layer.
 *
 * @param dMlp its width, M: the number of neurons
 * @param gated whether the activations of W_gate are multiplied by those of W_in
 */
public record Mlp(int dMlp, Activation activation, boolean gated) {

    private static final int WIDEST = 1_000_000;

    /** The activation functions, by TransformerLens's names. */
    public enum Activation {
        /** x Φ(x), with the error function (Hendrycks and Gimpel 2016). */
        GELU,
        /** Its approximation with tanh, as in GPT-2. */
        GELU_NEW,
        /** max(x, 0). */
        RELU,
        /** x / (1 + e^−x). */
        SILU,
        /** x · softmax(x) over the neurons (Elhage et al. 2022, "Softmax Linear Units"). */
        SOLU,
        /** The same, followed by a layer norm over the neurons, which has weights if the model's norm is {@link Norm#LN}. */
        SOLU_LN
    }

    /** @throws Refusal if the width is out of its bounds, or the activation has no gated form */
    public Mlp {
        if (dMlp < 1 || dMlp > WIDEST) {
            throw new Refusal("d_mlp is " + dMlp + "; expected 1 to 1,000,000");
        }
        if (gated && (activation == Activation.SOLU || activation == Activation.SOLU_LN)) {
            throw new Refusal(
                    "gated_mlp is true and act_fn " + activation + "; expected an activation of each neuron by itself");
        }
    }
}
