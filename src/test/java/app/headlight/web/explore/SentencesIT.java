package app.headlight.web.explore;

import static org.assertj.core.api.Assertions.assertThat;

import app.headlight.browser.BrowserTest;
import app.headlight.engine.circuits.HeadOverSentences;
import app.headlight.engine.circuits.HeadOverSentences.Asked;
import app.headlight.engine.circuits.HeadOverSentences.Quantity;
import app.headlight.engine.circuits.HeadOverSentences.Role;
import app.headlight.engine.circuits.HeadOverSentences.Summary;
import app.headlight.engine.transformer.HeadId;
import app.headlight.engine.transformer.Progress;
import app.headlight.services.models.ModelLibrary;
import app.headlight.services.models.OpenModel;
import app.headlight.services.search.ReadyPair.Template;
import app.headlight.services.sentences.SentenceSet;
import app.headlight.services.sentences.StoredText;
import app.headlight.web.words.Figures;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.springframework.beans.factory.annotation.Autowired;

/** A head over many sentences, in a real browser. */
class SentencesIT extends BrowserTest {

    private static final String VIEW = "explore?model=storybook-2l&heads=L1H0&tab=sentences";
    private static final HeadId HEAD = new HeadId(1, 0);
    private static final Asked INDUCTION = new Asked(Quantity.ATTENTION, Role.INDUCTION);
    private static final Asked CUT_NEXT = new Asked(Quantity.CUT_NEXT, Role.ITSELF);

    @Autowired
    private ModelLibrary library;

    @Autowired
    private StoredText text;

    private OpenModel model() {
        return library.open("storybook-2l").orElseThrow();
    }

    @Test
    void theNumbersOfTheScreenAreTheEnginesAndStayAfterAReload() {
        page.open(VIEW);
        SentenceSet made = SentenceSet.made(model(), Template.INDUCTION, 16, 1);
        isShown(made, INDUCTION);
        page.driver().get(page.address() + "&sentences=text&many=8");
        page.untilDrawn();
        SentenceSet pieces = text.of(model(), 8, 1);
        isShown(pieces, INDUCTION);
        row("sentences-quantities", 6).click();
        page.untilAddress("measure=cut_next");
        isShown(pieces, CUT_NEXT);
        page.driver().navigate().refresh();
        page.untilDrawn();
        isShown(pieces, CUT_NEXT);
        page.driver().navigate().back();
        page.untilDrawn();
        assertThat(page.address()).doesNotContain("measure=");
        isShown(pieces, INDUCTION);
        page.driver().findElement(By.id("sentences-others")).click();
        page.untilAddress("turn=2");
        isShown(text.of(model(), 8, 2), INDUCTION);
    }

    @Test
    void aSentenceOpensInExploreAndBackLeadsToTheOneBefore() {
        page.open(VIEW + "&sentences=number&many=4");
        SentenceSet made = SentenceSet.made(model(), Template.NUMBER, 4, 1);
        isShown(made, INDUCTION);
        String before = page.sentence();
        row("sentences-table", 2).click();
        String third = made.sentences().get(2).text();
        page.until("the third sentence", () -> page.sentence().equals(third));
        page.until("its row is marked", () -> "3".equals(property("sentences-table", "selected")));
        isShown(made, INDUCTION);
        page.driver().navigate().back();
        page.until("the sentence before", () -> page.sentence().equals(before));
        page.until(
                "no row is marked",
                () -> property("sentences-table", "selected").isEmpty());

        // By the keyboard: the histogram's smallest value.
        page.driver().get(page.address() + "&measure=attribution");
        page.untilDrawn();
        Asked attribution = new Asked(Quantity.ATTRIBUTION, Role.INDUCTION);
        isShown(made, attribution);
        List<Double> values = found(made).values(attribution);
        int smallest = values.indexOf(values.stream().min(Double::compare).orElseThrow());
        WebElement plot = page.inside("sentences-spread").findElement(By.cssSelector(".plot"));
        plot.sendKeys(Keys.HOME, Keys.ENTER);
        page.until(
                "that sentence",
                () -> page.sentence().equals(made.sentences().get(smallest).text()));
    }

