package app.headlight.engine.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.transformer.Config;
import app.headlight.engine.transformer.Norm;
import app.headlight.engine.transformer.Positions;
import app.headlight.engine.transformer.RandomModels;
import app.headlight.engine.transformer.Weights;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** config.json as TransformerLens writes it, and what is refused in it. */
class ConfigJsonTest {

    private static final String WHOLE = """
            {"n_layers": 2, "d_model": 8, "n_heads": 3, "d_head": 4, "d_vocab": 10, "n_ctx": 16,
             "positional_embedding_type": "shortformer", "normalization_type": "LNPre", "attn_only": true,
             "eps": 0.001, "default_prepend_bos": true, "bos_token_id": 7, "act_fn": null, "seed": 5}
            """;

    @Test
    void everyFieldIsRead() {
        assertThat(ModelFiles.readConfig(WHOLE).config())
                .isEqualTo(Config.builder()
                        .sizes(2, 8, 3, 4, 10, 16)
                        .positions(Positions.SHORTFORMER)
                        .norm(Norm.LN_PRE)
                        .eps(0.001)
                        .prependBos(true)
                        .bosToken(7)
                        .build());
    }

    @Test
    void whatIsLeftOutIsAsInTransformerLens() {
        String least = """
                {"n_layers": 0, "d_model": 8, "d_head": 4, "d_vocab": 10, "n_ctx": 16, "attn_only": true,
                 "normalization_type": null}
                """;
        assertThat(ModelFiles.readConfig(least).config())
                .isEqualTo(Config.builder()
                        .sizes(0, 8, 2, 4, 10, 16)
                        .prependBos(true)
                        .build());
    }

