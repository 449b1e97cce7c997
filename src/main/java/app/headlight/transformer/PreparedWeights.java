package app.headlight.transformer;

import app.headlight.tensor.MatrixProducts;
import app.headlight.tensor.Prepared;
import java.util.ArrayList;
import java.util.List;

/**
 * The weights that are multiplied by, where the products want them: for OpenBLAS a second copy, in native memory, which
 * goes when nothing reaches it any more.
 *
 * @param wU [D, V]
 */
record PreparedWeights(List<Layer> layers, Prepared wU) {

    /**
     * One layer's.
     *
     * @param wQ [D, H·K], and likewise {@code wK}, {@code wV}
     * @param wO [H·K, D]
     */
    record Layer(Prepared wQ, Prepared wK, Prepared wV, Prepared wO) {}

    static PreparedWeights of(Weights weights, MatrixProducts products) {
        List<Layer> layers = new ArrayList<>();
        for (LayerWeights layer : weights.layers()) {
            layers.add(new Layer(
                    products.prepare(layer.wQ()),
                    products.prepare(layer.wK()),
                    products.prepare(layer.wV()),
                    products.prepare(layer.wO())));
        }
        return new PreparedWeights(List.copyOf(layers), products.prepare(weights.wU()));
    }
}
