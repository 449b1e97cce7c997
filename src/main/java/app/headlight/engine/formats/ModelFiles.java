package app.headlight.engine.formats;

import app.headlight.engine.formats.SafetensorsWriter.Precision;
import app.headlight.engine.transformer.Config;
import app.headlight.engine.transformer.LayerWeights;
import app.headlight.engine.transformer.Positions;
import app.headlight.engine.transformer.Weights;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
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
        boolean noEmbedding = tied && file.entry(W_E) == null && file.entry(W_U) != null;
        boolean noUnembedding = tied && file.entry(W_U) == null;
        FMatrixRMaj wE = noEmbedding
                ? transposed(tensors.required(W_U, d, v), d, v)
                : new FMatrixRMaj(v, d, true, tensors.required(W_E, v, d));
        FMatrixRMaj wPos = config.positions() == Positions.NONE
                ? null
                : new FMatrixRMaj(config.nCtx(), d, true, tensors.required("pos_embed.W_pos", config.nCtx(), d));
        FMatrixRMaj wU =
                noUnembedding ? transposed(wE.data, v, d) : new FMatrixRMaj(d, v, true, tensors.required(W_U, d, v));
        float[] bU = tensors.orZeros("unembed.b_U", v);
        List<LayerWeights> layers = new ArrayList<>();
        for (int l = 0; l < config.nLayers(); l++) {
            layers.add(layer(config, tensors, "blocks." + l + ".attn."));
        }
        tensors.refuseUnknown(config);
        return new Weights(wE, wPos, layers, wU, bU);
    }

    /** The weights as {@code model.safetensors}, float32; biases that are all zero are left out. */
    public static byte[] writeWeights(Config config, Weights weights) {
        return writeWeights(config, weights, Precision.F32);
    }

    /** The weights as {@code model.safetensors}; biases that are all zero are left out. */
    public static byte[] writeWeights(Config config, Weights weights, Precision precision) {
        int v = config.dVocab();
        int d = config.dModel();
        int h = config.nHeads();
        int k = config.dHead();
        SafetensorsWriter out = new SafetensorsWriter(precision).add(W_E, weights.wE().data, v, d);
        if (weights.wPos() != null) {
            out.add("pos_embed.W_pos", weights.wPos().data, config.nCtx(), d);
        }
        for (int l = 0; l < config.nLayers(); l++) {
            LayerWeights layer = weights.layers().get(l);
            String prefix = "blocks." + l + ".attn.";
            out.add(prefix + "W_Q", unpacked(layer.wQ(), h), h, d, k);
            out.add(prefix + "W_K", unpacked(layer.wK(), h), h, d, k);
            out.add(prefix + "W_V", unpacked(layer.wV(), h), h, d, k);
            out.add(prefix + "W_O", layer.wO().data, h, k, d);
            addBias(out, prefix + "b_Q", layer.bQ(), h, k);
            addBias(out, prefix + "b_K", layer.bK(), h, k);
            addBias(out, prefix + "b_V", layer.bV(), h, k);
            addBias(out, prefix + "b_O", layer.bO(), d);
        }
        out.add(W_U, weights.wU().data, d, v);
        addBias(out, "unembed.b_U", weights.bU(), v);
        return out.bytes();
    }

    private static FMatrixRMaj transposed(float[] values, int rows, int columns) {
        return CommonOps_FDRM.transpose(new FMatrixRMaj(rows, columns, true, values), null);
    }

    private static void addBias(SafetensorsWriter out, String name, float[] values, int... shape) {
        for (float value : values) {
            if (value != 0) {
                out.add(name, values, shape);
                return;
            }
        }
    }

    private static LayerWeights layer(Config config, ModelTensors tensors, String prefix) throws IOException {
        int h = config.nHeads();
        int d = config.dModel();
        int k = config.dHead();
        return new LayerWeights(
                packed(tensors.required(prefix + "W_Q", h, d, k), h, d, k),
                packed(tensors.required(prefix + "W_K", h, d, k), h, d, k),
                packed(tensors.required(prefix + "W_V", h, d, k), h, d, k),
                new FMatrixRMaj(h * k, d, true, tensors.required(prefix + "W_O", h, k, d)),
                tensors.orZeros(prefix + "b_Q", h, k),
                tensors.orZeros(prefix + "b_K", h, k),
                tensors.orZeros(prefix + "b_V", h, k),
                tensors.orZeros(prefix + "b_O", d));
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
