package app.headlight.browser;

import static org.assertj.core.api.Assertions.assertThat;

import app.headlight.Nightly;
import app.headlight.engine.transformer.HeadId;
import app.headlight.ground.people.Role;
import app.headlight.services.claims.Statement;
import app.headlight.services.findings.Content;
import app.headlight.services.findings.Finding;
import app.headlight.services.findings.FindingClaims;
import app.headlight.services.findings.Findings;
import app.headlight.services.findings.Subject;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.interactions.Actions;
import org.springframework.beans.factory.annotation.Autowired;

/** What is left and come back to, by a click or by Back, has all its pictures again. */
class SecondVisitIT extends BrowserTest {

    private static final Path PICTURES = Path.of("target/second-visit");
    private static final String SENTENCE =
            "explore?text=When%20Mary%20and%20John%20went%20to%20the%20store&heads=L1H2&dest=5&src=1";

    private static final String PATCHING =
            "explore?tab=patching&other=Uncle%20Henry%20and%20Aunt%20P%20came%20home.%20Then%20Uncle%20Henry%20and%20Aunt"
                    + "&heads=L1H3&dest=20&src=9&row=0&column=9";

    @Autowired
    private FindingClaims claims;

    @Autowired
    private Findings findings;

    @Test
    void everyTabOfExplore() {
        Windows windows = open(SENTENCE);
        List<String> tabs = List.of(
                "OV circuit",
                "QK circuit",
                "Residual stream",
                "Attribution",
                "Over sentences",
                "Side by side",
                "Layer",
                "Step by step");
        for (String tab : tabs) {
            page.openTab(tab);
            windows.settle();
        }
        List<String> compared = Nightly.some(7, tabs);
        for (String tab : tabs) {
            page.openTab(tab);
            windows.settle();
            if (compared.contains(tab)) {
                alike(windows, tab + " by a second click");
            }
        }
        for (int i = tabs.size() - 2; i >= 0; i--) {
            page.driver().navigate().back();
            windows.settle();
            if (Nightly.times(0, 1) == 1 || !compared.contains(tabs.get(i))) {
                alike(windows, tabs.get(i) + " by Back");
            }
        }
        windows.close();
    }

    @Tag("nightly")
    @Test
    void editsMadeUndoneAndComeBackTo() {
        Windows windows = open(SENTENCE + "&edits=zero,result,head=L0H0&tab=attribution");
        alike(windows, "edited");
        for (String tab : List.of("QK circuit", "Step by step", "Attribution")) {
            page.openTab(tab);
            windows.settle();
        }
        page.inside("attention-view").findElement(By.cssSelector(".window")).sendKeys("x");
        windows.settle();
        alike(windows, "two edits");
        page.driver().findElement(By.cssSelector(".hl-chip")).click();
        windows.settle();
        alike(windows, "one undone");
        for (String what : List.of("two edits by Back", "one edit by Back", "another tab by Back")) {
            page.driver().navigate().back();
            windows.settle();
            alike(windows, what);
        }
        windows.close();
    }

    @Tag("nightly")
    @Test
    void mapsOfPatches() {
        Windows windows = open(PATCHING);
        for (String tab : List.of("Attribution", "Patching")) {
            page.openTab(tab);
            windows.settle();
        }
        alike(windows, "by a second click");
        page.inside("patching-map")
                .findElement(By.cssSelector("[tabindex='0']"))
                .sendKeys(Keys.ARROW_RIGHT, Keys.ENTER);
        windows.settle();
        page.driver().findElement(By.id("patching-keep")).click();
        windows.settle();
        alike(windows, "kept as edit");
        for (int i = 0; i < 2; i++) {
            page.driver().navigate().back();
            windows.settle();
        }
        alike(windows, "by Back");
        windows.close();
    }

    @Tag("nightly")
    @Test
    void circuitsOfAnotherMethodAndTask() {
        Windows windows = open("search?model=storybook-2l&pairs=2");
        segment("method", 1).click();
        windows.settle();
        alike(windows, "another method");
        page.driver().findElement(By.id("others")).click();
        windows.settle();
        alike(windows, "other pairs");
        page.script("[...document.querySelectorAll('.hl-screens a')].find(a => a.textContent === 'Circuits').click()");
        windows.settle();
        for (String what : List.of("other pairs by Back", "another method by Back", "the first by Back")) {
            page.driver().navigate().back();
            windows.settle();
            alike(windows, what);
        }
        windows.close();
    }

