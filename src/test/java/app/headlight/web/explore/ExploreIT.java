package app.headlight.web.explore;

import static org.assertj.core.api.Assertions.assertThat;

import app.headlight.Nightly;
import app.headlight.browser.BrowserTest;
import app.headlight.browser.ExplorePage;
import app.headlight.engine.tensor.Matrix;
import app.headlight.engine.transformer.HeadId;
import app.headlight.engine.transformer.Run;
import app.headlight.services.models.ModelLibrary;
import app.headlight.services.models.OpenModel;
import app.headlight.services.models.Prompt;
import app.headlight.web.view.ViewState;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.interactions.Actions;
import org.springframework.beans.factory.annotation.Autowired;

/** The main job in a real browser. */
class ExploreIT extends BrowserTest {

    private static final String MARY = "When Mary and John went to the store, John gave a bag to Mary";

    @Autowired
    private ModelLibrary library;

    @Test
    void theFirstScreenAlreadyShowsASentenceTakenApart() {
        page.open("");
        assertThat(page.tokens()).endsWith("·and", "·A", "unt");
        assertThat(page.parameters())
                .containsEntry("model", "storybook-2l")
                .containsKeys("text", "heads", "dest", "src");
        assertThat(page.text("inspector")).contains("lets", "look at", "·Mary");
        for (String id : List.of(
                "model-picker",
                "sentence",
                "token-strip",
                "head-grid",
                "attention-view",
                "inspector",
                "circuit-tabs",
                "share")) {
            assertThat(page.driver().findElement(By.id(id)).isDisplayed())
                    .as(id)
                    .isTrue();
        }
        page.until(
                "everything drawn is measured",
                () -> drawn().containsAll(List.of(
                        "token-strip",
                        "head-grid",
                        "attention-view",
                        "heatmap",
                        "eigenvalues",
                        "spectrum",
                        "ranked-tokens")));
    }

    @Test
    void typingASentenceTakesItApart() {
        page.open("");
        page.say("The king");
        page.untilTokens("The", "·king");
        assertThat(page.parameters()).containsEntry("text", "The king");
        assertThat(page.script("return performance.getEntriesByName('headlight:submit').length"))
                .isEqualTo(1L);
        page.until("the attention view is measured", () -> drawn().contains("attention-view"));
    }

    @Test
    void theNumbersOnScreenAreTheEngines() {
        page.open("explore?text=" + ExplorePage.escaped(MARY) + "&heads=L1H2&dest=10&src=5");
        OpenModel model = library.open("storybook-2l").orElseThrow();
        Prompt prompt = model.prompt(MARY);
        Run run = model.transformer().run(prompt.tokens(), List.of());
        float weight = run.pattern(new HeadId(1, 2)).get(10, 5);
        assertThat(page.words("inspector"))
                .contains(String.format(Locale.ROOT, "weight %.5f", weight))
                .contains(String.format(
                                Locale.ROOT,
                                "score q·k/√d %.4f",
                                run.scores(new HeadId(1, 2)).get(10, 5))
                        .replace('-', '−'));
        Object drawn = page.script("""
                const view = document.getElementById('attention-view');
                const bytes = Uint8Array.from(atob(view.data.heads[0].pattern), c => c.charCodeAt(0));
                return new Float32Array(bytes.buffer)[10 * 11 / 2 + 5];
                """);
        assertThat(((Number) drawn).floatValue()).isEqualTo(weight);
        Object loss = page.script("return document.getElementById('token-strip').data.surprise[10]");
        assertThat(((Number) loss).doubleValue()).isEqualTo(run.loss()[9]);
    }

    @Test
    void headsArePickedAndOverlaid() {
        page.open("explore?text=" + ExplorePage.escaped(MARY));
        page.pickHead(0, 1);
        page.untilAddress("heads=L0H1");
        page.untilText("attention-view", "L0H1");
        new Actions(page.driver()).keyDown(Keys.CONTROL).perform();
        page.pickHead(1, 3);
        new Actions(page.driver()).keyUp(Keys.CONTROL).perform();
        page.until("both heads", () -> "L0H1,L1H3".equals(page.parameters().get("heads")));
        page.untilText("attention-view", "L0H1, L1H3");
        assertThat(page.script("return document.getElementById('attention-view').data.heads.length"))
                .isEqualTo(2L);
    }

