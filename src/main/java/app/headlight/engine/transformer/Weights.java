package app.headlight.engine.transformer;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.ejml.data.FMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * All weights of a model, by TransformerLens's names.
 *
 * @param wE embedding, [V, D]
 * @param wPos position embedding, [nCtx, D]; null if the model has none
 * @param layers the weights of each layer
 * @param wU unembedding, [D, V]
 * @param bU [V]
 */
public record Weights(
        FMatrixRMaj wE, @Nullable FMatrixRMaj wPos, List<LayerWeights> layers, FMatrixRMaj wU, float[] bU) {

    public Weights {
        layers = List.copyOf(layers);
    }

    /** Weights of a configuration, all zero: the start of gradients and of an optimizer's moments. */
    public static Weights zeros(Config config) {
        int d = config.dModel();
        int hk = config.nHeads() * config.dHead();
        List<LayerWeights> layers = new ArrayList<>();
        for (int l = 0; l < config.nLayers(); l++) {
            layers.add(new LayerWeights(
                    new FMatrixRMaj(d, hk),
                    new FMatrixRMaj(d, hk),
                    new FMatrixRMaj(d, hk),
                    new FMatrixRMaj(hk, d),
                    new float[hk],
                    new float[hk],
                    new float[hk],
                    new float[d]));
        }
        return new Weights(
                new FMatrixRMaj(config.dVocab(), d),
                config.positions() == Positions.NONE ? null : new FMatrixRMaj(config.nCtx(), d),
                layers,
                new FMatrixRMaj(d, config.dVocab()),
                new float[config.dVocab()]);
    }

    /** The arrays of the matrices, not copies, always in the same order; without the biases. */
    public List<float[]> matrices() {
        List<float[]> arrays = new ArrayList<>();
        arrays.add(wE.data);
        if (wPos != null) {
            arrays.add(wPos.data);
        }
        for (LayerWeights layer : layers) {
            arrays.addAll(List.of(layer.wQ().data, layer.wK().data, layer.wV().data, layer.wO().data));
        }
        arrays.add(wU.data);
        return arrays;
    }

    /** The arrays of the biases, not copies, always in the same order. */
    public List<float[]> biases() {
        List<float[]> arrays = new ArrayList<>();
        for (LayerWeights layer : layers) {
            arrays.addAll(List.of(layer.bQ(), layer.bK(), layer.bV(), layer.bO()));
        }
        arrays.add(bU);
        return arrays;
    }

    /** A copy that shares no array with this. */
    public Weights copy() {
        return new Weights(
                wE.copy(),
                wPos == null ? null : wPos.copy(),
                layers.stream().map(LayerWeights::copy).toList(),
                wU.copy(),
                bU.clone());
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
        long floats = Stream.concat(matrices().stream(), biases().stream())
                .mapToLong(array -> array.length)
                .sum();
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
