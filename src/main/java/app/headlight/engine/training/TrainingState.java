package app.headlight.engine.training;

import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.transformer.Config;
import app.headlight.engine.transformer.Weights;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The state of a training, from which it continues exactly, to the last bit.
 *
 * @param step steps taken
 * @param means the optimizer's running means of the gradient
 * @param squares the optimizer's running means of its square
 */
public record TrainingState(long step, Weights weights, Weights means, Weights squares) {

    static TrainingState initial(Recipe recipe) {
        Config config = recipe.config();
        return new TrainingState(
                0, InitialWeights.draw(config, recipe.seed()), Weights.zeros(config), Weights.zeros(config));
    }

    /** The state as bytes: the step, then every array in order, big-endian. */
    public byte[] bytes() {
        List<float[]> arrays = arrays();
        int floats = arrays.stream().mapToInt(array -> array.length).sum();
        ByteBuffer out = ByteBuffer.allocate(Long.BYTES + Math.multiplyExact(floats, Float.BYTES));
        out.putLong(step);
        for (float[] array : arrays) {
            out.asFloatBuffer().put(array);
            out.position(out.position() + array.length * Float.BYTES);
        }
        return out.array();
    }

    /** @throws Refusal if the bytes are not those of a training of this configuration */
    public static TrainingState of(Config config, byte[] bytes) {
        Weights weights = Weights.zeros(config);
        TrainingState state = new TrainingState(
                bytes.length < Long.BYTES ? 0 : ByteBuffer.wrap(bytes).getLong(),
                weights,
                Weights.zeros(config),
                Weights.zeros(config));
        if (bytes.length != state.bytes().length) {
            throw new Refusal("the training's state has " + bytes.length + " bytes; expected " + state.bytes().length);
        }
        ByteBuffer in = ByteBuffer.wrap(bytes, Long.BYTES, bytes.length - Long.BYTES);
        for (float[] array : state.arrays()) {
            in.asFloatBuffer().get(array);
            in.position(in.position() + array.length * Float.BYTES);
        }
        return state;
    }

    private List<float[]> arrays() {
        List<float[]> arrays = new ArrayList<>();
        for (Weights each : List.of(weights, means, squares)) {
            arrays.addAll(each.matrices());
            arrays.addAll(each.biases());
        }
        return arrays;
    }
}