    @Test
    void aLineIsClickedAndExplained() {
        page.open("explore?text=" + ExplorePage.escaped(MARY) + "&heads=L0H1&dest=none");
        assertThat(page.text("inspector")).contains("Nothing selected");
        page.clickALine();
        page.untilText("inspector", "Selected line");
        page.settle();
        Map<String, String> state = page.parameters();
        assertThat(page.words("inspector")).contains("L0H1 lets", "look at", "with weight");
        assertThat(Integer.parseInt(state.get("src"))).isLessThanOrEqualTo(Integer.parseInt(state.get("dest")));
    }

    @Test
    void everyTabShowsItsPictures() {
        page.open("");
        page.openTab("QK circuit");
        page.untilAddress("tab=qk");
        page.untilText("circuit-tabs", "looks for");
        page.until("QK drawn", () -> drawn().contains("heatmap"));
        page.openTab("Residual stream");
        page.untilAddress("tab=residual");
        page.until("stream drawn", () -> drawn().containsAll(List.of("residual-paths", "logit-lens")));
        page.openTab("OV circuit");
        page.until("back at OV", () -> !page.address().contains("tab="));
    }

    @Tag("nightly")
    @Test
    void everyTabAndViewFitsAScreenOf1440By960() {
        for (String view : Nightly.some(
                3,
                List.of(
                        "view=lines",
                        "view=arcs",
                        "view=matrix",
                        "show=gradient",
                        "virtual=L0H0-L1H3",
                        "tab=qk",
                        "tab=residual",
                        "tab=residual&stream=bandwidth",
                        "tab=residual&stream=deletion",
                        "tab=attribution",
                        "tab=attribution&ask=log%20p(Mary)",
                        "tab=layer",
                        "tab=steps"))) {
            page.open("explore?" + view);
            assertThat(page.script("const e = document.documentElement; return e.scrollHeight - e.clientHeight"))
                    .as("what %s has below the screen", view)
                    .isEqualTo(0L);
            assertThat(page.script("const w = document.getElementById('attention-view').shadowRoot"
                            + ".querySelector('.window'); return w.scrollWidth - w.clientWidth"
                            + " + w.scrollHeight - w.clientHeight"))
                    .as("what %s has beyond its panel", view)
                    .isEqualTo(0L);
            assertThat(page.script("const w = document.getElementById('attention-view').shadowRoot"
                            + ".querySelector('.window'); const canvas = w.querySelector('canvas');"
                            + " return [w.offsetWidth - canvas.offsetWidth, w.offsetHeight - canvas.offsetHeight]"))
                    .as("what %s leaves free of its panel", view)
                    .isEqualTo(List.of(0L, 0L));
        }
    }

    @Tag("nightly")
    @Test
    void aSentenceThatIsCutLeavesTheTabsOnTheScreen() {
        page.open("explore?text=" + ExplorePage.escaped(MARY.repeat(30)));
        page.untilNotice("first 256");
        assertThat(page.script("const e = document.documentElement; return e.scrollHeight - e.clientHeight"))
                .isEqualTo(0L);
    }

    @Tag("nightly")
    @Test
    void aLongSentenceTakesTwoLinesUntilItIsWrittenIn() {
        page.open("explore?text=" + ExplorePage.escaped(MARY.repeat(30)));
        long resting = height("sentence");
        assertThat(resting).isBetween(50L, 70L);
        page.sentenceField().click();
        page.until("the whole sentence is seen", () -> page.sentenceField().getSize().height > 2 * resting);
        assertThat(height("sentence")).as("what is below stays in its place").isEqualTo(resting);
    }

    @Test
    void theVocabularyIsSearched() {
        page.open("explore?text=" + ExplorePage.escaped(MARY) + "&find=king");
        Object found = page.script("""
                return [...document.querySelectorAll('#circuit-tabs headlight-ranked-tokens')]
                    .flatMap(t => t.data.rows).map(r => r.label + ' ' + r.rank);
                """);
        assertThat(found)
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .isNotEmpty()
                .allSatisfy(row ->
                        assertThat(row).asString().containsIgnoringCase("king").doesNotEndWith("null"));
    }

