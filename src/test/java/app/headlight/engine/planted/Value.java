package app.headlight.engine.planted;

import app.headlight.engine.circuits.StreamWriter;
import java.util.Arrays;

/**
 * A value of a program at each position: a part of the residual stream that one writer alone writes.
 *
 * @param from the first of its dimensions in the stream
 * @param width how many it has
 * @param differs whether it depends on the tokens; positions are the same in both sentences of a pair
 */
record Value(StreamWriter writer, int from, int width, boolean differs) {

    /** A number that is read off a value: the sum of its dimensions by these weights. */
    record Read(Value value, float... weights) {

        Read {
            if (weights.length != value.width()) {
                throw new IllegalArgumentException(weights.length + " weights for a width of " + value.width());
            }
        }

        Read times(float factor) {
            float[] scaled = weights.clone();
            for (int i = 0; i < scaled.length; i++) {
                scaled[i] *= factor;
            }
            return new Read(value, scaled);
        }
    }

    /** Whether a one-hot value is one of these. */
    Read in(int... ones) {
        float[] weights = new float[width];
        for (int one : ones) {
            weights[one] = 1;
        }
        return new Read(this, weights);
    }

    /** A value of one dimension, as it is. */
    Read number() {
        float[] weights = new float[width];
        Arrays.fill(weights, 1);
        return new Read(this, weights);
    }
}
