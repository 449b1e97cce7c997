package app.headlight.engine.transformer;

import app.headlight.engine.tensor.MatrixProducts;
import app.headlight.engine.tensor.Prepared;
import java.util.ArrayList;
import java.util.List;
import org.ejml.data.FMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * Weights that training changes in place, with copies of them for the matrix products. After a change,
 * {@link #refresh()} updates the copies; until then, passes use the values of the last refresh, except for the
 * embedding, which has no copy.
 */
public final class TrainableWeights {

    private final Config config;
    private final Weights weights;
    private final boolean withBiases;
    private final PreparedWeights prepared;
    private final @Nullable Prepared wPos; // [nCtx, D]
    private final List<Prepared> biases = new ArrayList<>(); // [1, n] each, in the order of Weights.biases()

    /**
     * Keeps the weights themselves, not a copy.
     *
     * @param withBiases whether biases are trained; if not, they stay zero and take no time
     * @throws IllegalArgumentException if a weight's shape is not the configuration's, or if biases are not trained and
     *     one of them is not zero
     */
    public TrainableWeights(Config config, Weights weights, boolean withBiases, MatrixProducts products) {
        Bounds.requireComputable(config);
        weights.check(config);
        this.config = config;
        this.weights = weights;
        this.withBiases = withBiases;
        this.prepared = PreparedWeights.of(config, weights, products);
        this.wPos = weights.wPos() == null ? null : products.prepare(weights.wPos());
        for (float[] bias : weights.biases()) {
            for (float value : bias) {
                if (!withBiases && value != 0) {
                    throw new IllegalArgumentException(
                            "a bias is " + value + "; expected 0 where biases are not trained");
                }
            }
            if (withBiases) {
                biases.add(products.prepare(row(bias)));
            }
        }
    }

    /** Updates the copies from the weights. */
    public void refresh() {
        prepared.write(weights);
        if (wPos != null && weights.wPos() != null) {
            wPos.write(weights.wPos());
        }
        for (int i = 0; i < biases.size(); i++) {
            biases.get(i).write(row(weights.biases().get(i)));
        }
    }

    public Config config() {
        return config;
    }

    /** The weights themselves, to be changed. */
    public Weights weights() {
        return weights;
    }

    boolean withBiases() {
        return withBiases;
    }

    PreparedWeights prepared() {
        return prepared;
    }

    @Nullable
    Prepared wPos() {
        return wPos;
    }

    /** The bias at an index of {@link Weights#biases()}, [1, n]; only if biases are trained. */
    Prepared bias(int index) {
        return biases.get(index);
    }

    private static FMatrixRMaj row(float[] values) {
        return FMatrixRMaj.wrap(1, values.length, values);
    }
}
