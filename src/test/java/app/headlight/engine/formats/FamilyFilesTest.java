package app.headlight.engine.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.headlight.engine.transformer.Weights;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The tensors of each family: where they go, and what is wrong with a file. */
class FamilyFilesTest {

    @ParameterizedTest
    @ValueSource(strings = {"random-gpt2", "random-neox", "random-llama", "random-qwen2", "random-tl-solu-ln"})
    void everyTensorOfAReferenceIsUsed(String name) throws IOException {
        assertThat(ReferenceFiles.of("families/" + name).weights().warnings()).isEmpty();
    }

    @Test
    void convolutionsOfGpt2MultiplyFromTheRightAndHoldThreeMatrices() throws IOException {
        ReferenceFiles files = ReferenceFiles.of("families/random-gpt2");
        Weights weights = files.weights().weights();
        float[] fused = files.tensor("transformer.h.1.attn.c_attn.weight").numbers(); // [48, 144]
        float[] bias = files.tensor("transformer.h.1.attn.c_attn.bias").numbers();
        assertThat(weights.layer(1).wQ().get(7, 11)).isEqualTo(fused[7 * 144 + 11]);
        assertThat(weights.layer(1).wK().get(7, 11)).isEqualTo(fused[7 * 144 + 48 + 11]);
        assertThat(weights.layer(1).wV().get(7, 11)).isEqualTo(fused[7 * 144 + 96 + 11]);
        assertThat(weights.layer(1).bV()[5]).isEqualTo(bias[96 + 5]);
        assertThat(weights.layer(1).wO().get(2, 3))
                .isEqualTo(files.tensor("transformer.h.1.attn.c_proj.weight").numbers()[2 * 48 + 3]);
        assertThat(weights.wU().get(2, 3)).isEqualTo(weights.wE().get(3, 2));
    }

    @Test
    void queriesKeysAndValuesOfNeoxAlternateByHead() throws IOException {
        ReferenceFiles files = ReferenceFiles.of("families/random-neox");
        Weights weights = files.weights().weights();
        float[] fused = files.tensor("gpt_neox.layers.1.attention.query_key_value.weight")
                .numbers(); // [192, 64]
        float[] bias =
                files.tensor("gpt_neox.layers.1.attention.query_key_value.bias").numbers();
        int head = 2;
        int of = head * 3 * 16; // 16 wide
        assertThat(weights.layer(1).wQ().get(7, head * 16 + 5)).isEqualTo(fused[(of + 5) * 64 + 7]);
        assertThat(weights.layer(1).wK().get(7, head * 16 + 5)).isEqualTo(fused[(of + 16 + 5) * 64 + 7]);
        assertThat(weights.layer(1).wV().get(7, head * 16 + 5)).isEqualTo(fused[(of + 32 + 5) * 64 + 7]);
        assertThat(weights.layer(1).bK()[head * 16 + 5]).isEqualTo(bias[of + 16 + 5]);
    }

    @Test
    void aGatedMlpOfLlamaIsTransposed() throws IOException {
        ReferenceFiles files = ReferenceFiles.of("families/random-llama");
        Weights weights = files.weights().weights();
        assertThat(weights.get("blocks.2.mlp.W_gate").get(4, 9))
                .isEqualTo(files.tensor("model.layers.2.mlp.gate_proj.weight").numbers()[9 * 48 + 4]);
        assertThat(weights.get("blocks.2.mlp.W_in").get(4, 9))
                .isEqualTo(files.tensor("model.layers.2.mlp.up_proj.weight").numbers()[9 * 48 + 4]);
        assertThat(weights.get("blocks.2.mlp.W_out").get(9, 4))
                .isEqualTo(files.tensor("model.layers.2.mlp.down_proj.weight").numbers()[4 * 112 + 9]);
        assertThat(weights.get("blocks.2.attn.W_K").get(4, 9))
                .isEqualTo(
                        files.tensor("model.layers.2.self_attn.k_proj.weight").numbers()[9 * 48 + 4]);
    }

