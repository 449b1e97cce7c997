package app.headlight.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.headlight.transformer.Config;
import app.headlight.transformer.Norm;
import app.headlight.transformer.Positions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
        assertThat(ModelFiles.readConfig(WHOLE))
                .isEqualTo(new Config(2, 8, 3, 4, 10, 16, Positions.SHORTFORMER, Norm.LN_PRE, 0.001, true, 7));
    }

    @Test
    void whatIsLeftOutIsAsInTransformerLens() {
        String least = """
                {"n_layers": 0, "d_model": 8, "n_heads": 3, "d_head": 4, "d_vocab": 10, "n_ctx": 16}
                """;
        assertThat(ModelFiles.readConfig(least))
                .isEqualTo(new Config(0, 8, 3, 4, 10, 16, Positions.STANDARD, Norm.NONE, 1e-5, false, null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"attn_only", "eps", "default_prepend_bos", "bos_token_id", "normalization_type"})
    void nullIsAsIfLeftOut(String field) {
        ObjectNode without = (ObjectNode) JsonMapper.shared().readTree(WHOLE);
        without.put("default_prepend_bos", false);
        without.remove(field);
        Config expected = ModelFiles.readConfig(without.toString());
        without.putNull(field);
        assertThat(ModelFiles.readConfig(without.toString())).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{\"n_layers\": }", "{} x", "nonsense"})
    void refusesWhatIsNotJson(String json) {
        assertThatThrownBy(() -> ModelFiles.readConfig(json))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("config.json is not ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "5", "null", "\"{}\""})
    void refusesWhatIsNotAnObject(String json) {
        assertThatThrownBy(() -> ModelFiles.readConfig(json))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("config.json is not a JSON object");
    }

    @ParameterizedTest
    @ValueSource(strings = {"n_layers", "d_model", "n_heads", "d_head", "d_vocab", "n_ctx"})
    void refusesAFileWithoutASize(String field) {
        ObjectNode without = (ObjectNode) JsonMapper.shared().readTree(WHOLE);
        without.remove(field);
        refuses(without, "config.json: " + field + " is missing; expected a whole number");
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
                "attn_only | false | attn_only is false; only attention-only models are read so far",
                "attn_only | \"no\" | config.json: attn_only is \"no\"; expected true or false",
                "default_prepend_bos | 1 | config.json: default_prepend_bos is 1; expected true or false",
                "eps | \"small\" | config.json: eps is \"small\"; expected a number",
                "eps | -1 | eps is -1.0; expected a small number, such as 1e-5",
                "bos_token_id | 1.5 | config.json: bos_token_id is 1.5; expected a whole number",
                "bos_token_id | 99999999999 | config.json: bos_token_id is 99999999999; expected a whole number",
                "bos_token_id | 10 | bos_token_id is 10; expected an id below d_vocab, 10",
                "bos_token_id | null | default_prepend_bos is true, and no bos_token_id is given",
                "positional_embedding_type | \"rotary\" | config.json: positional_embedding_type is \"rotary\"; \"standard\", \"shortformer\" and \"none\" are read so far",
                "positional_embedding_type | null | config.json: positional_embedding_type is null; \"standard\", \"shortformer\" and \"none\" are read so far",
                "positional_embedding_type | 5 | config.json: positional_embedding_type is 5; \"standard\", \"shortformer\" and \"none\" are read so far",
                "normalization_type | \"LN\" | config.json: normalization_type is \"LN\"; null and \"LNPre\" are read so far",
                "normalization_type | {} | config.json: normalization_type is {}; null and \"LNPre\" are read so far"
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

    private static void refuses(Object config, String message) {
        assertThatThrownBy(() -> ModelFiles.readConfig(config.toString()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }
}
