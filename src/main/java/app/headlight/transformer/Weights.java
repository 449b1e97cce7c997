package app.headlight.transformer;

import java.util.List;
import org.ejml.data.FMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * All weights of a model, by TransformerLens's names.
 *
 * @param wE embedding, [V, D]
 * @param wPos position embedding, [nCtx, D]; null where the model has none
 * @param layers one for each layer
 * @param wU unembedding, [D, V]
 * @param bU [V]
 */
public record Weights(
        FMatrixRMaj wE, @Nullable FMatrixRMaj wPos, List<LayerWeights> layers, FMatrixRMaj wU, float[] bU) {

    public Weights {
        layers = List.copyOf(layers);
    }

    /** @throws IllegalArgumentException naming the first weight whose shape is not the configuration's */
    public void check(Config config) {
        int d = config.dModel();
        int hk = config.nHeads() * config.dHead();
        shape("W_E", wE, config.dVocab(), d);
        shape("W_U", wU, d, config.dVocab());
        length("b_U", bU, config.dVocab());
        if (config.positions() != Positions.NONE) {
            if (wPos == null) {
                throw new IllegalArgumentException("W_pos is missing; positions are " + config.positions());
            }
            shape("W_pos", wPos, config.nCtx(), d);
        }
        if (layers.size() != config.nLayers()) {
            throw new IllegalArgumentException(
                    "there are weights of " + layers.size() + " layers; n_layers is " + config.nLayers());
        }
        for (int l = 0; l < layers.size(); l++) {
            LayerWeights layer = layers.get(l);
            String of = " of layer " + l;
            shape("W_Q" + of, layer.wQ(), d, hk);
            shape("W_K" + of, layer.wK(), d, hk);
            shape("W_V" + of, layer.wV(), d, hk);
            shape("W_O" + of, layer.wO(), hk, d);
            length("b_Q" + of, layer.bQ(), hk);
            length("b_K" + of, layer.bK(), hk);
            length("b_V" + of, layer.bV(), hk);
            length("b_O" + of, layer.bO(), d);
        }
    }

    /** The memory that the weights take, in bytes. */
    public long bytes() {
        long floats = (long) wE.data.length + wU.data.length + bU.length + (wPos == null ? 0 : wPos.data.length);
        for (LayerWeights layer : layers) {
            floats += (long) layer.wQ().data.length + layer.wK().data.length + layer.wV().data.length;
            floats += (long) layer.wO().data.length + layer.bO().length + 3L * layer.bQ().length;
        }
        return floats * Float.BYTES;
    }

    private static void shape(String name, FMatrixRMaj matrix, int rows, int columns) {
        if (matrix.numRows != rows || matrix.numCols != columns) {
            throw new IllegalArgumentException(name + " is [" + matrix.numRows + ", " + matrix.numCols + "]; expected ["
                    + rows + ", " + columns + "]");
        }
    }

    private static void length(String name, float[] vector, int expected) {
        if (vector.length != expected) {
            throw new IllegalArgumentException(name + " is [" + vector.length + "]; expected [" + expected + "]");
        }
    }
}
