package app.headlight.web.explore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import app.headlight.browser.BrowserTest;
import app.headlight.engine.circuits.LogitAttribution;
import app.headlight.engine.circuits.LogitDirection;
import app.headlight.engine.residual.Prediction;
import app.headlight.engine.tensor.Matrix;
import app.headlight.engine.transformer.Edit;
import app.headlight.engine.transformer.Edit.At;
import app.headlight.engine.transformer.HeadId;
import app.headlight.engine.transformer.Run;
import app.headlight.engine.transformer.Site;
import app.headlight.engine.transformer.Site.Kind;
import app.headlight.services.models.ModelLibrary;
import app.headlight.services.models.OpenModel;
import app.headlight.web.view.ViewState;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.interactions.Actions;
import org.springframework.beans.factory.annotation.Autowired;

/** Cutting lines and turning heads off in a real browser: by menu, by key, in the address, and back. */
class EditsIT extends BrowserTest {

    private static final String VIEW = "explore?model=storybook-2l&heads=L1H3&dest=20&src=9";
    private static final HeadId INDUCTION = new HeadId(1, 3);
    private static final HeadId PREVIOUS = new HeadId(0, 0);

    @Autowired
    private ModelLibrary library;

    @Test
    void theInductionStoryIsToldInFourClicks() {
        page.open(VIEW.replace("&heads=L1H3", "&heads=L0H2"));
        page.pickHead(1, 3);
        page.untilAddress("heads=L1H3");
        String before = page.address();
        choose("Cut 9 ← 8 of L0H0, which the key of L1H3 reads");
        page.untilAddress("edits=");
        assertThat(page.parameters())
                .containsEntry("edits", "cut,blocks.0.attn.hook_pattern,head=L0H0,destination=9,source=8");
        Run edited = run(List.of(Edit.cut(PREVIOUS, 9, 8)));
        isShown(edited);
        double without = chance(run(List.of()));
        double with = chance(edited);
        assertThat(with).isLessThan(0.5 * without); // the prediction goes with the line
        page.until(
                "its effect",
                () -> effect().startsWith("With L0H0: 9 ← 8 cut, the chance of ·Mary after unt (20) falls from"));
        assertThat(effect()).contains(String.format(Locale.ROOT, "%.0f %% to ", 100 * without));
        chip("L0H0: 9 ← 8 cut").click();
        page.until("the address before", () -> page.address().equals(before));
        page.settle();
        isShown(run(List.of()));
        assertThat(page.driver().findElement(By.id("edits")).isDisplayed()).isFalse();
        page.driver().navigate().back();
        page.untilAddress("edits=");
        isShown(edited);
    }

    @Tag("nightly")
    @Test
    void anEditThatIsMadeIsCheckedInTheMenu() {
        page.open(VIEW + "&edits=cut,pattern,head=L1H3,destination=20,source=9");
        page.untilDrawn();
        page.script("const button = document.querySelector('.hl-edit-button'); button.click(); button.click();");
        page.until(
                "what is made is checked",
                () -> page.script("return [...document.querySelectorAll('vaadin-context-menu-item')]"
                                + ".filter(item => item.hasAttribute('menu-item-checked')).map(item => item.textContent.trim())"
                                + ".join()")
                        .equals("Cut the line 20 ← 9 of L1H3"));
        // Chosen, and the menu opened again at once, as by keys pressed quickly: both reach the server together.
        page.script("[...document.querySelectorAll('vaadin-context-menu-item')]"
                + ".find(item => item.hasAttribute('menu-item-checked')).click();"
                + "document.querySelector('.hl-edit-button').click();");
        page.until("it is undone", () -> !page.address().contains("edits="));
        page.settle();
        assertThat(page.complaints()).isEmpty();
    }

