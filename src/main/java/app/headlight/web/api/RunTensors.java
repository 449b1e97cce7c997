package app.headlight.web.api;

import app.headlight.engine.formats.SafetensorsWriter;
import app.headlight.engine.tensor.Matrix;
import app.headlight.engine.transformer.Config;
import app.headlight.engine.transformer.HeadId;
import app.headlight.engine.transformer.Run;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes the arrays of a run as a safetensors file of float32, by the names of the field; those of heads are stacked by
 * layer and head.
 */
final class RunTensors {

    static final String MEDIA_TYPE = "application/x-safetensors";

    private RunTensors() {}

    /**
     * T tokens, V vocabulary, L layers, H heads, D the stream's width, K a head's.
     *
     * <p>{@code pattern} [L, H, T, T]; {@code scores} likewise, −∞ where the source comes after the destination;
     * {@code resid_pre} [L, T, D] before each layer and {@code resid_final} [T, D] after the last; {@code q}, {@code k},
     * {@code v}, {@code z} [L, T, H·K]; {@code result} [L, H, T, D]; with MLPs {@code resid_mid} (in a parallel layer the
     * stream before it) and {@code mlp_out} [L, T, D]; {@code logits} [T, V]; {@code loss} [T−1].
     */
    static byte[] of(Run run) {
        Config config = run.config();
        int layers = config.nLayers();
        int length = run.length();
        int width = config.dModel();
        int heads = config.nHeads();
        SafetensorsWriter file = new SafetensorsWriter();
        if (layers > 0) {
            file.add("pattern", perHead(config, run::pattern), layers, heads, length, length);
            file.add("scores", perHead(config, run::scores), layers, heads, length, length);
            file.add("resid_pre", perLayer(layers, run::residual), layers, length, width);
            int packed = heads * config.dHead();
            file.add("q", perLayer(layers, run::q), layers, length, packed);
            file.add("k", perLayer(layers, run::k), layers, length, packed);
            file.add("v", perLayer(layers, run::v), layers, length, packed);
            file.add("z", perLayer(layers, run::z), layers, length, packed);
            file.add("result", perHead(config, run::result), layers, heads, length, width);
            if (config.mlp() != null) {
                file.add("resid_mid", perLayer(layers, run::residualMid), layers, length, width);
                file.add("mlp_out", perLayer(layers, run::mlpOut), layers, length, width);
            }
        }
        file.add("resid_final", whole(run.residual(layers)), length, width);
        file.add("logits", whole(run.logits()), length, config.dVocab());
        double[] exact = run.loss();
        float[] loss = new float[exact.length];
        for (int t = 0; t < loss.length; t++) {
            loss[t] = (float) exact[t];
        }
        return file.add("loss", loss, loss.length).bytes();
    }

    private interface OfLayer {
        Matrix get(int layer);
    }

    private interface OfHead {
        Matrix get(HeadId head);
    }

    private static float[] perLayer(int layers, OfLayer activation) {
        List<Matrix> all = new ArrayList<>();
        for (int layer = 0; layer < layers; layer++) {
            all.add(activation.get(layer));
        }
        return stacked(all);
    }

    private static float[] perHead(Config config, OfHead activation) {
        List<Matrix> all = new ArrayList<>();
        for (int layer = 0; layer < config.nLayers(); layer++) {
            for (int head = 0; head < config.nHeads(); head++) {
                all.add(activation.get(new HeadId(layer, head)));
            }
        }
        return stacked(all);
    }

    private static float[] whole(Matrix matrix) {
        return stacked(List.of(matrix));
    }

    private static float[] stacked(List<Matrix> matrices) {
        Matrix first = matrices.getFirst();
        int size = first.rows() * first.columns();
        float[] all = new float[size * matrices.size()];
        for (int i = 0; i < matrices.size(); i++) {
            for (int row = 0; row < first.rows(); row++) {
                matrices.get(i).copyRow(row, all, i * size + row * first.columns());
            }
        }
        return all;
    }
}
