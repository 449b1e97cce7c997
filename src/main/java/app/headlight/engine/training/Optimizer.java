package app.headlight.engine.training;

import app.headlight.engine.refusal.Refusal;

/**
 * How the optimizer takes its steps, beside the learning rate: AdamW (Loshchilov and Hutter 2019) on a gradient whose norm
 * is clipped.
 *
 * @param beta1 of the running mean of the gradient, in [0, 1)
 * @param beta2 of the running mean of its square, in [0, 1)
 * @param decay of the weights at each step, times the learning rate; biases and the norms' weights do not decay
 * @param clip the largest norm of a step's gradient
 * @param last the learning rate of the last step, as a share of the highest
 */
public record Optimizer(double beta1, double beta2, double decay, double clip, double last) {

    /** What a recipe has that does not say otherwise. */
    public static final Optimizer USUAL = new Optimizer(0.9, 0.99, 0.01, 1, 0.05);

    /** @throws Refusal naming the setting with a wrong value */
    public Optimizer {
        requireShare("beta1", beta1);
        requireShare("beta2", beta2);
        if (!(decay >= 0 && decay <= 10)) {
            throw new Refusal("the weight decay is " + decay + "; expected 0 to 10");
        }
        if (!(clip > 0)) {
            throw new Refusal("the gradient is clipped to " + clip + "; expected more than 0");
        }
        if (!(last >= 0 && last <= 1)) {
            throw new Refusal("the last learning rate is " + last + " of the highest; expected 0 to 1");
        }
    }

    /** The same with another decay of the weights. */
    public Optimizer withDecay(double other) {
        return new Optimizer(beta1, beta2, other, clip, last);
    }

    private static void requireShare(String what, double value) {
        if (!(value >= 0 && value < 1)) {
            throw new Refusal(what + " is " + value + "; expected 0 or more, below 1");
        }
    }
}