    @Test
    void onesOwnSentencesAreMeasuredAndALineThatCannotBeReadIsNamed() {
        page.open(VIEW + "&sentences=own");
        page.untilText("sentences-words", "There is no sentence yet");
        type("The cat sat. The cat\nThe ♞");
        page.untilText("sentences-words", "Line 2: storybook-2l does not know “♞”");
        type("The cat sat. The cat\nUncle Henry");
        SentenceSet own = SentenceSet.ofLines(model(), "The cat sat. The cat\nUncle Henry");
        isShown(own, INDUCTION);
        assertThat(page.parameters()).containsEntry("lines", "The cat sat. The cat\nUncle Henry");
        assertThat(page.words("sentences-words")).contains("1 sentence has no such token and is not counted");
        page.driver().navigate().refresh();
        page.untilDrawn();
        isShown(own, INDUCTION);
        assertThat(page.driver()
                        .findElement(By.cssSelector("#sentences-own textarea"))
                        .getDomProperty("value"))
                .isEqualTo("The cat sat. The cat\nUncle Henry");
    }

    @Test
    void whatOfExploreDoesNotCountIsSaid() {
        page.open(VIEW + "&edits=zero,result,head=L0H0&virtual=L0H0-L1H0");
        isShown(SentenceSet.made(model(), Template.INDUCTION, 16, 1), INDUCTION);
        assertThat(page.words("sentences-notes"))
                .contains("here the model runs without them", "about L1H0, not about the virtual head");
        page.open("explore?model=storybook-0l&tab=sentences");
        page.until("no heads", () -> page.text("circuit-content").contains("has no attention heads"));
        page.open(VIEW + "&many=70");
        page.untilText("sentences-words", "There are 70 sentences; expected 1 to 64");
    }

    private void type(String lines) {
        WebElement area = page.driver().findElement(By.cssSelector("#sentences-own textarea"));
        page.script("arguments[0].value = ''", area);
        area.sendKeys(Keys.chord(Keys.CONTROL, "a"), Keys.DELETE);
        page.script(
                "const field = document.getElementById('sentences-own'); field.value = arguments[0];"
                        + "field.dispatchEvent(new Event('change', { bubbles: true }))",
                lines);
        page.driver().findElement(By.id("sentences-use")).click();
    }

    private WebElement row(String table, int index) {
        return page.inside(table).findElements(By.cssSelector("tbody tr")).get(index);
    }

    private String property(String id, String name) {
        return page.script("return document.getElementById(arguments[0])[arguments[1]] ?? ''", id, name)
                .toString();
    }

    private HeadOverSentences found(SentenceSet set) {
        return HeadOverSentences.of(model().transformer(), HEAD, set.tokens(), Progress.UNWATCHED);
    }

    /** Waits until a quantity of these sentences stands in both tables, in the histogram and in words. */
    private void isShown(SentenceSet set, Asked asked) {
        HeadOverSentences found = found(set);
        Summary summary = found.summary(asked);
        List<Double> values = found.values(asked);
        page.until("the sentences", () -> same(column("sentences-table", 2), values));
        assertThat(column("sentences-table", 1))
                .isEqualTo(
                        set.sentences().stream().map(SentenceSet.Sentence::text).toList());
        assertThat(same(
                        (List<?>) page.script(
                                "return document.getElementById('sentences-spread').data.heads.map(h => h.value)"),
                        values.stream().filter(value -> !value.isNaN()).toList()))
                .isTrue();
        int selected = Integer.parseInt(property("sentences-quantities", "selected"));
        List<?> cells = (List<?>) page.script(
                "return document.getElementById('sentences-quantities').data.rows[arguments[0]].cells", selected);
        assertThat(same(
                        cells.subList(1, 5),
                        List.of(
                                summary.spread().mean(),
                                summary.spread().deviation(),
                                summary.least(),
                                summary.most())))
                .isTrue();
        assertThat(cells.get(5)).isEqualTo(Integer.toString(summary.count()));
        assertThat(page.words("sentences-words"))
                .contains(
                        HEAD.toString(),
                        asked.quantity() == Quantity.ATTENTION
                                ? Figures.fixed(summary.spread().mean(), 3)
                                : Figures.signed(summary.spread().mean(), 3));
    }

    private List<?> column(String table, int column) {
        return (List<?>) page.script(
                "return (document.getElementById(arguments[0])?.data?.rows ?? []).map(row => row.cells[arguments[1]])",
                table,
                column);
    }

    /** A NaN arrives as the word. */
    private static boolean same(List<?> shown, List<Double> expected) {
        if (shown.size() != expected.size()) {
            return false;
        }
        for (int i = 0; i < shown.size(); i++) {
            double value = expected.get(i);
            boolean same = shown.get(i) instanceof Number number
                    ? Math.abs(number.doubleValue() - value) < 1e-6
                    : Double.isNaN(value) && "NaN".equals(shown.get(i));
            if (!same) {
                return false;
            }
        }
        return true;
    }
}
