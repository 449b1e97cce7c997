package app.headlight.engine.transformer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import app.headlight.ReferenceModel;
import app.headlight.engine.formats.ModelFiles;
import app.headlight.engine.formats.Safetensors;
import app.headlight.engine.formats.TensorEntry;
import app.headlight.engine.tensor.EjmlProducts;
import app.headlight.engine.tensor.MatrixProducts;
import app.headlight.engine.tensor.OpenBlasProducts;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

class BatchPassTest {

    private static final int SEQUENCES = 2;
    private static final int LENGTH = 5;

    static Stream<Config> configs() {
        return RandomModels.configs();
    }

    @ParameterizedTest
    @MethodSource("configs")
    void everyGradientIsTheCentralDifferenceInFloat64(Config config) {
        Weights weights = RandomModels.weights(config, 5);
        int[][] tokens = tokens(config);
        Weights gradient = gradient(config, weights, tokens, new OpenBlasProducts());
        List<float[]> values = arrays(weights);
        List<float[]> analytic = arrays(gradient);
        for (int a = 0; a < values.size(); a++) {
            double norm = 0;
            double off = 0;
            for (int i = 0; i < values.get(a).length; i++) {
                double expected = centralDifference(config, weights, values.get(a), i, tokens);
                norm += expected * expected;
                off += Math.pow(analytic.get(a)[i] - expected, 2);
            }
            assertThat(Math.sqrt(off)).as("array " + a).isLessThanOrEqualTo(1e-5 + 5e-4 * Math.sqrt(norm));
        }
    }

    @ParameterizedTest
    @MethodSource("configs")
    void everyGradientByAPatternIsTheCentralDifferenceInFloat64(Config config) {
        Weights weights = RandomModels.weights(config, 5);
        int[][] tokens = tokens(config);
        MatrixProducts products = new OpenBlasProducts();
        int from = 2;
        FMatrixRMaj[][][] gradients = new BatchPass(config, SEQUENCES, LENGTH, true, products)
                .patternGradient(new TrainableWeights(config, weights, true, products), tokens, 0.5f, from);
        assertThat(gradients).hasNumberOfRows(config.nLayers());
        for (int l = 0; l < config.nLayers(); l++) {
            for (int h = 0; h < config.nHeads(); h++) {
                for (int s = 0; s < SEQUENCES; s++) {
                    for (int at = 0; at < LENGTH * LENGTH; at++) {
                        if (at % LENGTH <= at / LENGTH) {
                            HeadId head = new HeadId(l, h);
                            double up = lossFrom(config, weights, tokens[s], from, head, at, 1e-4);
                            double down = lossFrom(config, weights, tokens[s], from, head, at, -1e-4);
                            assertThat((double) gradients[l][s][h].data[at])
                                    .isCloseTo(0.5 * (up - down) / 2e-4, within(1e-4));
                        }
                    }
                }
            }
        }
    }

    private static double lossFrom(
            Config config, Weights weights, int[] tokens, int from, HeadId head, int at, double by) {
        PlainTransformer plain = new PlainTransformer(
                config,
                weights,
                Arrays.copyOf(tokens, LENGTH),
                List.of(),
                new PlainTransformer.Nudge(head, at / LENGTH, at % LENGTH, by));
        double sum = 0;
        for (int t = from; t < LENGTH; t++) {
            double all = Arrays.stream(plain.logits[t]).map(Math::exp).sum();
            sum += Math.log(all) - plain.logits[t][tokens[t + 1]];
        }
        return sum;
    }

    @ParameterizedTest
    @MethodSource("configs")
    void lossesAreThoseOfASingleRun(Config config) {
        Weights weights = RandomModels.weights(config, 6);
        int[][] tokens = tokens(config);
        MatrixProducts products = new OpenBlasProducts();
        double[][] losses = new BatchPass(config, SEQUENCES, LENGTH, true, products)
                .losses(new TrainableWeights(config, weights, true, products), tokens);
        for (int s = 0; s < SEQUENCES; s++) {
            assertThat(losses[s])
                    .containsExactly(
                            new Transformer(config, weights, products)
                                    .run(tokens[s])
                                    .loss(),
                            within(1e-4));
        }
    }