    @Tag("nightly")
    @Test
    void linesOfAChartLieInTheirOrderWhateverWasDrawnBefore() {
        Windows windows = open("search?model=storybook-2l&pairs=2");
        page.script("""
                for (const chart of document.querySelectorAll('headlight-edge-curves')) {
                    const whole = chart.data;
                    chart.data = {...whole, lines: whole.lines.slice(2)};
                    chart.updateComplete.then(() => { chart.data = whole; });
                }
                """);
        windows.settle();
        alike(windows, "a chart with more lines than before");
        windows.close();
    }

    /** By a link and Back, by Forward and Back, and by a reload. */
    @Test
    void claimsLessonsGlossaryAndHeads() {
        Finding claiming = claims.add(
                account("admin", Role.ADMIN),
                new Content(
                        Subject.ofHead("induction-by-hand", new HeadId(1, 0)),
                        "It is come back to",
                        "It **looks back**.",
                        List.of(),
                        "induction",
                        90,
                        "explore?model=induction-by-hand&heads=L1H0"),
                Statement.lines("score(L1H0, induction) ≥ 0.8\nscore(L1H0, first) ≥ 0.8"));
        Windows windows = open("findings/" + claiming.id());
        page.until(
                "both claims are measured",
                () -> page.text("claims-panel").contains("holds")
                        && page.text("claims-panel").contains("fails"));
        List<String> addresses = List.of(
                "findings/" + claiming.id(),
                "models/storybook-2l/heads/L1H3",
                "learn/two-layers?step=1",
                "findings?claims=fails",
                "models/induction-by-hand/heads/L1H0",
                "glossary",
                "learn",
                "learn/cut-and-see?step=2");
        for (String address : Nightly.some(3, addresses)) {
            page.driver().get(page.root() + address);
            windows.settle();
            page.driver().findElement(By.linkText("Train")).click();
            page.untilAddress("train");
            windows.settle();
            page.driver().navigate().back();
            windows.settle();
            alike(windows, address + " by Back");
            page.driver().navigate().forward();
            windows.settle();
            page.driver().navigate().back();
            windows.settle();
            page.driver().navigate().refresh();
            windows.settle();
            alike(windows, address + " by Forward, Back and a reload");
        }
        windows.close();
        findings.delete(account("admin", Role.ADMIN), claiming.id());
    }

    @Test
    void theStepOfALessonByItsLinksAndBack() {
        Windows windows = open("learn/two-layers?step=1");
        page.driver().findElement(By.id("step-next")).click();
        page.untilAddress("step=2");
        windows.settle();
        alike(windows, "the second step by its link");
        page.driver().navigate().back();
        windows.settle();
        alike(windows, "the first step by Back");
        windows.close();
    }

    @Test
    void theStepOfTheDrawnCircuitAfterAReload() {
        Windows windows = open(SENTENCE + "&tab=steps");
        page.script(
                "const steps = document.getElementById('step-by-step').shadowRoot.querySelector('input[type=range]');"
                        + " steps.value = 3; steps.dispatchEvent(new Event('input'))");
        page.driver().navigate().refresh();
        windows.settle();
        page.until(
                "the third step",
                () -> page.inside("step-by-step")
                        .findElement(By.cssSelector("input[type=range]"))
                        .getDomProperty("value")
                        .equals("3"));
        windows.close();
    }

    @Tag("nightly")
    @Test
    void aTokenIsMarkedNoLongerWhenThePointerHasLeftThoughThePictureChangedUnderIt() {
        Windows windows = open(SENTENCE);
        page.clickALine();
        page.until("the token is marked", () -> marked() == 1);
        page.script("const view = document.getElementById('attention-view'); view.data = {...view.data}");
        windows.settle();
        new Actions(page.driver()).moveToLocation(5, 5).perform();
        page.until("it is marked no longer", () -> marked() == 0);
        windows.close();
    }