    @Test
    void theKeyCutsTheSelectedLineAndTurnsAHeadOff() {
        page.open(VIEW);
        WebElement picture = page.inside("attention-view").findElement(By.cssSelector(".window"));
        picture.sendKeys("x");
        page.untilAddress("edits=");
        isShown(run(List.of(Edit.cut(INDUCTION, 20, 9))));
        assertThat(page.script("return JSON.stringify(document.getElementById('attention-view').cuts)"))
                .isEqualTo("[{\"head\":\"L1H3\",\"destination\":20,\"source\":9}]");
        page.inside("attention-view").findElement(By.cssSelector(".window")).sendKeys("x");
        page.until("the line is whole", () -> !page.address().contains("edits="));
        page.settle();
        page.inside("head-grid").findElement(By.cssSelector("[data-head=L1H3]")).sendKeys("x");
        page.untilAddress("edits=");
        isShown(run(List.of(Edit.zero(INDUCTION))));
        assertThat(effect()).startsWith("Without L1H3, the chance of ·Mary");
        assertThat(page.inside("head-grid").findElements(By.cssSelector(".off")))
                .hasSize(1);
    }

    @Tag("nightly")
    @Test
    void theRightButtonOpensAMenuOfTheHeadUnderIt() {
        page.open(VIEW);
        openMenuOf("L0H1");
        item("L0H1").click();
        item("Set its output to its mean over the sentence").click();
        page.untilAddress("edits=");
        assertThat(page.parameters())
                .containsEntry("edits", "mean,blocks.0.attn.hook_result,head=L0H1,over=positions")
                .containsEntry("heads", "L1H3");
        isShown(run(List.of(new Edit.Mean(Site.of(Kind.RESULT, new HeadId(0, 1)), At.ALL))));
        assertThat(page.inside("head-grid").findElements(By.cssSelector(".edited")))
                .hasSize(1);
        page.open(VIEW + "&virtual=L0H0-L1H3");
        openMenuOf("L0H1");
        item("L0H1"); // not the heads of the virtual one
        assertThat(page.driver().findElements(By.cssSelector("vaadin-context-menu-item")))
                .noneMatch(item -> item.getText().startsWith("Cut"));
    }

    private void openMenuOf(String head) {
        WebElement shown = page.inside("head-grid").findElement(By.cssSelector("[data-head=" + head + "] canvas"));
        new Actions(page.driver()).contextClick(shown).perform();
    }

    @Test
    void theRunIsShownWithWithoutAndAsADifference() {
        page.open(VIEW + "&tab=attribution&edits=zero,result,head=L0H0");
        Run with = run(List.of(Edit.zero(PREVIOUS)));
        Run without = run(List.of());
        isShown(with);
        segment(1);
        page.untilAddress("edited=without");
        isShown(without);
        segment(2);
        page.untilAddress("edited=difference");
        isPattern(with.pattern(INDUCTION).minus(without.pattern(INDUCTION)));
        double[] losses = with.loss();
        for (int t = 0; t < losses.length; t++) {
            assertThat(number("document.getElementById('token-strip').data.surprise[" + (t + 1) + "]"))
                    .isCloseTo(losses[t] - without.loss()[t], within(1e-5));
        }
        double change = attribution(with).sum() - attribution(without).sum();
        assertThat(number("document.getElementById('attribution').data.sum")).isCloseTo(change, within(1e-3));
        assertThat(page.text("circuit-content"))
                .contains("change of the sum of heads, embedding, biases, edits "
                        + String.format(Locale.ROOT, "%.2f", change).replace("-", "−"));
        List<String> pictures = pictures();
        page.driver().navigate().refresh();
        page.untilDrawn();
        page.until("the same pictures after a reload", () -> pictures().equals(pictures));
    }