    @ParameterizedTest
    @MethodSource("configs")
    void bothProductsGiveTheSameGradient(Config config) {
        Weights weights = RandomModels.weights(config, 8);
        List<float[]> openBlas = arrays(gradient(config, weights, tokens(config), new OpenBlasProducts()));
        List<float[]> ejml = arrays(gradient(config, weights, tokens(config), new EjmlProducts()));
        for (int a = 0; a < openBlas.size(); a++) {
            assertThat(openBlas.get(a)).containsExactly(ejml.get(a), within(1e-4f));
        }
    }

    static Stream<ReferenceModel> referencesWithGradients() {
        return ReferenceModel.all().filter(model -> model.expected().has("gradients"));
    }

    @ParameterizedTest
    @MethodSource("referencesWithGradients")
    void gradientsAreThoseOfTheReference(ReferenceModel reference, @TempDir Path folder) throws IOException {
        Config config = reference.model().config();
        int[] tokens =
                ReferenceModel.ints(reference.expected().get("sentences").get(0).get("tokens"));
        int positions = tokens.length - 1;
        MatrixProducts products = new OpenBlasProducts();
        Weights gradient = Weights.zeros(config);
        new BatchPass(config, 1, positions, true, products)
                .gradient(
                        new TrainableWeights(config, reference.model().weights(), true, products),
                        new int[][] {tokens},
                        1f / positions,
                        gradient);
        Path file = Files.write(folder.resolve("gradient.safetensors"), ModelFiles.writeWeights(config, gradient));
        JsonNode entries = reference.expected().get("gradients").get("entries");
        assertThat(entries.size()).isGreaterThanOrEqualTo(2);
        try (SeekableByteChannel channel = Files.newByteChannel(file)) {
            Safetensors tensors = Safetensors.open(channel);
            for (Map.Entry<String, JsonNode> tensor : entries.properties()) {
                TensorEntry written = tensors.entry(tensor.getKey());
                for (JsonNode entry : tensor.getValue()) {
                    double expected = entry.get(1).asDouble();
                    if (written == null) { // zeros are left out of the file
                        assertThat(expected).isCloseTo(0, within(1e-5));
                        continue;
                    }
                    long[] shape = written.shape();
                    int index = 0;
                    for (int axis = 0; axis < shape.length; axis++) {
                        index = (int)
                                (index * shape[axis] + entry.get(0).get(axis).asInt());
                    }
                    assertThat((double) tensors.floats(tensor.getKey())[index])
                            .as(tensor.getKey() + entry.get(0))
                            .isCloseTo(expected, within(1e-5 + 1e-3 * Math.abs(expected)));
                }
            }
        }
    }

    @Test
    void aSecondPassForgetsTheFirst() {
        Config config = RandomModels.config(2, Positions.SHORTFORMER, Norm.LN_PRE);
        Weights weights = RandomModels.weights(config, 9);
        MatrixProducts products = new OpenBlasProducts();
        TrainableWeights trainable = new TrainableWeights(config, weights, true, products);
        BatchPass pass = new BatchPass(config, SEQUENCES, LENGTH, true, products);
        Weights other = Weights.zeros(config);
        pass.gradient(trainable, new int[][] {tokens(config)[1], tokens(config)[0]}, 3, other);
        Weights again = Weights.zeros(config);
        pass.gradient(trainable, tokens(config), 1f / (SEQUENCES * LENGTH), again);
        List<float[]> expected = arrays(gradient(config, weights, tokens(config), products));
        for (int a = 0; a < expected.size(); a++) {
            assertThat(arrays(again).get(a)).containsExactly(expected.get(a), within(1e-6f));
        }
    }

