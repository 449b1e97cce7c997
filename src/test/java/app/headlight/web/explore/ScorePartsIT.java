package app.headlight.web.explore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import app.headlight.browser.BrowserTest;
import app.headlight.engine.circuits.QkCircuit;
import app.headlight.engine.circuits.ScoreParts;
import app.headlight.engine.circuits.ScoreParts.Side;
import app.headlight.engine.circuits.ScoreParts.Split;
import app.headlight.engine.circuits.StreamWriter;
import app.headlight.engine.transformer.HeadId;
import app.headlight.engine.transformer.Run;
import app.headlight.services.models.ModelLibrary;
import app.headlight.services.models.OpenModel;
import app.headlight.web.view.ViewState;
import java.util.List;
import java.util.Locale;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.springframework.beans.factory.annotation.Autowired;

/** Where an attention score comes from, in a real browser: a newcomer finds the induction head's partner. */
class ScorePartsIT extends BrowserTest {

    private static final HeadId HEAD = new HeadId(1, 3);
    private static final StreamWriter PREVIOUS = StreamWriter.of(new HeadId(0, 0));
    /** Rows and columns of the table: all, embed, pos, L0H0 to L0H3, bias. */
    private static final int SIZE = 8;

    @Autowired
    private ModelLibrary library;

    @Test
    void theSelectedLinesScoreIsTakenApart() {
        page.open("explore?model=storybook-2l&heads=L1H3&dest=20&src=9");
        page.driver().findElement(By.cssSelector("#inspector .hl-link")).click();
        page.untilAddress("tab=qk");
        Split split = parts().at(20, 9);
        untilTable();
        assertThat(page.script("return document.getElementById('score-parts-table').data.rows.names.map(n => n.label)"))
                .hasToString("[all, embed, pos, L0H0, L0H1, L0H2, L0H3, bias]");
        assertThat(cell("score-parts-table", 0)).isCloseTo(split.score(), within(1e-4));
        for (int w = 0; w < SIZE - 1; w++) {
            assertThat(cell("score-parts-table", 1 + w)).isCloseTo(split.bySide(Side.KEY)[w], within(1e-5));
            assertThat(cell("score-parts-table", SIZE * (1 + w))).isCloseTo(split.bySide(Side.QUERY)[w], within(1e-5));
            assertThat(cell("score-parts-table", SIZE * (1 + w) + 1 + w)).isCloseTo(split.parts()[w][w], within(1e-5));
        }
        assertThat(page.text("score-parts"))
                .contains(String.format(Locale.ROOT, "sum of parts %.4f / model %.4f", split.sum(), split.score()))
                .contains("Its key brings most of that by what L0H0 wrote")
                .contains("L1H3’s key reads it")
                .contains("the head finds what followed its own token earlier");
        assertThat(page.words("inspector")).contains(String.format(Locale.ROOT, "score q·k/√d %.4f", split.score()));
    }

    @Tag("nightly")
    @Test
    void thePartnerIsFoundFirstUnderKAndOpensItsPartOfTheScores() {
        page.open("explore?model=storybook-2l&heads=L1H3&dest=20&src=9");
        page.driver().findElement(By.id("virtual-head")).click();
        page.until("the choices", () -> choices().size() > 2);
        choices().get(1).click();
        page.untilAddress("key=L0H0");
        assertThat(page.parameters())
                .containsEntry("tab", "qk")
                .containsEntry("term", "scores")
                .containsEntry("heads", "L1H3")
                .doesNotContainKey("virtual");
        isTheEngines(null, PREVIOUS);
        String address = page.address();
        List<String> before = pictures();
        page.driver().navigate().refresh();
        page.untilDrawn();
        isTheEngines(null, PREVIOUS);
        page.until("the same pictures after a reload", () -> pictures().equals(before));
        page.openTab("Attribution");
        page.untilAddress("tab=attribution");
        page.driver().navigate().back();
        page.until("back", () -> page.address().equals(address));
        isTheEngines(null, PREVIOUS);
        page.until("the same pictures after Back", () -> pictures().equals(before));
        page.pickHead(0, 2);
        page.until("a head that does not read it", () -> !page.address().contains("key="));
        assertThat(page.notices()).isEmpty();
    }

    @Tag("nightly")
    @Test
    void aCellOfTheTableShowsThatPairOverTheSentence() {
        page.open("explore?model=storybook-2l&heads=L1H3&dest=20&src=9&tab=qk&key=L0H0");
        untilTable();
        WebElement table = page.inside("score-parts-table").findElement(By.cssSelector("[tabindex='0']"));
        // From the selected cell, all × L0H0, one row down: what the embedding asks of L0H0.
        table.sendKeys(Keys.ARROW_DOWN, Keys.ARROW_DOWN, Keys.ENTER);
        page.untilAddress("query=embed");
        isTheEngines(StreamWriter.EMBEDDING, PREVIOUS);
    }

