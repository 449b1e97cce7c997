package app.headlight.engine.transformer;

import app.headlight.engine.refusal.Refusal;

/**
 * What becomes of the angles by which {@link Rotary} turns from one position to the next, so that a model reads longer texts
 * than it was trained on ({@code docs/maths.md}, "Layer kinds").
 */
public sealed interface RotaryScaling {

    /** Angles stay as they are. */
    RotaryScaling NONE = new None();

    /** The angle for one position that takes the place of another. */
    double of(double angle);

    /** Angles stay as they are. */
    record None() implements RotaryScaling {

        @Override
        public double of(double angle) {
            return angle;
        }
    }

    /** Every angle is divided by a factor (Chen et al. 2023, "Extending Context Window of Large Language Models via Positional Interpolation"). */
    record Linear(double factor) implements RotaryScaling {

        /** @throws Refusal if the factor is not a positive number */
        public Linear {
            requirePositive("factor", factor);
        }

        @Override
        public double of(double angle) {
            return angle / factor;
        }
    }

    /**
     * Slow pairs of dimensions are divided by a factor, fast ones stay, and those between go over from one to the other, as in
     * Llama 3.1. How fast a pair is, says the number of its turns within {@code context} positions.
     *
     * @param fewTurns pairs with fewer turns are divided by the factor
     * @param manyTurns pairs with more turns stay
     * @param context the longest text of the training before
     */
    record ByParts(double factor, double fewTurns, double manyTurns, double context) implements RotaryScaling {

        /** @throws Refusal naming the number that is not positive, or the two that are not in order */
        public ByParts {
            requirePositive("factor", factor);
            requirePositive("low_freq_factor", fewTurns);
            requirePositive("original_max_position_embeddings", context);
            if (!(manyTurns > fewTurns) || Double.isInfinite(manyTurns)) {
                throw new Refusal("the rotary scaling’s high_freq_factor is " + manyTurns + " and its low_freq_factor "
                        + fewTurns + "; expected the first to be larger");
            }
        }

        @Override
        public double of(double angle) {
            double turns = context * angle / (2 * Math.PI);
            double kept = Math.clamp((turns - fewTurns) / (manyTurns - fewTurns), 0.0, 1.0);
            return kept * angle + (1 - kept) * angle / factor;
        }
    }

    private static void requirePositive(String name, double value) {
        if (!(value > 0) || Double.isInfinite(value)) {
            throw new Refusal("the rotary scaling’s " + name + " is " + value + "; expected a positive number");
        }
    }
}
