package app.headlight.web.python;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class LiteralTest {

    private static final List<String> TEXTS = List.of(
            "plain",
            "\"; import os; \"",
            "back\\slash\\\" and 'quotes' and \"\"\"three\"\"\"",
            "lines\nof\rmore\ttabs\u0000\u0007",
            "\u2028\u2029\u202e right to left \u2068isolated\u2069 \ufeff",
            "·the Größe 猫 ‘’",
            "{braces} %s %d");

    @Test
    void aTextReadsAsItWas() {
        // Of these characters, literals of Python and of JSON are written alike: another reader decodes them.
        for (String text : TEXTS) {
            assertThat(JsonMapper.shared().readValue(Literal.of(text), String.class))
                    .isEqualTo(text);
        }
        assertThat(Literal.of("\ud800")).isEqualTo("\"\\ud800\"");
        assertThat(Literal.of("\udb40\udc01")).isEqualTo("\"\\U000e0001\"");
    }

    @Test
    void aLiteralAndACommentAreOneLineThatReadsFromTheLeft() {
        for (String text : TEXTS) {
            assertThat(Literal.of(text) + Literal.comment(text))
                    .doesNotContainPattern("[\\p{Cntrl}\\u2028\\u2029\\u202a-\\u202e\\u2066-\\u2069\\ufeff]");
        }
    }

    @Test
    void otherValuesAreThoseOfPython() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("do", "zero");
        map.put("renormalise", true);
        map.put("from", null);
        map.put("tokens", List.of(1, 2));
        assertThat(Literal.of(map))
                .isEqualTo("{\"do\": \"zero\", \"renormalise\": True, \"from\": None, \"tokens\": [1, 2]}");
        assertThat(Literal.of(new int[] {3, 4})).isEqualTo("[3, 4]");
        assertThat(Literal.tuple(1)).isEqualTo("(1,)");
        assertThat(Literal.tuple(1, "a")).isEqualTo("(1, \"a\")");
        assertThat(Literal.of(1e-7)).isEqualTo("1.0E-7");
        assertThat(Literal.of(Double.NaN)).isEqualTo("float(\"nan\")");
    }
}
