package app.headlight.engine.transformer;

import app.headlight.engine.tensor.MatrixProducts;
import app.headlight.engine.tensor.Prepared;
import java.util.ArrayList;
import java.util.List;

/**
 * The weights of a model as its matrix products need them: for OpenBLAS a second copy in native memory, which is freed
 * when it is no longer reachable.
 *
 * @param wU [D, V]
 */
record PreparedWeights(List<Layer> layers, Prepared wU) {

    /**
     * The weights of one layer.
     *
     * @param wQ [D, H·K], and likewise {@code wK}, {@code wV}
     * @param wO [H·K, D]
     */
    record Layer(Prepared wQ, Prepared wK, Prepared wV, Prepared wO) {

        static Layer blank(Config config, MatrixProducts products) {
            int d = config.dModel();
            int hk = config.nHeads() * config.dHead();
            return new Layer(
                    products.blank(d, hk), products.blank(d, hk), products.blank(d, hk), products.blank(hk, d));
        }

        void write(LayerWeights values) {
            wQ.write(values.wQ());
            wK.write(values.wK());
            wV.write(values.wV());
            wO.write(values.wO());
        }
    }

    static PreparedWeights of(Config config, Weights weights, MatrixProducts products) {
        List<Layer> layers = new ArrayList<>();
        for (int l = 0; l < config.nLayers(); l++) {
            layers.add(Layer.blank(config, products));
        }
        PreparedWeights prepared =
                new PreparedWeights(List.copyOf(layers), products.blank(config.dModel(), config.dVocab()));
        prepared.write(weights);
        return prepared;
    }

    /** Copies new values into all of them. */
    void write(Weights weights) {
        for (int l = 0; l < layers.size(); l++) {
            layers.get(l).write(weights.layer(l));
        }
        wU.write(weights.wU());
    }
}