    private long marked() {
        return page.inside("token-strip")
                .findElements(By.cssSelector(".elsewhere"))
                .size();
    }

    /** The page chooses the strongest source again, which is that of before: the browser had set none. */
    @Tag("nightly")
    @Test
    void aDestinationWhoseSourceIsThatOfBefore() {
        Windows windows = open("explore?text=Uncle%20Henry%20and%20Aunt%20Mary%20came%20home.%20Then%20Uncle%20Henry"
                + "%20and%20Aunt&heads=L1H2&dest=20&src=9");
        page.script("document.getElementById('attention-view').select({destination: 9, source: -1})");
        page.untilAddress("dest=9");
        windows.settle();
        alike(windows, "a destination");
        windows.close();
    }

    @Tag("nightly")
    @Test
    void aSentenceThatWasEmptied() {
        Windows windows = open(SENTENCE);
        page.say("");
        page.until("no token", () -> tokens() == 0);
        page.driver().navigate().refresh();
        windows.settle();
        page.until(
                "the strip",
                () -> !"".equals(page.script("return document.getElementById('token-strip')?.data ?? ''")));
        assertThat(tokens()).isZero();
        alike(windows, "an empty sentence");
        windows.close();
    }

    private long tokens() {
        return ((Number) page.script("return document.getElementById('token-strip').data.tokens.length")).longValue();
    }

    @Tag("nightly")
    @Test
    void aSentenceThatIsWrittenAndNotSent() {
        Windows windows = open(SENTENCE);
        page.script(
                "const field = document.querySelector('headlight-sentence-field').shadowRoot.querySelector('textarea');"
                        + " field.value = 'zzz'; field.dispatchEvent(new Event('input', { bubbles: true, composed: true }));");
        page.script("[...document.querySelectorAll('.hl-screens a')].find(a => a.textContent === 'Findings').click()");
        page.untilAddress("findings");
        windows.settle();
        page.driver().navigate().back();
        windows.settle();
        alike(windows, "Explore by Back");
        assertThat(page.script("return document.querySelector('headlight-sentence-field').shadowRoot"
                        + ".querySelector('textarea').value"))
                .isEqualTo("zzz");
        windows.close();
    }

    @Tag("nightly")
    @Test
    void aTokenThatBothModelsDoNotHave() {
        Windows windows = open("models?compare=storybook-2l,storybook-1l");
        page.script("const field = document.querySelector('#compare-token'); field.value = 'zzz';"
                + " field.dispatchEvent(new Event('change', { bubbles: true }));");
        windows.settle();
        page.until(
                "the reason",
                () -> page.script("return document.querySelector('#compare-words').textContent")
                        .toString()
                        .contains("zzz"));
        alike(windows, "no token of both");
        windows.close();
    }

    @Tag("nightly")
    @Test
    void aLinkThatIsPressedWhileThePageWritesItsAddress() {
        Windows windows = open(SENTENCE);
        page.script("""
                const link = [...document.querySelectorAll('.hl-screens a')].find(a => a.textContent === 'Circuits');
                const press = () => link.click();
                window.dispatchEvent(new CustomEvent('vaadin-navigate', { detail: {
                    state: null, url: location.pathname.slice(1) + location.search + '&n=1', replace: true, callback: false } }));
                press();
                setTimeout(press, 2);
                setTimeout(press, 4);""");
        page.untilAddress("circuits");
        windows.settle();
        alike(windows, "Circuits, pressed three times");
        page.script("const link = (name) => [...document.querySelectorAll('.hl-screens a')]"
                + ".find(a => a.textContent === name); link('Models').click(); link('Findings').click();");
        page.untilAddress("findings");
        windows.settle();
        alike(windows, "Findings, pressed while Models was being opened");
        windows.close();
    }

    @Tag("nightly")
    @Test
    void everyPictureOfTheStream() {
        Windows windows = open(SENTENCE + "&tab=residual");
        for (int i : List.of(0, 1, 2, 0, 1, 2)) {
            segment("stream-picture", i).click();
            windows.settle();
        }
        alike(windows, "deletion by a second click");
        for (String picture : List.of("bandwidth", "paths")) {
            page.driver().navigate().back();
            windows.settle();
            alike(windows, picture + " by Back");
        }
        windows.close();
    }