    @Tag("nightly")
    @Test
    void theCopiedAddressShowsTheSamePictureElsewhere() {
        page.open("");
        page.driver()
                .executeCdpCommand(
                        "Browser.grantPermissions",
                        Map.of("permissions", List.of("clipboardReadWrite", "clipboardSanitizedWrite")));
        page.say(MARY);
        page.untilAddress("When%20Mary");
        page.pickHead(0, 2);
        page.untilAddress("heads=L0H2");
        page.openTab("QK circuit");
        page.untilAddress("tab=qk");
        page.inside("share").findElement(By.cssSelector("button")).click();
        page.until(
                "copied",
                () -> page.inside("share")
                        .findElement(By.cssSelector("button"))
                        .getText()
                        .equals("Link copied"));
        String link = (String) page.driver().executeAsyncScript("navigator.clipboard.readText().then(arguments[0])");
        assertThat(link).isEqualTo(page.address());
        try (ExplorePage other = new ExplorePage(port).open(link)) {
            assertThat(other.address()).isEqualTo(link);
            assertThat(other.text("inspector")).isEqualTo(page.text("inspector"));
            new Actions(page.driver()).moveToLocation(5, 400).perform();
            page.settle();
            assertThat(other.pixels("attention-view")).isNotEmpty().isEqualTo(page.pixels("attention-view"));
            assertThat(other.pixels("head-grid")).isNotEmpty().isEqualTo(page.pixels("head-grid"));
        }
    }

    @Test
    void theSentenceIsColouredByWhatTheTokenUnderThePointerLooksAt() {
        page.open("explore?model=storybook-2l&heads=L1H3&dest=20&src=9");
        page.untilDrawn();
        WebElement token = page.inside("token-strip").findElement(By.cssSelector(".token:nth-child(21)"));
        new Actions(page.driver()).moveToElement(token).perform();
        OpenModel model = library.open("storybook-2l").orElseThrow();
        Matrix pattern = model.transformer()
                .run(model.prompt(ViewState.FIRST_SENTENCE).tokens())
                .pattern(new HeadId(1, 3));
        float largest = pattern.largest();
        page.until("its attention", () -> {
            String lit = (String) page.script("return [...document.querySelector('#token-strip').shadowRoot"
                    + ".querySelectorAll('.token')].map(t => t.style.getPropertyValue('--share') || '0').join()");
            String[] shares = lit.split(",");
            for (int s = 0; s < shares.length; s++) {
                double share = pattern.get(20, s) / largest;
                if (Math.abs(Double.parseDouble(shares[s]) - (share < 0.01 ? 0 : share)) > 1e-4) {
                    return false;
                }
            }
            return true;
        });
        assertThat(pattern.get(20, 9) / largest).isGreaterThan(0.5f);
        new Actions(page.driver()).moveToLocation(5, 5).perform();
        page.until(
                "no colour any more",
                () -> page.script(
                                "return document.querySelector('#token-strip').shadowRoot.querySelector('.lit') == null")
                        == Boolean.TRUE);
    }

    @Test
    void backAndForwardWalkThroughTheStates() {
        page.open("");
        page.say("The king");
        page.untilTokens("The", "·king");
        page.pickHead(0, 1);
        page.untilAddress("heads=L0H1");
        page.driver().navigate().back();
        page.until(
                "the head before",
                () -> !page.address().contains("heads=L0H1")
                        && !page.text("attention-view").contains("L0H1"));
        page.settle();
        page.driver().navigate().back();
        page.until("the sentence before", () -> page.tokens().contains("unt"));
        page.settle();
        assertThat(page.sentence()).startsWith("Uncle Henry");
        page.driver().navigate().forward();
        page.untilTokens("The", "·king");
        page.driver().navigate().forward();
        page.untilText("attention-view", "L0H1");
    }

    @Test
    void darkIsChosenOnceAndStays() {
        page.open("");
        String light = page.pixels("attention-view");
        page.driver()
                .findElement(By.cssSelector("headlight-theme-toggle"))
                .getShadowRoot()
                .findElement(By.cssSelector("button"))
                .click();
        page.until("dark", () -> "dark".equals(page.script("return document.documentElement.getAttribute('theme')")));
        page.settle();
        assertThat(page.pixels("attention-view")).isNotEqualTo(light);
        page.open("");
        assertThat(page.script("return document.documentElement.getAttribute('theme')"))
                .isEqualTo("dark");
    }

    private long height(String id) {
        return page.driver().findElement(By.id(id)).getSize().height;
    }

    @SuppressWarnings("unchecked")
    private List<String> drawn() {
        return (List<String>) page.script("""
                return performance.getEntriesByType('measure').map(m => m.name)
                    .filter(n => n.startsWith('headlight:drawn:')).map(n => n.slice(16));
                """);
    }
}
