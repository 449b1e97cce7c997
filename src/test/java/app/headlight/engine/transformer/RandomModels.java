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

    /** Two layers of every kind of block, norm, activation, position and score. */
    public static Stream<Config> kinds() {
        List<ConfigBuilder> kinds = new ArrayList<>();
        for (Norm norm : Norm.values()) {
            for (Positions positions : List.of(Positions.STANDARD, Positions.SHORTFORMER, Positions.NONE)) {
                kinds.add(kind(norm).positions(positions));
            }
            kinds.add(kind(norm).rotary(new Rotary(4, 100, false)));
        }
        for (Mlp.Activation activation : Mlp.Activation.values()) {
            for (Norm norm : List.of(Norm.LN, Norm.RMS_PRE)) {
                kinds.add(kind(norm).mlp(new Mlp(7, activation, false)));
            }
            if (activation != Mlp.Activation.SOLU_LN) {
                kinds.add(kind(Norm.RMS).mlp(new Mlp(7, activation, true)));
            }
        }
        Mlp mlp = new Mlp(7, Mlp.Activation.GELU_NEW, false);
        kinds.add(kind(Norm.LN).mlp(mlp).parallel(true));
        kinds.add(kind(Norm.RMS).mlp(new Mlp(7, Mlp.Activation.SILU, true, true)));
        kinds.add(kind(Norm.LN).mlp(new Mlp(7, Mlp.Activation.SOLU, true, true)).parallel(true));
        kinds.add(kind(Norm.LN).mlp(mlp).finalRms(true));
        kinds.add(kind(Norm.LN_PRE).finalRms(true));
        kinds.add(kind(Norm.NONE).rotary(new Rotary(4, 100, false, new RotaryScaling.Linear(2.5))));
        kinds.add(kind(Norm.RMS_PRE).rotary(new Rotary(4, 100, true, new RotaryScaling.ByParts(4, 0.5, 2, 9))));
        kinds.add(kind(Norm.NONE).mlp(mlp).parallel(true).positions(Positions.SHORTFORMER));
        kinds.add(kind(Norm.NONE).mlp(mlp));
        kinds.add(kind(Norm.NONE).rotary(new Rotary(2, 500, true)).nKeyValueHeads(2));
        kinds.add(kind(Norm.RMS).nKeyValueHeads(1));
        kinds.add(kind(Norm.LN_PRE).attnScale(1.5).scaleByInverseLayer(true));
        kinds.add(kind(Norm.LN_PRE).scoresSoftCap(0.7));
        kinds.add(kind(Norm.NONE).logitsSoftCap(1.2));
        kinds.add(kind(Norm.NONE).window(3, List.of(1)));
        kinds.add(kind(Norm.RMS)
                .mlp(new Mlp(7, Mlp.Activation.SILU, true))
                .parallel(true)
                .rotary(new Rotary(4, 50, false))
                .nKeyValueHeads(2)
                .scaleByInverseLayer(true)
                .scoresSoftCap(2)
                .logitsSoftCap(3)
                .window(2, List.of(0)));
        return kinds.stream().map(ConfigBuilder::build);
    }

    private static ConfigBuilder kind(Norm norm) {
        return Config.builder().sizes(2, 12, 4, 5, 11, 8).norm(norm);
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
