package app.headlight.engine.formats;

import app.headlight.engine.formats.SafetensorsWriter.Precision;
import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.transformer.Config;
import app.headlight.engine.transformer.Weights;
import app.headlight.engine.transformer.Weights.Tensor;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Set;
import java.util.function.Supplier;
import org.ejml.data.FMatrixRMaj;

/**
 * Reads a model's {@code config.json} and {@code model.safetensors} of any {@link Family}, and writes them by
 * TransformerLens's field and tensor names: {@code W_Q, W_K, W_V [H, D, K]}, {@code W_O [H, K, D]}, biases by head.
 */
public final class ModelFiles {

    private ModelFiles() {}

    /** @throws Refusal naming the field that is missing or has a wrong value */
    public static ConfigFile readConfig(String json) {
        return ConfigJson.read(json);
    }

    /** The configuration as {@code config.json}. */
    public static String writeConfig(Config config) {
        return ConfigJson.write(config);
    }

    /**
     * The weights of a model.
     *
     * @throws SafetensorsException naming the tensors that are missing or have another shape, or the one that cannot be
     *     read
     */
    public static WeightsFile readWeights(ConfigFile config, Safetensors file) throws IOException {
        TensorPlan plan = new TensorPlan(file);
        config.family().tensors(config.config(), config.traits(), plan);
        return plan.read(config.config());
    }

    /**
     * The weights of a file that {@link #writeWeights} wrote.
     *
     * @throws SafetensorsException as {@link #readWeights(ConfigFile, Safetensors)} does
     */
    public static Weights readWeights(Config config, Safetensors file) throws IOException {
        return readWeights(ConfigFile.of(config), file).weights();
    }

    /** The weights as {@code model.safetensors}, float32; biases that are all zero are left out. */
    public static byte[] writeWeights(Config config, Weights weights) {
        return writeWeights(config, weights, Precision.F32);
    }

    /** The weights as {@code model.safetensors}; biases that are all zero are left out. */
    public static byte[] writeWeights(Config config, Weights weights, Precision precision) {
        return file(config, weights, precision).bytes();
    }

    /** The same, written one tensor after the other. */
    public static void writeWeights(Config config, Weights weights, OutputStream out) throws IOException {
        file(config, weights, Precision.F32).writeTo(out);
    }

    private static SafetensorsWriter file(Config config, Weights weights, Precision precision) {
        SafetensorsWriter out = new SafetensorsWriter(precision);
        for (Tensor tensor : weights.tensors()) {
            Supplier<FMatrixRMaj> values = () -> weights.get(tensor.name());
            String kind = tensor.name().substring(tensor.name().lastIndexOf('.') + 1);
            int h = isGrouped(kind) ? config.nKeyValueHeads() : config.nHeads();
            String name = tensor.name();
            if (isGrouped(kind) && config.nKeyValueHeads() != config.nHeads()) {
                name = name.replace(kind, "_" + kind);
            }
            switch (kind) {
                case "W_Q", "W_K", "W_V" ->
                    out.add(name, () -> unpacked(values.get(), h), h, config.dModel(), config.dHead());
                case "W_O" -> out.add(name, () -> values.get().data, h, config.dHead(), config.dModel());
                case "b_Q", "b_K", "b_V" -> addBias(out, name, values.get().data, h, config.dHead());
                case "w" -> out.add(name, () -> values.get().data, tensor.columns());
                case "b" -> out.add(name, () -> values.get().data, tensor.columns());
                default -> {
                    if (tensor.bias()) {
                        addBias(out, name, values.get().data, tensor.columns());
                    } else {
                        out.add(name, () -> values.get().data, tensor.rows(), tensor.columns());
                    }
                }
            }
        }
        return out;
    }

    private static boolean isGrouped(String kind) {
        return Set.of("W_K", "W_V", "b_K", "b_V").contains(kind);
    }

    private static void addBias(SafetensorsWriter out, String name, float[] values, int... shape) {
        for (float value : values) {
            if (value != 0) {
                out.add(name, values, shape);
                return;
            }
        }
    }

    /** [D, H·K] to [H, D, K]. */
    private static float[] unpacked(FMatrixRMaj packed, int h) {
        int d = packed.numRows;
        int k = packed.numCols / h;
        float[] byHead = new float[packed.data.length];
        for (int head = 0; head < h; head++) {
            for (int row = 0; row < d; row++) {
                System.arraycopy(packed.data, row * h * k + head * k, byHead, (head * d + row) * k, k);
            }
        }
        return byHead;
    }
}
