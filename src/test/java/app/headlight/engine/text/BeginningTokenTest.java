package app.headlight.engine.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Where a tokenizer says which token texts begin with. */
class BeginningTokenTest {

    private static final String VOCABULARY =
            "{\"a\":0,\"<s>\":1,\"</s>\":2,\"[CLS]\":3,\"<go>\":4,\"<|endoftext|>\":5}";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "null | {\"bos_token\":\"<go>\"} | 4",
                "null | {\"bos_token\":{\"content\":\"<go>\",\"special\":true}} | 4",
                "null | {\"bos_token\":null,\"eos_token\":\"</s>\"} | 2",
                "null | {\"model_max_length\":5} | 1",
                "{\"type\":\"TemplateProcessing\",\"single\":[{\"SpecialToken\":{\"id\":\"<go>\",\"type_id\":0}},{\"Sequence\":{\"id\":\"A\"}}],\"special_tokens\":{\"<go>\":{\"ids\":[4]}}}"
                        + " | {} | 4",
                "{\"type\":\"Sequence\",\"processors\":[{\"type\":\"ByteLevel\"},{\"type\":\"TemplateProcessing\",\"single\":[{\"SpecialToken\":{\"id\":\"<go>\"}},{\"Sequence\":{\"id\":\"A\"}}]}]}"
                        + " | {} | 4",
                "{\"type\":\"TemplateProcessing\",\"single\":[{\"Sequence\":{\"id\":\"A\"}},{\"SpecialToken\":{\"id\":\"</s>\"}}]}"
                        + " | {} | 1",
                "{\"type\":\"BertProcessing\",\"sep\":[\"</s>\",2],\"cls\":[\"[CLS]\",3]} | {} | 3",
                "{\"type\":\"ByteLevel\"} | {} | 1",
                "{\"type\":\"BertProcessing\",\"cls\":[\"[CLS]\",3]} | {\"bos_token\":\"<go>\"} | 4",
                "null | {\"bos_token\":\"not there\"} | 1"
            })
    void theFilesName(String processor, String config, int token) {
        assertThat(of(VOCABULARY, processor, config)).hasValue(token);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "null | {\"bos_token\":\"<go>\"} | -1",
                "{\"type\":\"ByteLevel\"} | {\"bos_token\":\"<go>\",\"add_bos_token\":false} | -1",
                "{\"type\":\"ByteLevel\"} | {\"bos_token\":\"<go>\",\"add_bos_token\":true} | 4",
                "{\"type\":\"TemplateProcessing\",\"single\":[{\"SpecialToken\":{\"id\":\"<s>\"}},{\"Sequence\":{\"id\":\"A\"}}]}"
                        + " | {\"bos_token\":\"<go>\"} | 1",
                "{\"type\":\"TemplateProcessing\",\"single\":[{\"SpecialToken\":{\"id\":\"<s>\"}},{\"Sequence\":{\"id\":\"A\"}}]}"
                        + " | {\"add_bos_token\":false} | -1",
                "{\"type\":\"TemplateProcessing\",\"single\":[{\"Sequence\":{\"id\":\"A\"}},{\"SpecialToken\":{\"id\":\"</s>\"}}]}"
                        + " | {} | -1"
            })
    void onlySomeTokenizersPutATokenInFrontThemselves(String processor, String config, int token) {
        OptionalInt found =
                BeginningToken.inFront(processor(processor), JsonMapper.shared().readTree(config), ids(VOCABULARY));
        assertThat(found.orElse(-1)).isEqualTo(token);
    }

    @Test
    void someNameNone() {
        assertThat(of("{\"a\":0,\"b\":1}", "null", "{}")).isEmpty();
    }

    @Test
    void aTokenizerWithoutAConfigurationNamesTheUsualOne() {
        assertThat(HuggingFaceTokenizer.of(TokenizerFiles.byteLevel()).beginning())
                .hasValue(258);
        assertThat(HuggingFaceTokenizer.of("\uFEFF" + TokenizerFiles.byteLevel(), "\uFEFF{\"bos_token\":\"A\"}")
                        .beginning())
                .hasValue('A');
    }

    private static OptionalInt of(String vocabulary, String processor, String config) {
        return BeginningToken.of(processor(processor), JsonMapper.shared().readTree(config), ids(vocabulary));
    }

    private static BeginningToken.Ids ids(String vocabulary) {
        JsonNode tokens = JsonMapper.shared().readTree(vocabulary);
        return name -> tokens.has(name) ? OptionalInt.of(tokens.get(name).asInt()) : OptionalInt.empty();
    }

    private static JsonNode processor(String processor) {
        return JsonMapper.shared().readTree("{\"post_processor\":" + processor + "}");
    }
}
