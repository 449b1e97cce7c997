package app.headlight.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ShownAnswerTest {

    @Test
    void agreesWhereOnlyDotsAndRoundingDiffer() {
        assertThat(differences(
                        "{'a': 0.3182, 'b': ['x', '…'], 'f': ['…', 1, '…'], 'c': '…', '…': '…'}",
                        "{'a': 0.318235, 'b': ['x', 'y', 'z'], 'f': [0, 1], 'c': {'d': 1}, 'e': 2}"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'a': 1} | {'a': 2} | /a is shown as 1 and was 2",
                "{'a': 0.318} | {'a': 0.319} | /a is shown as 0.318 and was 0.319",
                "{'a': 0} | {'a': 0.001} | /a is shown as 0 and was 0.001",
                "{'a': 1} | {} | /a is shown and was not answered",
                "{} | {'b': 1} | has fields that are not shown: [b]",
                "[1, 2] | [1] | is shown with 2 elements and had 1",
                "['…', 1, '…'] | [2, 3] | has nowhere what is shown: 1",
                "[1] | [1, 2] | is shown with 1 elements and had 2",
                "[1, 2, '…'] | [1] | is shown with 2 elements and had 1",
                "{'a': [[1, '2']]} | {'a': [[1, 2]]} | /a/0/1 is shown as \"2\" and was 2"
            })
    void saysWhereAnAnswerDiffers(String shown, String answered, String difference) {
        assertThat(differences(shown, answered).stream().map(String::strip)).containsExactly(difference);
    }

    private static List<String> differences(String shown, String answered) {
        return ShownAnswer.differences(json(shown), json(answered));
    }

    private static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text.replace('\'', '"'));
    }
}