    @Tag("nightly")
    @Test
    void aKeyEdgeOfTheCompositionLeadsToIt() {
        page.driver().get(page.root() + "circuits?model=storybook-2l&edge=L0H0-K-L1H3");
        page.until(
                "the link",
                () -> !page.driver()
                        .findElements(By.linkText("See it on a sentence"))
                        .isEmpty());
        double matching = QkCircuit.composed(model().transformer(), HEAD, null, PREVIOUS.head())
                .spectrum()
                .score();
        page.until(
                "its eigenvalues",
                () -> page.script("return document.getElementById('virtual-eigenvalues').data?.scoreName")
                        .equals("matching"));
        assertThat(((Number) page.script("return document.getElementById('virtual-eigenvalues').data.score"))
                        .doubleValue())
                .isCloseTo(matching, within(1e-9));
        page.driver().findElement(By.linkText("See it on a sentence")).click();
        page.untilDrawn();
        page.untilAddress("key=L0H0");
        assertThat(page.parameters()).containsEntry("heads", "L1H3").doesNotContainKey("virtual");
        isTheEngines(null, PREVIOUS);
    }

    @Tag("nightly")
    @Test
    void whatIsNotReadIsLeftOutWithANotice() {
        page.open("explore?model=storybook-2l&heads=L1H3&tab=qk&key=L1H0");
        page.untilNotice("L1H3 of storybook-2l does not read “L1H0”; it reads embed, pos, L0H0");
        assertThat(page.parameters()).doesNotContainKey("key");
        page.open("explore?model=storybook-2l&heads=L1H3&tab=qk&query=W_E");
        page.untilNotice("The address says query=W_E");
        page.open("explore?model=storybook-2l&tab=qk&virtual=L0H0-L1H3&key=L0H0");
        page.untilNotice("A virtual head has no scores of its own");
        page.open("explore?model=storybook-0l&tab=qk&key=embed");
        page.untilNotice("storybook-0l has no heads");
        page.open("explore?model=storybook-2l&heads=L1H3&tab=qk&key=L0H0&term=position_token");
        page.untilNotice("not of “position_token”");
        assertThat(page.parameters()).containsEntry("term", "scores").containsEntry("key", "L0H0");
    }

    /** The heatmap and the eigenvalues are those of that part of the scores. */
    private void isTheEngines(StreamWriter query, StreamWriter key) {
        FMatrixRMaj expected = parts().between(query, key).copy();
        QkCircuit circuit = QkCircuit.composed(
                model().transformer(), HEAD, query == null ? null : query.head(), key == null ? null : key.head());
        page.until("the part of the scores", () -> page.script("""
                const shown = document.querySelector('.hl-tab-circuit > headlight-heatmap');
                return shown?.data?.title?.includes(arguments[0]) && shown.values.length > 0
                    && !!shown.shadowRoot.querySelector('canvas')""", "key side through " + key) == Boolean.TRUE);
        int n = expected.numCols;
        for (int[] at : new int[][] {{20, 9}, {20, 8}, {12, 12}, {9, 0}}) {
            assertThat(number(
                            "return document.querySelector('.hl-tab-circuit > headlight-heatmap').values[arguments[0]]",
                            at[0] * n + at[1]))
                    .isCloseTo(expected.get(at[0], at[1]), within(1e-5));
        }
        assertThat(number("return document.querySelector('.hl-tab-circuit > headlight-eigenvalues').data.score"))
                .isCloseTo(circuit.spectrum().score(), within(1e-9));
    }

    private void untilTable() {
        page.until(
                "the table",
                () -> page.script("return document.getElementById('score-parts-table')?.values?.length")
                        .equals((long) SIZE * SIZE));
        page.settle();
    }

    /** Of the tab's pictures, all that is painted. */
    private List<String> pictures() {
        page.settle();
        return List.of((String) page.script("""
                        return [...document.querySelectorAll('#circuit-tabs *')]
                            .flatMap(e => [...(e.shadowRoot?.querySelectorAll('canvas') ?? [])])
                            .map(c => c.toDataURL()).join()"""), page.text("score-parts"));
    }

    private List<WebElement> choices() {
        return page.driver().findElements(By.cssSelector("#virtual-head vaadin-select-item")).stream()
                .filter(item -> !item.getText().isBlank())
                .toList();
    }

    private double cell(String id, int index) {
        return number("return document.getElementById('" + id + "').values[arguments[0]]", index);
    }

    private double number(String script, Object... arguments) {
        return ((Number) page.script(script, arguments)).doubleValue();
    }

    private OpenModel model() {
        return library.open("storybook-2l").orElseThrow();
    }

    private ScoreParts parts() {
        int[] tokens = model().prompt(ViewState.FIRST_SENTENCE).tokens();
        Run run = model().transformer().run(tokens, List.of());
        return ScoreParts.of(model().transformer(), run, HEAD);
    }
}
