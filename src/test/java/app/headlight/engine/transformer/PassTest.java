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
import app.headlight.engine.transformer.PlainEdits.Nudge;
import app.headlight.engine.transformer.Site.Kind;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

class PassTest {

    private static final int SEQUENCES = 2;
    private static final int LENGTH = 5;

    /** How many numbers of a tensor or a site are tried. */
    private static final int TRIED = 8;

    static Stream<Config> configs() {
        return RandomModels.kinds();
    }

    @ParameterizedTest
    @MethodSource("configs")
    void everyGradientIsTheCentralDifferenceInFloat64(Config config) {
        Weights weights = RandomModels.weights(config, 5);
        int[][] tokens = tokens(config);
        Weights gradient = gradient(config, weights, tokens, new OpenBlasProducts());
        Random random = new Random(1);
        for (Weights.Tensor tensor : weights.tensors()) {
            float[] values = weights.get(tensor.name()).data;
            float[] analytic = gradient.get(tensor.name()).data;
            for (int tried = 0; tried < TRIED; tried++) {
                int i = random.nextInt(values.length);
                double expected = centralDifference(config, weights, values, i, tokens);
                assertThat((double) analytic[i])
                        .as(tensor.name() + " at " + i)
                        .isCloseTo(expected, within(2e-5 + 1e-3 * Math.abs(expected)));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("configs")
    void everyGradientByASiteIsTheCentralDifferenceInFloat64(Config config) {
        Weights weights = RandomModels.weights(config, 5);
        int[] tokens = tokens(config)[0];
        int[] read = Arrays.copyOf(tokens, LENGTH);
        int[][] targets = {Arrays.copyOfRange(tokens, 1, LENGTH + 1)};
        int from = 2;
        Set<Kind> kinds = EnumSet.allOf(Kind.class);
        kinds.removeAll(Set.of(Kind.POS_EMBED, Kind.RESULT));
        LogitMetric metric = LogitMetric.loss(targets, 0.5f, from, new double[1][LENGTH]);
        Activations by = new Transformer(config, weights, new OpenBlasProducts()).gradients(read, metric, kinds);
        Random random = new Random(1);
        for (Site site : new PlainTransformer(config, weights, read, List.of()).sites.keySet()) {
            for (int tried = 0; kinds.contains(site.kind()) && tried < TRIED; tried++) {
                FMatrixRMaj gradient = by.get(site);
                int row = random.nextInt(gradient.numRows);
                boolean square = site.kind() == Kind.PATTERN || site.kind() == Kind.SCORES;
                int column = random.nextInt(square ? row + 1 : gradient.numCols);
                double up = lossFrom(config, weights, tokens, from, new Nudge(site, row, column, 1e-5));
                double down = lossFrom(config, weights, tokens, from, new Nudge(site, row, column, -1e-5));
                double expected = Double.isNaN(up) ? 0 : 0.5 * (up - down) / 2e-5;
                assertThat((double) gradient.get(row, column))
                        .as(site + " at " + row + ", " + column)
                        .isCloseTo(expected, within(2e-5 + 1e-3 * Math.abs(expected)));
            }
        }
    }

    private static double lossFrom(Config config, Weights weights, int[] tokens, int from, Nudge nudge) {
        PlainTransformer plain =
                new PlainTransformer(config, weights, Arrays.copyOf(tokens, LENGTH), new PlainEdits(List.of(), nudge));
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
        double[][] losses = new Pass(config, SEQUENCES, LENGTH, products)
                .losses(PreparedWeights.trainable(config, weights, true, products), tokens);
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
        new Pass(config, 1, positions, products)
                .gradient(
                        PreparedWeights.trainable(config, reference.model().weights(), true, products),
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
        PreparedWeights trainable = PreparedWeights.trainable(config, weights, true, products);
        Pass pass = new Pass(config, SEQUENCES, LENGTH, products);
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
        new Pass(config, SEQUENCES, LENGTH, products)
                .gradient(
                        PreparedWeights.trainable(config, weights, false, products),
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
        assertThatThrownBy(() -> new Pass(config, 1, 18, products)).hasMessageContaining("at most 17");
        Pass pass = new Pass(config, 1, 3, products);
        PreparedWeights trainable = PreparedWeights.trainable(config, weights, true, products);
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
        new Pass(config, SEQUENCES, LENGTH, products)
                .gradient(
                        PreparedWeights.trainable(config, weights, true, products),
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
        float above = kept + 1e-4f;
        float below = kept - 1e-4f;
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