    @ParameterizedTest
    @CsvSource({"random-gpt2, transformer.", "random-neox, gpt_neox.", "random-llama, model.", "random-qwen2, model."})
    void thePrefixOfTheBaseModelMayBeMissing(String name, String prefix) throws IOException {
        Weights expected = ReferenceFiles.of("families/" + name).weights().weights();
        WeightsFile read = ReferenceFiles.of("families/" + name)
                .renamed(tensor -> tensor.startsWith(prefix) ? tensor.substring(prefix.length()) : tensor)
                .weights();
        assertSame(read.weights(), expected);
        assertThat(read.warnings()).isEmpty();
    }

    @Test
    void nanoGptIsGpt2WithItsMatricesTransposed() throws IOException {
        ReferenceFiles gpt2 = ReferenceFiles.of("families/random-gpt2");
        Weights expected = gpt2.weights().weights();
        for (String compiled : new String[] {"", "_orig_mod."}) {
            WeightsFile read = nanoGpt(compiled).weights();
            assertSame(read.weights(), expected);
            assertThat(read.warnings()).isEmpty();
        }
        assertThatThrownBy(
                        () -> nanoGpt("").without("transformer.h.0.ln_1.bias").weights())
                .hasMessage("tensor “transformer.h.0.ln_1.bias” is missing");
        ReferenceFiles noBiases = nanoGpt("").set("{\"bias\": false}");
        assertThat(noBiases.weights().warnings()).singleElement().asString().contains("“transformer.ln_f.bias”");
    }

    /** The reference of GPT-2 as nanoGPT keeps it. */
    private static ReferenceFiles nanoGpt(String prefix) {
        ReferenceFiles files = ReferenceFiles.of("families/random-gpt2")
                .unset("model_type", "architectures", "n_positions", "n_inner", "layer_norm_epsilon")
                .set("{\"block_size\": 40, \"bias\": true}");
        for (int l = 0; l < 3; l++) {
            for (String name : new String[] {"attn.c_attn", "attn.c_proj", "mlp.c_fc", "mlp.c_proj"}) {
                String tensor = "transformer.h." + l + "." + name + ".weight";
                ReferenceFiles.Values values = files.tensor(tensor);
                files.with(
                        tensor,
                        transposed(values.numbers(), values.shape()[0], values.shape()[1]),
                        values.shape()[1],
                        values.shape()[0]);
            }
            files.with("transformer.h." + l + ".attn.bias", new float[1600], 1, 1, 40, 40);
        }
        return files.renamed(name -> prefix + name);
    }

    @ParameterizedTest
    @CsvSource({
        "random-gpt2, transformer.wte.weight, lm_head.weight",
        "random-llama, model.embed_tokens.weight, lm_head.weight"
    })
    void tiedEmbeddingsMayBeStoredOnceOrTwice(String name, String embedding, String unembedding) throws IOException {
        Weights expected = ReferenceFiles.of("families/" + name).weights().weights();
        ReferenceFiles twice = ReferenceFiles.of("families/" + name);
        ReferenceFiles.Values values = twice.tensor(embedding);
        assertSame(
                twice.with(unembedding, values.numbers(), values.shape())
                        .weights()
                        .weights(),
                expected);
        assertThat(twice.weights().warnings()).isEmpty();
        assertSame(twice.without(embedding).weights().weights(), expected);
        float[] other = values.numbers().clone();
        other[40] += 1;
        assertThatThrownBy(() -> ReferenceFiles.of("families/" + name)
                        .with(unembedding, other, values.shape())
                        .weights())
                .isInstanceOf(SafetensorsException.class)
                .hasMessageStartingWith("tie_word_embeddings is true, and “" + embedding + "” and “" + unembedding
                        + "” are not the same: " + values.numbers()[40] + " and " + other[40] + " at index 40");
        assertThatThrownBy(() -> ReferenceFiles.of("families/" + name)
                        .set("{\"tie_word_embeddings\": false}")
                        .weights())
                .hasMessage("tensor “" + unembedding + "” is missing");
    }

