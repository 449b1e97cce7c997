package app.headlight.services.measures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.headlight.engine.circuits.Composition;
import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.transformer.HeadId;
import app.headlight.services.measures.Measure.Detector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MeasureTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "score(L1H3, induction)",
                "score(L0H10, copying)",
                "copying(L1H3)",
                "composition(K, L0H1, L1H3)",
                "ablating(L0H1, two_names)",
                "ablating(MLP0, induction)",
                "circuit(induction, logit_diff, L0H0->L1H3.k, L1H3->logits)",
                "circuit(two_names, kl, embed->MLP0)"
            })
    void isWrittenAsItIsRead(String text) {
        assertThat(Measure.parse(text)).hasToString(text);
    }

    @Test
    void spacesDoNotMatter() {
        assertThat(Measure.parse("  score ( L1H3 ,induction)\n"))
                .isEqualTo(new Measure.Score(new HeadId(1, 3), Detector.INDUCTION));
        assertThat(Measure.parse("composition(V,L0H0,L2H1)"))
                .isEqualTo(new Measure.Composed(Composition.V, new HeadId(0, 0), new HeadId(2, 1)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | is no measure",
                "score | is no measure",
                "Score(L1H3, induction) | is no measure",
                "sscore(L1H3, induction) | “sscore(L1H3, induction)” is no measure; expected score(",
                "score(L1H3, induction) >= 1 | is no measure",
                "score(L1H3) | expected score(head, detector)",
                "score(L1H3, induction, ) | expected score(head, detector)",
                "score(L1H3, indduction) | “detector” is “indduction”; expected copying, duplicate, first, induction",
                "score(H3, induction) | “H3” is not the name of a head",
                "score(L1H99999, induction) | “L1H99999” is not the name of a head",
                "copying() | expected copying(head)",
                "composition(k, L0H1, L1H3) | “kind of composition” is “k”; expected K, Q, V",
                "composition(K, L1H3, L0H1) | “L1H3” does not come before “L0H1”",
                "composition(K, L1H3, L1H1) | “L1H3” does not come before “L1H1”",
                "ablating(L0H1) | expected ablating(head or MLP, pairs)",
                "ablating(embed, induction) | “embed” cannot be set to zero here",
                "ablating(L0H1, ioi) | “pairs” is “ioi”; expected article, greater_than, induction, number, two_names",
                "circuit(induction, logit_diff) | expected circuit(pairs, metric, edge, edge, …)",
                "circuit(induction, L0H0->L1H3.k, L1H3->logits) | “metric” is “L0H0->L1H3.k”; expected kl, logit_diff",
                "circuit(induction, kl, L0H0) | “L0H0” is no edge",
                "circuit(induction, kl, L0H0->logits, L0H0->logits) | has an edge twice",
            })
    void whatCannotBeReadIsRefusedByName(String text, String why) {
        assertThatThrownBy(() -> Measure.parse(text))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining(why);
    }

    @Test
    void aVeryLongTextIsRefused() {
        assertThatThrownBy(() -> Measure.parse("x".repeat(20_001)))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("20001 characters");
        assertThatThrownBy(() -> Measure.parse("x".repeat(20_000)))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("“" + "x".repeat(60) + "…”");
    }

    @Test
    void onlyWhatDependsOnASeedIsDrawn() {
        assertThat(Measure.parse("copying(L1H3)").isDrawn()).isFalse();
        assertThat(Measure.parse("score(L1H3, copying)").isDrawn()).isTrue();
        assertThat(Measure.parse("composition(K, L0H1, L1H3)").isDrawn()).isTrue();
    }

    @Test
    void namesItsHeads() {
        assertThat(Measure.parse("composition(K, L0H1, L1H3)").heads())
                .containsExactly(new HeadId(0, 1), new HeadId(1, 3));
        assertThat(Measure.parse("ablating(MLP0, induction)").heads()).isEmpty();
        assertThat(Measure.parse("ablating(L0H2, induction)").heads()).containsExactly(new HeadId(0, 2));
    }
}
