package app.headlight.services.claims;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.headlight.engine.refusal.Refusal;
import app.headlight.services.measures.Measure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatementTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "score(L1H3, induction) >= 0.8 | score(L1H3, induction) ≥ 0.8",
                "score(L1H3,induction)≥.8 | ",
                "copying(L0H1) <= -0.50 | copying(L0H1) ≤ -0.5",
                "copying(L0H1) ≤ −0.5 | copying(L0H1) ≤ -0.5",
                "composition(K, L0H1, L1H3) ≥ 1e-2 | composition(K, L0H1, L1H3) ≥ 0.01",
                "ablating(L0H1, induction) ≥ 10 | ablating(L0H1, induction) ≥ 10",
                "score(L1H3, induction) | ",
                "score(L1H3, induction) > 0.8 | ",
                "score(L1H3, induction) >= | ",
                "score(L1H3, induction) >= NaN | ",
                "score(L1H3, induction) >= 1,5 | ",
                "≥ 0.8 | ",
            })
    void isReadStrictlyAndWrittenInOneWay(String text, String written) {
        if (written == null) {
            assertThatThrownBy(() -> Statement.parse(text))
                    .isInstanceOf(Refusal.class)
                    .hasMessageContaining("is no claim; expected a measure, ≥ or ≤, and a number");
        } else {
            assertThat(Statement.parse(text)).hasToString(written);
            assertThat(Statement.parse(written)).isEqualTo(Statement.parse(text));
        }
    }

    @Test
    void whatIsWrongWithTheMeasureIsSaid() {
        assertThatThrownBy(() -> Statement.parse("score(L1H3, indukshun) ≥ 0.8"))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("“detector” is “indukshun”");
    }

    @Test
    void linesAreReadOneByOne() {
        assertThat(Statement.lines("\n copying(L1H3) ≥ 0.5\r\n\nscore(L1H3, first) <= 0.1\n"))
                .hasToString("[copying(L1H3) ≥ 0.5, score(L1H3, first) ≤ 0.1]");
        assertThat(Statement.lines("  \n")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "0.93, ≥, 0.8",
        "1, ≥, 0.9",
        "0.9999, ≥, 0.85",
        "0.12, ≥, 0.1",
        "0.0623, ≥, 0.055",
        "7.4, ≥, 6.5",
        "-0.93, ≤, -0.8",
        "0, ≤, 0.01",
        "1e-14, ≤, 0.01",
        "-0.0002, ≤, 0.01",
        "0.001, ≥, 0.0009"
    })
    void aSuggestedBoundIsRoundAndLeavesRoom(double seen, String sign, String bound) {
        Statement suggested = Statement.suggested(Measure.parse("copying(L1H3)"), seen);
        assertThat(suggested.comparison().sign()).isEqualTo(sign);
        assertThat(suggested.boundInWords()).isEqualTo(bound);
    }
}