    @Test
    void withoutBiasesTheMatricesHaveTheGradientsTheyHaveWithZeroOnes() {
        Config config = RandomModels.config(2, Positions.STANDARD, Norm.NONE);
        Weights weights = RandomModels.weights(config, 10);
        weights.biases().forEach(bias -> Arrays.fill(bias, 0));
        MatrixProducts products = new OpenBlasProducts();
        Weights without = Weights.zeros(config);
        new BatchPass(config, SEQUENCES, LENGTH, false, products)
                .gradient(
                        new TrainableWeights(config, weights, false, products),
                        tokens(config),
                        1f / (SEQUENCES * LENGTH),
                        without);
        Weights with = gradient(config, weights, tokens(config), products);
        for (int a = 0; a < with.matrices().size(); a++) {
            assertThat(without.matrices().get(a))
                    .containsExactly(with.matrices().get(a), within(1e-6f));
        }
        assertThat(without.biases()).allSatisfy(bias -> assertThat(bias).containsOnly(0));
    }

    @Test
    void whatDoesNotFitIsRefusedInWords() {
        Config config = RandomModels.config(1, Positions.STANDARD, Norm.NONE);
        MatrixProducts products = new EjmlProducts();
        Weights weights = RandomModels.weights(config, 1);
        assertThatThrownBy(() -> new TrainableWeights(config, weights, false, products))
                .hasMessageContaining("a bias is");
        assertThatThrownBy(() -> new BatchPass(config, 1, 18, true, products)).hasMessageContaining("at most 17");
        BatchPass pass = new BatchPass(config, 1, 3, true, products);
        TrainableWeights trainable = new TrainableWeights(config, weights, true, products);
        assertThatThrownBy(() -> pass.losses(trainable, new int[][] {{1, 2, 3}}))
                .hasMessageContaining("expected 4");
        assertThatThrownBy(() -> pass.losses(trainable, new int[][] {{1, 2, 3, 23}}))
                .hasMessageContaining("token 23");
        assertThatThrownBy(() -> pass.losses(trainable, new int[2][4])).hasMessageContaining("2 sequences");
    }

    private static int[][] tokens(Config config) {
        return new int[][] {RandomModels.tokens(config, LENGTH + 1, 2), RandomModels.tokens(config, LENGTH + 1, 3)};
    }

    private static Weights gradient(Config config, Weights weights, int[][] tokens, MatrixProducts products) {
        Weights gradient = Weights.zeros(config);
        new BatchPass(config, SEQUENCES, LENGTH, true, products)
                .gradient(
                        new TrainableWeights(config, weights, true, products),
                        tokens,
                        1f / (SEQUENCES * LENGTH),
                        gradient);
        return gradient;
    }

    private static List<float[]> arrays(Weights weights) {
        List<float[]> arrays = new ArrayList<>(weights.matrices());
        arrays.addAll(weights.biases());
        return arrays;
    }

    /** Of the mean loss; what float32 makes of the two values is the difference divided by. */
    private static double centralDifference(Config config, Weights weights, float[] array, int i, int[][] tokens) {
        float kept = array[i];
        float above = kept + 1e-3f;
        float below = kept - 1e-3f;
        array[i] = above;
        double high = meanLoss(config, weights, tokens);
        array[i] = below;
        double low = meanLoss(config, weights, tokens);
        array[i] = kept;
        return (high - low) / ((double) above - below);
    }

    private static double meanLoss(Config config, Weights weights, int[][] tokens) {
        double sum = 0;
        for (int[] sequence : tokens) {
            double[][] logits = new PlainTransformer(config, weights, sequence, List.of()).logits;
            for (int t = 0; t < LENGTH; t++) {
                double most = Arrays.stream(logits[t]).max().orElseThrow();
                double exponentials =
                        Arrays.stream(logits[t]).map(x -> Math.exp(x - most)).sum();
                sum += most + Math.log(exponentials) - logits[t][sequence[t + 1]];
            }
        }
        return sum / (tokens.length * LENGTH);
    }
}
