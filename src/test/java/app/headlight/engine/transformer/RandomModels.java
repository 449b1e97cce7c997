package app.headlight.engine.transformer;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.ejml.data.FMatrixRMaj;

/** Small models with random weights, biases included: one for each kind of position, norm and depth. */
public final class RandomModels {

    /** Positions, norm and number of layers of each. */
    public static Stream<Config> configs() {
        List<Config> configs = new ArrayList<>();
        for (Positions positions : Positions.values()) {
            for (Norm norm : Norm.values()) {
                for (int layers = 0; layers <= 3; layers++) {
                    configs.add(config(layers, positions, norm));
                }
            }
        }
        return configs.stream();
    }

    public static Config config(int layers, Positions positions, Norm norm) {
        return new Config(layers, 12, 3, 5, 23, 17, positions, norm, 1e-5, false, null);
    }

    /** Weights of such a size that attention is neither even nor all in one place. */
    public static Weights weights(Config config, long seed) {
        Random random = new Random(seed);
        int d = config.dModel();
        int hk = config.nHeads() * config.dHead();
        List<LayerWeights> layers = new ArrayList<>();
        for (int l = 0; l < config.nLayers(); l++) {
            layers.add(new LayerWeights(
                    matrix(random, d, hk),
                    matrix(random, d, hk),
                    matrix(random, d, hk),
                    matrix(random, hk, d),
                    vector(random, hk),
                    vector(random, hk),
                    vector(random, hk),
                    vector(random, d)));
        }
        return new Weights(
                matrix(random, config.dVocab(), d),
                config.positions() == Positions.NONE ? null : matrix(random, config.nCtx(), d),
                layers,
                matrix(random, d, config.dVocab()),
                vector(random, config.dVocab()));
    }

    public static int[] tokens(Config config, int count, long seed) {
        return new Random(seed).ints(count, 0, config.dVocab()).toArray();
    }

    static FMatrixRMaj matrix(Random random, int rows, int columns) {
        return new FMatrixRMaj(rows, columns, true, vector(random, rows * columns));
    }

    private static float[] vector(Random random, int size) {
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = 0.4f * (float) random.nextGaussian();
        }
        return values;
    }

    private RandomModels() {}
}