    @Test
    void whatCannotBeMadeIsSaidAndTheRestIsMade() {
        page.open(VIEW + "&edits=zero,result,head=L7H9;zero,hook_nothing;zero,result,head=L0H0;mean,result,head=L0H0,"
                + "over=positions;cut,pattern,head=L1H3,destination=99,source=9;nonsense");
        page.untilNotice("L7H9 off");
        isShown(run(List.of(Edit.zero(PREVIOUS))));
        List<String> notices = page.notices();
        assertThat(notices).hasSize(5);
        assertThat(notices).anyMatch(notice -> notice.contains("“nonsense”"));
        assertThat(notices).anyMatch(notice -> notice.contains("there is no site “hook_nothing”"));
        assertThat(notices)
                .anyMatch(
                        notice -> notice.contains("“L0H0 set to its mean” cannot be made: it changes what “L0H0 off”"));
        assertThat(notices).anyMatch(notice -> notice.contains("99"));
        assertThat(page.parameters()).containsEntry("edits", "zero,blocks.0.attn.hook_result,head=L0H0");
    }

    @Test
    void anEmbeddedViewSaysThatItsRunIsEdited() {
        page.driver()
                .get(page.root() + VIEW.replace("explore", "embed") + "&part=attention&edits=zero,result,head=L0H0");
        page.until(
                "the attention",
                () -> !page.driver().findElements(By.id("attention-view")).isEmpty());
        page.untilText("edits", "L0H0 off");
        isShown(run(List.of(Edit.zero(PREVIOUS))));
        assertThat(page.driver().findElement(By.id("open-in-headlight")).getDomProperty("href"))
                .contains("edits=zero");
    }

    /** A choice of the inspector's menu. */
    private void choose(String text) {
        page.driver().findElement(By.id("edit")).click();
        item(text).click();
    }

    private WebElement item(String text) {
        String selector = "vaadin-context-menu-item";
        page.until(
                "the menu with " + text,
                () -> page.driver().findElements(By.cssSelector(selector)).stream()
                        .anyMatch(item -> item.getText().equals(text)));
        return page.driver().findElements(By.cssSelector(selector)).stream()
                .filter(item -> item.getText().equals(text))
                .findFirst()
                .orElseThrow();
    }

    /** Without the signs that keep a token's direction to itself. */
    private String effect() {
        return page.text("edits-effect").replaceAll("[\u2068\u2069]", "");
    }

    private WebElement chip(String label) {
        return page.driver().findElement(By.cssSelector(".hl-chip[aria-label='Undo: " + label + "']"));
    }

    private void segment(int index) {
        page.driver()
                .findElement(By.cssSelector("#edits headlight-segmented"))
                .getShadowRoot()
                .findElements(By.cssSelector("label"))
                .get(index)
                .click();
    }

    private OpenModel model() {
        return library.open("storybook-2l").orElseThrow();
    }

    private Run run(List<Edit> edits) {
        return model().transformer()
                .run(model().prompt(ViewState.FIRST_SENTENCE).tokens(), edits);
    }

    /** Of ·Mary after the last token. */
    private double chance(Run run) {
        return Prediction.at(run, 20).probability(run.tokens()[9]);
    }

    private LogitAttribution attribution(Run run) {
        LogitDirection direction = LogitDirection.logit(model().transformer(), run, 20, run.tokens()[9]);
        return LogitAttribution.of(model().transformer(), run, direction);
    }

    private void isShown(Run run) {
        page.settle();
        isPattern(run.pattern(INDUCTION));
    }

    private void isPattern(Matrix pattern) {
        page.until("the pattern", () -> {
            String data = page.script("return document.getElementById('attention-view').data?.heads[0].pattern")
                    .toString();
            ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(data)).order(ByteOrder.LITTLE_ENDIAN);
            for (int t = 0; t < pattern.rows(); t++) {
                for (int s = 0; s <= t; s++) {
                    if (Math.abs(bytes.getFloat() - pattern.get(t, s)) > 1e-5) {
                        return false;
                    }
                }
            }
            return true;
        });
    }

    private double number(String expression) {
        return ((Number) page.script("return " + expression)).doubleValue();
    }

    private List<String> pictures() {
        return List.of(page.pixels("attention-view"), page.pixels("head-grid"));
    }
}
