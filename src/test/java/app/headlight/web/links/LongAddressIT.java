package app.headlight.web.links;

import static org.assertj.core.api.Assertions.assertThat;

import app.headlight.Nightly;
import app.headlight.browser.BrowserTest;
import app.headlight.browser.ExplorePage;
import app.headlight.services.findings.KeptTexts;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;

/** Whatever can be typed can be shared, however long it is. */
class LongAddressIT extends BrowserTest {

    static List<Integer> lengths() {
        return Nightly.some(3, List.of(60_000, 20_000, 6_000));
    }

    @ParameterizedTest
    @MethodSource("lengths")
    void aLongSentenceIsReloadedGoneBackToAndShared(int length) {
        page.open("explore?model=" + LONG_MODEL + "&text=5+6");
        String sentence = "1" + " ".repeat(length - 4) + "2 3";
        page.paste(sentence);
        page.untilTokens("1", "2", "3");
        String address = page.address();
        assertThat(address.length()).isLessThan(2_100);
        assertThat(address).contains("text=~" + KeptTexts.code(sentence));
        page.driver().navigate().refresh();
        page.untilDrawn();
        sameView(page, address, sentence);
        page.driver().navigate().back();
        page.untilTokens("5", "6");
        page.driver().navigate().forward();
        page.untilTokens("1", "2", "3");
        assertThat(page.address()).isEqualTo(address);
        String link = shortLink();
        try (ExplorePage other = new ExplorePage(port)) {
            other.driver().get(link);
            other.until("led on", () -> other.address().contains("/explore?"));
            other.untilDrawn();
            sameView(other, address, sentence);
            other.open(address.replace("/explore?", "/embed?"));
            assertThat(other.tokens()).containsExactly("1", "2", "3");
            assertThat(other.driver().findElement(By.id("open-in-headlight")).getDomAttribute("href"))
                    .contains("text=~");
            assertThat(other.complaints()).isEmpty();
        }
    }

    @Tag("nightly")
    @Test
    void aLongTextThatIsNoEnglishIsKeptAsItIs() {
        String sentence = "שלום 🙂 Zoë ".repeat(2_000);
        page.open("explore?model=" + ExplorePage.escaped(HOSTILE));
        page.paste(sentence);
        page.until("kept", () -> page.address().contains("text=~" + KeptTexts.code(sentence)));
        page.driver().navigate().refresh();
        page.untilDrawn();
        assertThat(page.sentence()).isEqualTo(sentence);
    }

    @Tag("nightly")
    @Test
    void anAddressThatSomeoneWroteAtLengthIsShownByAShortOne() {
        for (String sentence : List.of("1" + " ".repeat(17_000) + "2", "é" + "é".repeat(9_000))) {
            page.open("explore?model=" + (sentence.startsWith("1") ? LONG_MODEL : ExplorePage.escaped(HOSTILE))
                    + "&text=" + ExplorePage.escaped(sentence).replace("+", "%20"));
            assertThat(page.address()).contains("text=~" + KeptTexts.code(sentence));
            assertThat(page.sentence()).isEqualTo(sentence);
        }
    }

    @Tag("nightly")
    @Test
    void aTextOfCircuitsToo() {
        String text = "The king and the queen came home. ".repeat(600);
        page.driver().get(page.root() + "circuits?model=storybook-0l");
        page.until(
                "the page", () -> page.driver().findElement(By.id("on-a-text")).isDisplayed());
        page.settle();
        WebElement typed = page.driver().findElement(By.cssSelector("#on-a-text vaadin-text-area"));
        page.script(
                "arguments[0].value = arguments[1]; arguments[0].dispatchEvent(new Event('change', {bubbles: true}))",
                typed,
                text);
        page.driver().findElements(By.cssSelector("#on-a-text vaadin-button")).stream()
                .filter(button -> button.getText().equals("Measure this text"))
                .findFirst()
                .orElseThrow()
                .click();
        page.until("kept", () -> page.address().contains("text=~"));
        String measured = untilMeasured();
        page.driver().navigate().refresh();
        assertThat(untilMeasured()).isEqualTo(measured);
        assertThat(page.driver()
                        .findElement(By.cssSelector("#on-a-text vaadin-text-area"))
                        .getDomProperty("value"))
                .isEqualTo(text);
    }

    @Test
    void whatIsNotKeptAnyMoreIsSaidAndNothingElseShown() {
        String address = "explore?model=storybook-1l&text=~1111111111111111111111";
        page.open(address);
        page.untilNotice("is not stored here");
        assertThat(page.tokens()).isEmpty();
        assertThat(page.address()).endsWith(address);
    }

    @Tag("nightly")
    @Test
    void aSentenceThatLooksLikeACodeIsASentence() {
        String sentence = "~1111111111111111111112";
        page.open("explore?model=storybook-1l");
        page.say(sentence);
        page.until("kept", () -> page.address().contains("text=~" + KeptTexts.code(sentence)));
        page.driver().navigate().refresh();
        page.untilDrawn();
        assertThat(page.sentence()).isEqualTo(sentence);
    }

    private static void sameView(ExplorePage page, String address, String sentence) {
        assertThat(page.tokens()).containsExactly("1", "2", "3");
        assertThat(page.sentence()).isEqualTo(sentence);
        assertThat(page.address()).isEqualTo(address);
        assertThat(page.notices()).isEmpty();
    }

    private String untilMeasured() {
        page.until(
                "measured",
                () -> !page.driver().findElements(By.id("orders")).isEmpty()
                        && page.driver().findElement(By.id("orders")).isDisplayed());
        return page.driver()
                .findElement(By.cssSelector("#on-a-text p.hl-muted"))
                .getText();
    }

    private String shortLink() {
        page.inside("share").findElement(By.cssSelector("button.share")).click();
        page.until("the offer", () -> !share(".make").isEmpty());
        share(".make").getFirst().click();
        page.until(
                "the short link", () -> !share("input[data-kind='short link']").isEmpty());
        return String.valueOf(share("input[data-kind='short link']").getFirst().getDomProperty("value"));
    }

    private List<WebElement> share(String css) {
        return page.inside("share").findElements(By.cssSelector(css));
    }
}