    /** Of a model without layers the stream has points; of the one after it, paths. */
    @Tag("nightly")
    @Test
    void pathsAfterPoints() {
        Windows windows = open("explore?model=" + NO_LAYERS + "&tab=residual&text=3+10+17+3+10+17");
        pick(LONG_MODEL);
        windows.settle();
        page.untilAddress("model=" + LONG_MODEL);
        windows.settle();
        alike(windows, "paths after points");
        windows.close();
    }

    private void pick(String model) {
        page.driver()
                .findElement(By.cssSelector("#model-picker vaadin-select-value-button"))
                .click();
        page.until("the models", () -> item(model) != null);
        item(model).click();
    }

    private WebElement item(String model) {
        return page.driver().findElements(By.cssSelector("vaadin-select-item")).stream()
                .filter(item -> item.getText().startsWith(model + " "))
                .findFirst()
                .orElse(null);
    }

    @Tag("nightly")
    @Test
    void gradientsAfterOtherTabsAndHeads() {
        Windows windows = open(SENTENCE + "&show=gradient");
        page.pickHead(1, 3);
        windows.settle();
        page.openTab("QK circuit");
        windows.settle();
        page.driver().navigate().back();
        windows.settle();
        page.driver().navigate().back();
        windows.settle();
        alike(windows, "the gradient by Back");
        windows.close();
    }

    @Tag("nightly")
    @Test
    void whatNoAddressSaysIsKeptByTheTab() {
        Windows windows = open("circuits?model=storybook-2l");
        for (String sorted : List.of("none", "descending")) {
            assertThat(order()).isEqualTo(sorted);
            heading().findElement(By.cssSelector("button")).click();
            windows.settle();
        }
        assertThat(order()).isEqualTo("ascending");
        alike(windows, "a sorted table");
        page.driver().navigate().refresh();
        windows.settle();
        assertThat(order()).as("after a reload").isEqualTo("ascending");
        windows.close();
    }

    @Test
    void whatIsTypedIsThereAgainHoweverOneComesBack() {
        Windows windows = open("train");
        page.script("document.querySelector('#layers').shadowRoot.querySelector('[part~=decrease-button]').click()");
        windows.settle();
        for (String other : Nightly.some(3, List.of("Circuits", "Sign in", "Models"))) {
            page.driver().findElement(By.linkText(other)).click();
            windows.settle();
            page.driver().navigate().back();
            windows.settle();
            page.until(
                    "the recipe by Back from " + other,
                    () -> "1".equals(page.script("return document.querySelector('#layers')?.value")));
            alike(windows, "a recipe by Back from " + other);
        }
        page.driver().findElement(By.linkText("Train")).click();
        windows.settle();
        alike(windows, "a recipe by its own link");
        windows.close();
    }

    @Tag("nightly")
    @Test
    void aNameForSigningInStaysUntilItIsSent() {
        Windows windows = open("sign-in");
        page.driver().findElement(By.cssSelector("input[name=username]")).sendKeys("Ada");
        page.driver().findElement(By.linkText("Models")).click();
        windows.settle();
        page.driver().navigate().back();
        windows.settle();
        page.until(
                "the name",
                () -> "Ada".equals(page.script("return document.querySelector('#vaadinLoginUsername')?.value")));
        alike(windows, "a name by Back");
        windows.close();
    }

    /** A browser that is slow to take up an address, as it is while many follow each other, takes up the next one too. */
    @Tag("nightly")
    @Test
    void anAddressThatIsTakenUpLateHoldsUpNoOther() {
        Windows windows = open(SENTENCE);
        page.script("const dispatch = window.dispatchEvent.bind(window); window.dispatchEvent = (event) => {"
                + " if (event.type !== 'vaadin-navigate') return dispatch(event);"
                + " window.dispatchEvent = dispatch; setTimeout(() => dispatch(event), 1500); return true; };");
        page.pickHead(0, 1);
        page.pickHead(1, 3);
        page.untilAddress("heads=L1H3");
        alike(windows, "the second of two heads");
        windows.close();
    }