    @Test
    void aNormThatIsLeftOutIsLayerNorm() {
        assertThat(ModelFiles.readConfig(without("normalization_type").toString())
                        .config()
                        .norm())
                .isEqualTo(Norm.LN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\uFEFF", ""})
    void aByteOrderMarkIsPassedOver(String mark) {
        assertThat(ModelFiles.readConfig(mark + WHOLE)).isEqualTo(ModelFiles.readConfig(WHOLE));
    }

    @Test
    void refusesAFieldThatIsThereTwice() {
        assertThatThrownBy(() -> ModelFiles.readConfig(WHOLE.replace("\"seed\"", "\"n_ctx\"")))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("uplicate")
                .hasMessageContaining("n_ctx");
    }

    @ParameterizedTest
    @ValueSource(strings = {"eps", "default_prepend_bos", "bos_token_id", "tie_word_embeddings"})
    void nullIsAsIfLeftOut(String field) {
        ObjectNode without = without(field);
        ConfigFile expected = ModelFiles.readConfig(without.toString());
        without.putNull(field);
        assertThat(ModelFiles.readConfig(without.toString())).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{\"n_layers\": }", "{} x", "nonsense"})
    void refusesWhatIsNotJson(String json) {
        assertThatThrownBy(() -> ModelFiles.readConfig(json))
                .isInstanceOf(Refusal.class)
                .hasMessageStartingWith("config.json is not ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "5", "null", "\"{}\""})
    void refusesWhatIsNotAnObject(String json) {
        assertThatThrownBy(() -> ModelFiles.readConfig(json))
                .isInstanceOf(Refusal.class)
                .hasMessage("config.json is not a JSON object");
    }

    @ParameterizedTest
    @ValueSource(strings = {"n_layers", "d_model", "d_head", "d_vocab", "n_ctx"})
    void refusesAFileWithoutASize(String field) {
        refuses(without(field), "config.json: " + field + " is missing; expected a whole number");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "n_layers | \"2\" | config.json: n_layers is \"2\"; expected a whole number",
                "d_model | 8.0 | config.json: d_model is 8.0; expected a whole number",
                "n_heads | null | config.json: n_heads is null; expected a whole number",
                "d_vocab | 3000000000 | config.json: d_vocab is 3000000000; expected a whole number",
                "n_ctx | [] | config.json: n_ctx is []; expected a whole number",
                "n_layers | -1 | n_layers is -1; expected 0 or more",
                "d_head | 0 | d_head is 0; expected 1 or more",
                "attn_only | false | config.json: act_fn is null; \"gelu\", \"gelu_new\", \"gelu_fast\", \"gelu_pytorch_tanh\", \"quick_gelu\", \"relu\", \"relu2\", \"silu\", \"solu\", \"solu_ln\" are read so far",
                "attn_only | null | config.json: act_fn is null; \"gelu\", \"gelu_new\", \"gelu_fast\", \"gelu_pytorch_tanh\", \"quick_gelu\", \"relu\", \"relu2\", \"silu\", \"solu\", \"solu_ln\" are read so far",
                "attn_only | \"no\" | config.json: attn_only is \"no\"; expected true or false",
                "default_prepend_bos | 1 | config.json: default_prepend_bos is 1; expected true or false",
                "eps | \"small\" | config.json: eps is \"small\"; expected a number",
                "eps | -1 | eps is -1.0; expected a small number, such as 1e-5",
                "bos_token_id | 1.5 | config.json: bos_token_id is 1.5; expected a whole number",
                "bos_token_id | 99999999999 | config.json: bos_token_id is 99999999999; expected a whole number",
                "bos_token_id | 10 | bos_token_id is 10; expected an id below d_vocab, 10",
                "positional_embedding_type | \"alibi\" | config.json: positional_embedding_type is \"alibi\"; \"standard\", \"shortformer\", \"rotary\" and \"none\" are read so far",
                "positional_embedding_type | null | config.json: positional_embedding_type is null; \"standard\", \"shortformer\", \"rotary\" and \"none\" are read so far",
                "positional_embedding_type | 5 | config.json: positional_embedding_type is 5; \"standard\", \"shortformer\", \"rotary\" and \"none\" are read so far",
                "normalization_type | \"BN\" | config.json: normalization_type is \"BN\"; null, \"LN\", \"LNPre\", \"RMS\" and \"RMSPre\" are read so far",
                "normalization_type | {} | config.json: normalization_type is {}; null, \"LN\", \"LNPre\", \"RMS\" and \"RMSPre\" are read so far"
            })
    void refusesAFieldThatCannotBe(String field, String value, String message) {
        refuses(
                ((ObjectNode) JsonMapper.shared().readTree(WHOLE))
                        .set(field, JsonMapper.shared().readTree(value)),
                message);
    }

    @Test
    void refusesAnEpsBeyondAllNumbers() {
        refuses(WHOLE.replace("0.001", "1e999"), "eps is Infinity; expected a small number, such as 1e-5");
    }

    static Stream<Config> kinds() {
        return RandomModels.kinds();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void everyKindIsReadAsItIsWritten(Config config) throws IOException {
        Weights weights = RandomModels.weights(config, 3);
        ConfigFile read = ModelFiles.readConfig(ModelFiles.writeConfig(config));
        assertThat(read.config()).isEqualTo(config);
        assertThat(read.warnings()).isEmpty();
        WeightsFile file = ModelFiles.readWeights(
                read, Safetensors.open(SafetensorsFile.channel(ModelFiles.writeWeights(config, weights))));
        assertThat(file.warnings()).isEmpty();
        for (Weights.Tensor tensor : weights.tensors()) {
            assertThat(file.weights().array(tensor.name()))
                    .as(tensor.name())
                    .containsExactly(weights.array(tensor.name()));
        }
    }

    private static ObjectNode without(String field) {
        ObjectNode config = (ObjectNode) JsonMapper.shared().readTree(WHOLE);
        config.remove(field);
        return config;
    }

    private static void refuses(Object config, String message) {
        assertThatThrownBy(() -> ModelFiles.readConfig(config.toString()))
                .isInstanceOf(Refusal.class)
                .hasMessage(message);
    }
}