    @ParameterizedTest
    @CsvSource({
        "random-gpt2, transformer.h.0.attn.bias, transformer.h.2.attn.masked_bias",
        "random-neox, gpt_neox.layers.0.attention.bias, gpt_neox.layers.1.attention.rotary_emb.inv_freq",
        "random-llama, model.layers.0.self_attn.rotary_emb.inv_freq, model.rotary_emb.inv_freq",
        "random-tl-gelu, blocks.0.attn.IGNORE, blocks.1.attn.rotary_sin"
    })
    void theBuffersOfEachFamilyArePassedOver(String name, String one, String other) throws IOException {
        ReferenceFiles files = ReferenceFiles.of("families/" + name)
                .with(one, new float[] {Float.NaN}, 1)
                .with(other, new float[] {Float.NEGATIVE_INFINITY});
        assertThat(files.weights().warnings()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "random-gpt2, transformer.h.3.ln_1.weight",
        "random-neox, gpt_neox.layers.0.attention.gate.weight",
        "random-llama, model.layers.0.self_attn.q_proj.bias",
        "random-qwen2, model.layers.0.self_attn.o_proj.bias",
        "random-tl-attn-ln, blocks.0.mlp.W_in"
    })
    void aTensorThatIsNotUsedIsNamedInAWarning(String name, String tensor) throws IOException {
        assertThat(ReferenceFiles.of("families/" + name)
                        .with(tensor, new float[] {1}, 1)
                        .weights()
                        .warnings())
                .containsExactly("The tensor “" + tensor
                        + "” of model.safetensors is not used: by its configuration the model has no such tensor.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"random-gpt2", "random-neox", "random-llama", "random-qwen2", "random-tl-solu-ln"})
    void everyTensorThatIsMissingIsNamed(String name) {
        ReferenceFiles whole = ReferenceFiles.of("families/" + name);
        for (String tensor : ReferenceFiles.of("families/" + name).names()) {
            boolean mayBeMissing =
                    name.contains("-tl-") && tensor.matches(".*\\.(attn|mlp|unembed)\\.b_.*|unembed.b_U");
            if (!mayBeMissing) {
                ReferenceFiles.Values values = whole.tensor(tensor);
                whole.without(tensor);
                assertThatThrownBy(whole::weights)
                        .isInstanceOf(SafetensorsException.class)
                        .hasMessage("tensor “" + tensor + "” is missing");
                whole.with(tensor, values.numbers(), values.shape());
            }
        }
        assertThatThrownBy(() -> ModelFiles.readWeights(
                        whole.config(), Safetensors.open(SafetensorsFile.channel(new SafetensorsWriter().bytes()))))
                .isInstanceOf(SafetensorsException.class)
                .hasMessageStartingWith("tensors “")
                .hasMessageEndingWith("are missing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"random-gpt2", "random-neox", "random-llama", "random-qwen2", "random-tl-solu-ln"})
    void aTensorOfAnotherShapeIsNamedWithBothShapes(String name) {
        ReferenceFiles whole = ReferenceFiles.of("families/" + name);
        for (String tensor : ReferenceFiles.of("families/" + name).names()) {
            ReferenceFiles.Values values = whole.tensor(tensor);
            int[] longer = values.shape().clone();
            longer[0]++;
            int rest = values.numbers().length / values.shape()[0];
            whole.with(tensor, new float[rest * longer[0]], longer);
            assertThatThrownBy(whole::weights)
                    .isInstanceOf(SafetensorsException.class)
                    .hasMessage("tensor “" + tensor + "” is " + Arrays.toString(longer) + "; expected "
                            + Arrays.toString(values.shape()));
            whole.with(tensor, values.numbers(), values.shape());
        }
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY})
    void aNumberThatIsNotFiniteIsNamedWithItsPlace(float broken) {
        ReferenceFiles files = ReferenceFiles.of("families/random-llama");
        float[] numbers = files.tensor("model.layers.1.mlp.up_proj.weight").numbers();
        numbers[77] = broken;
        assertThatThrownBy(files::weights)
                .isInstanceOf(SafetensorsException.class)
                .hasMessageStartingWith(
                        "tensor “model.layers.1.mlp.up_proj.weight” holds " + broken + " at index 77; ");
    }

    @Test
    void aFileThatIsCutOffIsRefused() {
        ReferenceFiles files = ReferenceFiles.of("families/random-gpt2");
        byte[] whole = files.safetensors();
        byte[] cut = Arrays.copyOf(whole, whole.length - 100);
        assertThatThrownBy(() -> ModelFiles.readWeights(files.config(), Safetensors.open(SafetensorsFile.channel(cut))))
                .isInstanceOf(SafetensorsException.class);
        assertThatThrownBy(() -> ModelFiles.readWeights(
                        files.config(), Safetensors.open(SafetensorsFile.claiming(cut, whole.length))))
                .isInstanceOf(EOFException.class);
    }

    @Test
    void shardsAreReadAsOneFile() throws IOException {
        ReferenceFiles files = ReferenceFiles.of("families/random-qwen2");
        Map<String, byte[]> shards = new HashMap<>();
        StringBuilder index = new StringBuilder();
        SafetensorsWriter[] parts = {new SafetensorsWriter(), new SafetensorsWriter()};
        int i = 0;
        for (String name : files.names()) {
            String shard = "model-0000" + (i % 2 + 1) + "-of-00002.safetensors";
            ReferenceFiles.Values values = files.tensor(name);
            parts[i++ % 2].add(name, values.numbers(), values.shape());
            index.append(index.isEmpty() ? "" : ",").append("\"" + name + "\":\"" + shard + "\"");
        }
        shards.put("model-00001-of-00002.safetensors", parts[0].bytes());
        shards.put("model-00002-of-00002.safetensors", parts[1].bytes());
        byte[] joined = ShardedWeights.open(
                        "\uFEFF{\"weight_map\":{" + index + "}}", file -> new ByteArrayInputStream(shards.get(file)))
                .readAllBytes();
        Weights read = ModelFiles.readWeights(files.config(), Safetensors.open(SafetensorsFile.channel(joined)))
                .weights();
        assertSame(read, files.weights().weights());
    }

    @Test
    void aMaskWithTheWindowOfItsLayerIsPassedOverAndAnotherIsRefused() throws IOException {
        ReferenceFiles files = ReferenceFiles.of("config-fields/window");
        assertThat(files.with("blocks.0.attn.mask", mask(24, 24), 24, 24)
                        .with("blocks.1.attn.mask", mask(24, 4), 24, 24)
                        .weights()
                        .warnings())
                .isEmpty();
        assertThatThrownBy(() ->
                        files.with("blocks.1.attn.mask", mask(24, 5), 24, 24).weights())
                .hasMessage("tensor “blocks.1.attn.mask” is not the causal mask, [24, 24] with a window of 4; no other"
                        + " mask is read so far");
    }

    private static float[] mask(int n, int window) {
        float[] mask = new float[n * n];
        for (int i = 0; i < mask.length; i++) {
            mask[i] = i % n <= i / n && i % n > i / n - window ? 1 : 0;
        }
        return mask;
    }

    private static void assertSame(Weights read, Weights expected) {
        assertThat(read.tensors()).isEqualTo(expected.tensors());
        for (Weights.Tensor tensor : expected.tensors()) {
            assertThat(read.get(tensor.name()).data).as(tensor.name()).isEqualTo(expected.get(tensor.name()).data);
        }
    }

    private static float[] transposed(float[] values, int rows, int columns) {
        float[] out = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            out[i % columns * rows + i / columns] = values[i];
        }
        return out;
    }
}