    /** A link that is pressed while the server still answers a change: the change's address is not written over the link's. */
    @Tag("nightly")
    @Test
    void aLinkPressedDuringAChange() {
        for (int i = 0; i < Nightly.times(1, 5); i++) {
            Windows windows = open("models?compare=storybook-2l");
            page.script("const field = document.querySelector('#compare-token');"
                    + " field.value = 'a'; field.dispatchEvent(new Event('change', { bubbles: true }));"
                    + " [...document.querySelectorAll('a')].find((a) => a.textContent.trim() === 'Train').click();");
            windows.settle();
            page.untilAddress("train");
            alike(windows, "Train, pressed during a change");
            page.driver().navigate().back();
            windows.settle();
            alike(windows, "Back from there");
            windows.close();
        }
    }

    /** A neighbour that is high for a moment: no observer of sizes sees it, but a picture that is drawn then is as high. */
    @Test
    void aPictureHasTheSizeOfItsWindowWhateverStoodBesideItForAMoment() {
        Windows windows = open(SENTENCE);
        page.driver().executeAsyncScript("""
                        const done = arguments[0];
                        const beside = document.getElementById('inspector');
                        beside.style.minHeight = '1500px';
                        const pictures = [document.getElementById('attention-view'), document.querySelector('headlight-layer-lines')];
                        pictures.forEach((picture) => picture.requestUpdate('data'));
                        Promise.all(pictures.map((picture) => picture.updateComplete)).then(() => {
                          beside.style.minHeight = '';
                          done();
                        });""");
        windows.settle();
        alike(windows, "after a moment beside a high neighbour");
        windows.close();
    }

    @Tag("nightly")
    @Test
    void escapeEndsAPlayedTraining() {
        Windows windows = open(SENTENCE);
        WebElement button = page.inside("training").findElement(By.cssSelector("button"));
        button.click();
        page.untilAddress("step=");
        button.sendKeys(Keys.ESCAPE);
        page.until("it stands", () -> "Play the training".equals(button.getDomAttribute("aria-label")));
        windows.settle();
        alike(windows, "played until Escape");
        windows.close();
    }

    @Tag("nightly")
    @Test
    void backWhileAnAnswerIsUnderWay() {
        Windows windows = open(SENTENCE);
        page.openTab("QK circuit");
        windows.settle();
        page.script("document.getElementById('head-grid').shadowRoot.querySelector('[data-head=L1H2]').click();"
                + " history.back()");
        windows.settle();
        assertThat(page.address()).doesNotContain("tab=qk");
        alike(windows, "Back after a click");
        page.driver().navigate().forward();
        windows.settle();
        assertThat(page.address()).contains("tab=qk");
        alike(windows, "Forward after that");
        windows.close();
    }

    @Tag("nightly")
    @Test
    void anAddressThatIsNotWholeIsSpelledOutWhereALinkLeads() {
        Windows windows = open("models");
        page.driver().findElement(By.linkText("Open in Explore")).click();
        page.untilAddress("heads=");
        windows.settle();
        alike(windows, "by a link");
        page.driver().navigate().back();
        windows.settle();
        assertThat(page.address()).endsWith("models");
        windows.close();
    }

    private WebElement heading() {
        return page.driver()
                .findElement(By.cssSelector("#head-scores headlight-head-table"))
                .getShadowRoot()
                .findElements(By.cssSelector("th"))
                .get(1);
    }

    private String order() {
        return heading().getDomAttribute("aria-sort");
    }

    private Windows open(String address) {
        Windows windows = new Windows(page);
        page.driver().get(page.root() + address);
        windows.settle();
        return windows;
    }

    private WebElement segment(String id, int index) {
        return page.inside(id).findElements(By.cssSelector("label")).get(index);
    }

    private static void alike(Windows windows, String how) {
        Compared compared = windows.compare();
        assertThat(compared.areAlike() ? "" : compared.inWords(PICTURES, how))
                .as(how)
                .isEmpty();
    }
}
