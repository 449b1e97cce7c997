package app.headlight.web.pairs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.headlight.engine.refusal.Refusal;
import app.headlight.services.search.ReadyPair;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WrittenPairsTest {

    private static final ReadyPair FIRST = new ReadyPair("A, b", "A, c", "x", "y");
    private static final ReadyPair SECOND = new ReadyPair("Say \"so\"", "Say so", "·x", "z");

    @Test
    void rowsOfCsvAndLinesOfJsonSayTheSame() {
        assertThat(WrittenPairs.of("\"A, b\",\"A, c\",x,y\n\"Say \"\"so\"\"\",Say so,·x,z\n"))
                .containsExactly(FIRST, SECOND);
        assertThat(WrittenPairs.of("""
                {"clean": "A, b", "corrupt": "A, c", "answer": "x", "wrong": "y"}

                {"wrong": "z", "answer": "·x", "clean": "Say \\"so\\"", "corrupt": "Say so"}
                """)).containsExactly(FIRST, SECOND);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {"clean":"a","corrupt":"b","answer":"x"} | Line 1: “wrong” is missing.
            {"clean":"a","corrupt":"b","answer":"x","wrong":3} | Line 1: “wrong” is no text.
            {"clean":"a","corrupt":"b","answer":"x","wrong":"y","size":1} | Line 1 has the field “size”
            {"clean":"a","corrupt":"b","answer":"x","wrong":"y"};a,b,c,d | Line 2 is no JSON
            {"clean":"a","corrupt":"b","answer":"x","wrong":"y"};["a"] | Line 2 is no JSON object
            {"clean":"a | Line 1 is no JSON
            a,b,c;d | Row 1 has 3 fields
            "a,b,c,d | The pairs are no CSV
            """)
    void whatCannotBeReadIsRefusedByItsLine(String text, String why) {
        assertThatThrownBy(() -> WrittenPairs.of(text.replace(';', '\n')))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining(why);
    }

    @Test
    void noneAndTooManyAreRefused() {
        assertThatThrownBy(() -> WrittenPairs.of("  ")).hasMessageContaining("Write a pair a row");
        assertThatThrownBy(() -> WrittenPairs.of("a,b,c,d\n".repeat(65)))
                .hasMessageContaining("the number of pairs is 65");
    }
}
