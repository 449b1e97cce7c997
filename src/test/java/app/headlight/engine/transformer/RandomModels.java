package app.headlight.engine.transformer;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** Small models with random weights, biases included: one for each kind of position, norm and depth. */
public final class RandomModels {

    /** Positions, norm and number of layers of each. */
    public static Stream<Config> configs() {
        List<Config> configs = new ArrayList<>();
        for (Positions positions : List.of(Positions.STANDARD, Positions.SHORTFORMER, Positions.NONE)) {
            for (Norm norm : List.of(Norm.NONE, Norm.LN_PRE)) {
                for (int layers = 0; layers <= 3; layers++) {
                    configs.add(config(layers, positions, norm));
                }
            }
        }
        return configs.stream();
    }

    public static Config config(int layers, Positions positions, Norm norm) {
        return Config.builder()
                .sizes(layers, 12, 3, 5, 23, 17)
                .positions(positions)
                .norm(norm)
                .build();
    }

    /** Weights of such a size that attention is neither even nor all in one place. */
    public static Weights weights(Config config, long seed) {
        Random random = new Random(seed);
        Weights weights = Weights.zeros(config);
        for (Weights.Tensor tensor : weights.tensors()) {
            float[] values = weights.get(tensor.name()).data;
            float centre = tensor.name().endsWith(".w") ? 1 : 0; // a norm's
            for (int i = 0; i < values.length; i++) {
                values[i] = centre + 0.4f * (float) random.nextGaussian();
            }
        }
        return weights;
    }

    public static int[] tokens(Config config, int count, long seed) {
        return new Random(seed).ints(count, 0, config.dVocab()).toArray();
    }

    private RandomModels() {}
}
