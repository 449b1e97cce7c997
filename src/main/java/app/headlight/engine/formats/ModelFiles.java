package app.headlight.engine.formats;

import app.headlight.engine.formats.SafetensorsWriter.Precision;
import app.headlight.engine.transformer.Config;
import app.headlight.engine.transformer.Weights;
import app.headlight.engine.transformer.Weights.Tensor;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.ejml.data.FMatrixRMaj;
import org.ejml.dense.row.CommonOps_FDRM;

/**
 * Reads and writes a model's {@code config.json} and {@code model.safetensors} by TransformerLens's field and tensor
 * names: {@code W_Q, W_K, W_V [H, D, K]}, {@code W_O [H, K, D]}, biases by head; a bias that is not in the file is
 * zero.
 */
public final class ModelFiles {

    private static final String W_E = "embed.W_E";
    private static final String W_U = "unembed.W_U";

    private ModelFiles() {}

    /** @throws IllegalArgumentException naming the field that is missing or has a wrong value */
    public static ConfigFile readConfig(String json) {
        return ConfigJson.read(json);
    }

    /** The configuration as {@code config.json}. */
    public static String writeConfig(Config config) {
        return ConfigJson.write(config);
    }

    /**
     * The weights of a model of this configuration.
     *
     * @throws SafetensorsException if a tensor is missing, has another shape, or does not belong to such a model
     */
    public static Weights readWeights(Config config, Safetensors file) throws IOException {
        return readWeights(config, false, file);
    }

    /**
     * The weights of a model of this configuration.
     *
     * @param tied whether embedding or unembedding may be missing, because it is the other's transpose
     * @throws SafetensorsException if a tensor is missing, has another shape, or does not belong to such a model
     */
    public static Weights readWeights(Config config, boolean tied, Safetensors file) throws IOException {
        ModelTensors tensors = new ModelTensors(file);
        int v = config.dVocab();
        int d = config.dModel();
        Map<String, FMatrixRMaj> values = new LinkedHashMap<>();
        for (Tensor tensor : Weights.tensors(config)) {
            String name = tensor.name();
            if (tied && name.equals(W_E) && file.entry(W_E) == null && file.entry(W_U) != null) {
                values.put(name, transposed(tensors.required(W_U, d, v), d, v));
            } else if (tied && name.equals(W_U) && file.entry(W_U) == null) {
                values.put(name, transposed(Objects.requireNonNull(values.get(W_E)).data, v, d));
            } else {
                values.put(name, read(config, tensors, tensor));
            }
        }
        tensors.refuseUnknown(config);
        return Weights.of(config, values);
    }

    /** The weights as {@code model.safetensors}, float32; biases that are all zero are left out. */
    public static byte[] writeWeights(Config config, Weights weights) {
        return writeWeights(config, weights, Precision.F32);
    }

    /** The weights as {@code model.safetensors}; biases that are all zero are left out. */
    public static byte[] writeWeights(Config config, Weights weights, Precision precision) {
        SafetensorsWriter out = new SafetensorsWriter(precision);
        for (Tensor tensor : Weights.tensors(config)) {
            FMatrixRMaj values = weights.get(tensor.name());
            int[] shape = shape(config, tensor);
            if (!tensor.bias() || !isZero(values.data)) {
                out.add(tensor.name(), isByHead(shape, tensor) ? unpacked(values, shape[0]) : values.data, shape);
            }
        }
        return out.bytes();
    }

    private static FMatrixRMaj transposed(float[] values, int rows, int columns) {
        return CommonOps_FDRM.transpose(new FMatrixRMaj(rows, columns, true, values), null);
    }

    private static boolean isZero(float[] values) {
        for (float value : values) {
            if (value != 0) {
                return false;
            }
        }
        return true;
    }

    private static FMatrixRMaj read(Config config, ModelTensors tensors, Tensor tensor) throws IOException {
        int[] shape = shape(config, tensor);
        float[] values = tensor.bias() ? tensors.orZeros(tensor.name(), shape) : tensors.required(tensor.name(), shape);
        return isByHead(shape, tensor)
                ? packed(values, shape[0], shape[1], shape[2])
                : new FMatrixRMaj(tensor.rows(), tensor.columns(), true, values);
    }

    /** The shape in the file, where heads have an axis of their own and vectors only one. */
    private static int[] shape(Config config, Tensor tensor) {
        int k = config.dHead();
        String name = tensor.name().substring(tensor.name().lastIndexOf('.') + 1);
        return switch (name) {
            case "W_Q", "W_K", "W_V" -> new int[] {tensor.columns() / k, tensor.rows(), k};
            case "W_O" -> new int[] {tensor.rows() / k, k, tensor.columns()};
            case "b_Q", "b_K", "b_V" -> new int[] {tensor.columns() / k, k};
            default ->
                tensor.rows() == 1 && (tensor.bias() || name.equals("w"))
                        ? new int[] {tensor.columns()}
                        : new int[] {tensor.rows(), tensor.columns()};
        };
    }

    /** Whether the file has the heads one after another, and the matrix has them side by side. */
    private static boolean isByHead(int[] shape, Tensor tensor) {
        return shape.length == 3 && !tensor.name().endsWith("W_O");
    }

    /** [H, D, K] to [D, H·K]. */
    private static FMatrixRMaj packed(float[] byHead, int h, int d, int k) {
        FMatrixRMaj out = new FMatrixRMaj(d, h * k);
        for (int head = 0; head < h; head++) {
            for (int row = 0; row < d; row++) {
                System.arraycopy(byHead, (head * d + row) * k, out.data, row * h * k + head * k, k);
            }
        }
        return out;
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
