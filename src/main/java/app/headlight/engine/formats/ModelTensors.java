package app.headlight.engine.formats;

import app.headlight.engine.transformer.Config;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The tensors of a model's file, which remembers those that were used. */
final class ModelTensors {

    /** TransformerLens stores masks and rotations beside the weights; the model learned nothing in them. */
    private static final Pattern MASK = Pattern.compile("blocks\\.\\d+\\.attn\\.mask");

    private static final Pattern CONSTANT = Pattern.compile("blocks\\.\\d+\\.attn\\.(IGNORE|rotary_sin|rotary_cos)");

    private final Safetensors file;
    private final Set<String> used = new HashSet<>();

    ModelTensors(Safetensors file) {
        this.file = file;
    }

    float[] required(String name, int... shape) throws IOException {
        float[] values = find(name, shape);
        if (values == null) {
            throw new SafetensorsException("tensor “" + name + "” is missing");
        }
        return values;
    }

    float[] orZeros(String name, int... shape) throws IOException {
        float[] values = find(name, shape);
        int count = 1;
        for (int size : shape) {
            count *= size;
        }
        return values == null ? new float[count] : values;
    }

    float @Nullable [] find(String name, int... shape) throws IOException {
        TensorEntry entry = file.entry(name);
        if (entry == null) {
            return null;
        }
        used.add(name);
        boolean same = entry.shape().length == shape.length;
        for (int i = 0; same && i < shape.length; i++) {
            same = entry.shape()[i] == shape[i];
        }
        if (!same) {
            throw new SafetensorsException(
                    "tensor “" + name + "” is " + entry.shapeText() + "; expected " + Arrays.toString(shape));
        }
        return file.floats(name);
    }

    /** Refuses tensors that were not used and are not such constants, and masks other than the causal one. */
    void refuseUnknown(Config config) throws IOException {
        for (String name : file.names()) {
            if (used.contains(name) || CONSTANT.matcher(name).matches()) {
                continue;
            }
            if (!MASK.matcher(name).matches()) {
                throw new SafetensorsException(
                        "tensor “" + name + "” is not one of an attention-only model of this configuration");
            }
            if (!file.isCausalMask(name, config.nCtx())) {
                throw new SafetensorsException("tensor “" + name + "” is not the causal mask, [" + config.nCtx() + ", "
                        + config.nCtx() + "]; no other mask is read so far");
            }
        }
    }
}
