package app.headlight.engine.formats;

import static app.headlight.engine.formats.SafetensorsFile.channel;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import app.headlight.engine.formats.SafetensorsWriter.Precision;
import app.headlight.engine.transformer.Config;
import app.headlight.engine.transformer.LayerWeights;
import app.headlight.engine.transformer.Norm;
import app.headlight.engine.transformer.Positions;
import app.headlight.engine.transformer.RandomModels;
import app.headlight.engine.transformer.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelFilesTest {

    private static final Config CONFIG = RandomModels.config(2, Positions.STANDARD, Norm.NONE);

    static Stream<Config> configs() {
        return Stream.concat(
                RandomModels.configs(),
                Stream.of(Config.builder()
                        .sizes(1, 2, 3, 4, 5, 6)
                        .positions(Positions.SHORTFORMER)
                        .norm(Norm.LN_PRE)
                        .eps(0.125)
                        .prependBos(true)
                        .bosToken(4)
                        .build()));
    }

    @ParameterizedTest
    @MethodSource("configs")
    void aConfigurationThatIsWrittenIsReadAgain(Config config) {
        assertThat(ModelFiles.readConfig(ModelFiles.writeConfig(config)).config())
                .isEqualTo(config);
    }

    @ParameterizedTest
    @MethodSource("configs")
    void weightsThatAreWrittenAreReadAgain(Config config) throws IOException {
        Weights weights = RandomModels.weights(config, 1);
        Weights read = read(config, ModelFiles.writeWeights(config, weights));
        read.check(config);
        assertThat(read.wE().data).isEqualTo(weights.wE().data);
        assertThat(read.wU().data).isEqualTo(weights.wU().data);
        assertThat(read.bU()).isEqualTo(weights.bU());
        assertThat(read.wPos() == null ? null : read.wPos().data)
                .isEqualTo(weights.wPos() == null ? null : weights.wPos().data);
        for (int l = 0; l < config.nLayers(); l++) {
            LayerWeights layer = weights.layer(l);
            LayerWeights again = read.layer(l);
            assertThat(again.wQ().data).isEqualTo(layer.wQ().data);
            assertThat(again.wK().data).isEqualTo(layer.wK().data);
            assertThat(again.wV().data).isEqualTo(layer.wV().data);
            assertThat(again.wO().data).isEqualTo(layer.wO().data);
            assertThat(again.bQ()).isEqualTo(layer.bQ());
            assertThat(again.bK()).isEqualTo(layer.bK());
            assertThat(again.bV()).isEqualTo(layer.bV());
            assertThat(again.bO()).isEqualTo(layer.bO());
        }
    }

    @Test
    void headsLieInTheFileOneAfterAnotherAndInMemorySideBySide() throws IOException {
        Config config = Config.builder()
                .sizes(1, 2, 2, 3, 1, 1)
                .positions(Positions.NONE)
                .build();
        SafetensorsWriter file = minimal(config, Set.of("blocks.0.attn.W_Q"));
        float[] q = {111, 112, 113, 121, 122, 123, 211, 212, 213, 221, 222, 223}; // head, row, column
        Weights read = read(config, file.add("blocks.0.attn.W_Q", q, 2, 2, 3).bytes());
        assertThat(read.layers().getFirst().wQ().data)
                .containsExactly(111, 112, 113, 211, 212, 213, 121, 122, 123, 221, 222, 223);
    }

    @Test
    void aBiasThatIsNotInTheFileIsZero() throws IOException {
        Weights read = read(CONFIG, minimal(CONFIG, Set.of()).bytes());
        read.check(CONFIG);
        assertThat(read.bU()).containsOnly(0f);
        for (LayerWeights layer : read.layers()) {
            for (float[] bias : List.of(layer.bQ(), layer.bK(), layer.bV(), layer.bO())) {
                assertThat(bias).containsOnly(0f);
            }
        }
    }

    @Test
    void theBuffersOfTransformerLensArePassedOver() throws IOException {
        SafetensorsWriter file = minimal(CONFIG, Set.of())
                .add("blocks.0.attn.mask", causal(CONFIG.nCtx()), CONFIG.nCtx(), CONFIG.nCtx())
                .add("blocks.1.attn.IGNORE", new float[1]);
        assertThat(read(CONFIG, file.bytes()).layers()).hasSize(2);
    }

    @Test
    void refusesAMaskThatHidesMoreThanWhatComesAfter() {
        int n = CONFIG.nCtx();
        float[] window = causal(n);
        window[(n - 1) * n] = 0;
        SafetensorsWriter file = minimal(CONFIG, Set.of()).add("blocks.1.attn.mask", window, n, n);
        assertThatThrownBy(() -> read(CONFIG, file.bytes()))
                .isInstanceOf(SafetensorsException.class)
                .hasMessage("tensor “blocks.1.attn.mask” is not the causal mask, [" + n + ", " + n
                        + "]; no other mask is read so far");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mask",
                "blocks.0.mlp.mask",
                "blocks.x.attn.IGNORE",
                "my.rotary_sin",
                "blocks.0.attn.W_mask",
                "blocks.2.attn.W_Q",
                "transformer.wte.weight",
                ""
            })
    void aTensorThatSuchAModelDoesNotHaveIsNamedInAWarning(String name) throws IOException {
        SafetensorsWriter file = minimal(CONFIG, Set.of()).add(name, new float[1]);
        assertThat(ModelFiles.readWeights(ConfigFile.of(CONFIG), Safetensors.open(channel(file.bytes())))
                        .warnings())
                .singleElement()
                .asString()
                .startsWith("The tensor “" + name + "” of model.safetensors is not used");
    }

    private static float[] causal(int n) {
        float[] mask = new float[n * n];
        for (int i = 0; i < mask.length; i++) {
            mask[i] = i % n <= i / n ? 1 : 0;
        }
        return mask;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "embed.W_E",
                "pos_embed.W_pos",
                "unembed.W_U",
                "blocks.0.attn.W_Q",
                "blocks.1.attn.W_K",
                "blocks.0.attn.W_V",
                "blocks.1.attn.W_O"
            })
    void refusesAFileWithoutATensor(String name) {
        assertThatThrownBy(() -> read(CONFIG, minimal(CONFIG, Set.of(name)).bytes()))
                .isInstanceOf(SafetensorsException.class)
                .hasMessage("tensor “" + name + "” is missing");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "embed.W_E | 12,23 | [12, 23]; expected [23, 12]",
                "pos_embed.W_pos | 17 | [17]; expected [17, 12]",
                "unembed.W_U | 23,12 | [23, 12]; expected [12, 23]",
                "unembed.b_U | 22 | [22]; expected [23]",
                "blocks.0.attn.W_Q | 12,15 | [12, 15]; expected [3, 12, 5]",
                "blocks.0.attn.W_K | 3,5,12 | [3, 5, 12]; expected [3, 12, 5]",
                "blocks.1.attn.W_V | 3,12,5,1 | [3, 12, 5, 1]; expected [3, 12, 5]",
                "blocks.1.attn.W_O | 3,12,5 | [3, 12, 5]; expected [3, 5, 12]",
                "blocks.1.attn.b_Q | 15 | [15]; expected [3, 5]",
                "blocks.1.attn.b_O | 0 | [0]; expected [12]"
            })
    void refusesATensorOfAnotherShape(String name, String shape, String said) {
        int[] sizes = Stream.of(shape.split(",")).mapToInt(Integer::parseInt).toArray();
        byte[] file = minimal(CONFIG, Set.of(name))
                .add(name, new float[product(sizes)], sizes)
                .bytes();
        assertThatThrownBy(() -> read(CONFIG, file))
                .isInstanceOf(SafetensorsException.class)
                .hasMessage("tensor “" + name + "” is " + said);
    }

    @Test
    void tiedWeightsMayBeStoredOnceOrTwice() throws IOException {
        int v = CONFIG.dVocab();
        int d = CONFIG.dModel();
        float[] embedding = RandomModels.weights(CONFIG, 3).wE().data;
        float[] unembedding = RandomModels.weights(CONFIG, 4).wU().data;
        Set<String> both = Set.of("embed.W_E", "unembed.W_U");
        Weights first = tied(minimal(CONFIG, both).add("embed.W_E", embedding, v, d));
        assertThat(first.wE().data).isEqualTo(embedding);
        assertThat(first.wU().data).isEqualTo(transposed(first.wE()));
        Weights last = tied(minimal(CONFIG, both).add("unembed.W_U", unembedding, d, v));
        assertThat(last.wU().data).isEqualTo(unembedding);
        assertThat(last.wE().data).isEqualTo(transposed(last.wU()));
        Weights twice =
                tied(minimal(CONFIG, both).add("embed.W_E", embedding, v, d).add("unembed.W_U", unembedding, d, v));
        assertThat(twice.wE().data).isEqualTo(embedding);
        assertThat(twice.wU().data).isEqualTo(unembedding);
        assertThatThrownBy(() -> tied(minimal(CONFIG, both))).hasMessage("tensor “embed.W_E” is missing");
    }

    private static Weights tied(SafetensorsWriter file) throws IOException {
        return ModelFiles.readWeights(
                        new ConfigFile(CONFIG, ConfigFile.of(CONFIG).family(), new FileTraits(true, true), List.of()),
                        Safetensors.open(channel(file.bytes())))
                .weights();
    }

    private static float[] transposed(FMatrixRMaj matrix) {
        float[] out = new float[matrix.data.length];
        for (int row = 0; row < matrix.numRows; row++) {
            for (int column = 0; column < matrix.numCols; column++) {
                out[column * matrix.numRows + row] = matrix.get(row, column);
            }
        }
        return out;
    }

    @Test
    void refusesWeightsThatAreNotNumbers() {
        float[] broken = new float[23 * 12];
        broken[40] = Float.NaN;
        byte[] file = minimal(CONFIG, Set.of("embed.W_E"))
                .add("embed.W_E", broken, 23, 12)
                .bytes();
        assertThatThrownBy(() -> read(CONFIG, file))
                .isInstanceOf(SafetensorsException.class)
                .hasMessage("tensor “embed.W_E” holds NaN at index 40; weights must be finite float32 numbers");
    }

    @ParameterizedTest
    @ValueSource(strings = {"storybook-2l-torch", "random-0l", "random-3l-standard"})
    void aStoredModelIsReadAndWrittenWithoutLoss(String name) throws Exception {
        Path folder = Path.of(getClass().getResource("/reference/" + name).toURI());
        Config config = ModelFiles.readConfig(Files.readString(folder.resolve("config.json")))
                .config();
        byte[] stored = Files.readAllBytes(folder.resolve("model.safetensors"));
        Safetensors before = Safetensors.open(channel(stored));
        Safetensors after = Safetensors.open(channel(ModelFiles.writeWeights(config, read(config, stored))));
        assertThat(before.names()).containsAll(after.names());
        for (String tensor : before.names()) {
            if (after.entry(tensor) == null) {
                assertThat(tensor).as("only biases of zero are left out").contains("b_");
                assertThat(before.floats(tensor)).containsOnly(0);
                continue;
            }
            assertThat(after.floats(tensor)).isEqualTo(before.floats(tensor));
            assertThat(after.entry(tensor).shape())
                    .isEqualTo(before.entry(tensor).shape());
        }
    }

    @Test
    void halfPrecisionKeepsElevenBitsOfEachWeight() throws Exception {
        Weights weights = RandomModels.weights(CONFIG, 3);
        byte[] half = ModelFiles.writeWeights(CONFIG, weights, Precision.F16);
        byte[] whole = ModelFiles.writeWeights(CONFIG, weights);
        assertThat(half.length).isLessThan(whole.length * 6 / 10);
        Weights read = read(CONFIG, half);
        for (int i = 0; i < weights.wE().data.length; i++) {
            float weight = weights.wE().data[i];
            assertThat(read.wE().data[i]).isCloseTo(weight, within(Math.abs(weight) / 2048 + 1e-7f));
        }
    }

    private static Weights read(Config config, byte[] file) throws IOException {
        return ModelFiles.readWeights(config, Safetensors.open(channel(file)));
    }

    /** A file of zeros without biases, and without the tensors named. */
    private static SafetensorsWriter minimal(Config config, Set<String> without) {
        int d = config.dModel();
        int h = config.nHeads();
        int k = config.dHead();
        SafetensorsWriter out = new SafetensorsWriter();
        add(out, without, "embed.W_E", config.dVocab(), d);
        add(out, without, "unembed.W_U", d, config.dVocab());
        if (config.positions() != Positions.NONE) {
            add(out, without, "pos_embed.W_pos", config.nCtx(), d);
        }
        for (int l = 0; l < config.nLayers(); l++) {
            for (String name : List.of("W_Q", "W_K", "W_V")) {
                add(out, without, "blocks." + l + ".attn." + name, h, d, k);
            }
            add(out, without, "blocks." + l + ".attn.W_O", h, k, d);
        }
        return out;
    }

    private static void add(SafetensorsWriter out, Set<String> without, String name, int... shape) {
        if (!without.contains(name)) {
            out.add(name, new float[product(shape)], shape);
        }
    }

    private static int product(int... sizes) {
        int product = 1;
        for (int size : sizes) {
            product *= size;
        }
        return product;
    }
}
