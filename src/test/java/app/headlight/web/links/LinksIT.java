package app.headlight.web.links;

import static org.assertj.core.api.Assertions.assertThat;

import app.headlight.Nightly;
import app.headlight.browser.BrowserTest;
import app.headlight.browser.ExplorePage;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;

/** Short links and embedded views in a real browser. */
class LinksIT extends BrowserTest {

    private static final String QUERY =
            "model=storybook-2l&text=The%20king%20and%20the%20king&heads=L1H3&dest=3&src=1&view=matrix";

    @Test
    void aShortLinkLeadsToTheSameViewInAnotherBrowser() {
        page.open("explore?" + QUERY);
        page.inside("share").findElement(By.cssSelector("button.share")).click();
        page.until("the offer", () -> !buttons(".make").isEmpty());
        buttons(".make").getFirst().click();
        page.until("the short link", () -> link().contains("/s/"));
        String link = link();
        assertThat(link).matches("http://localhost:" + port + "/s/[1-9A-Za-z]{8}");
        try (ExplorePage other = new ExplorePage(port)) {
            other.driver().get(link);
            other.until("led on", () -> other.address().contains("/explore?"));
            other.untilDrawn();
            assertThat(other.parameters()).isEqualTo(page.parameters());
            assertThat(other.text("inspector")).isEqualTo(page.text("inspector"));
            assertThat(other.complaints()).isEmpty();
        }
    }

    static List<String> names() {
        return Nightly.some(3, ODD_NAMES);
    }

    @ParameterizedTest
    @MethodSource("names")
    void aModelOfAnyNameIsShownAndItsAddressOpensAgain(String name) {
        page.open("explore?model=" + ExplorePage.escaped(name).replace("+", "%20") + "&text=1%202%203");
        page.untilTokens("1", "2", "3");
        assertThat(page.parameters()).containsEntry("model", name);
        page.inside("token-strip")
                .findElements(By.cssSelector("[role=option]"))
                .get(1)
                .click();
        page.untilAddress("dest=1");
        page.driver().navigate().refresh();
        page.untilDrawn();
        assertThat(page.parameters()).containsEntry("model", name).containsEntry("dest", "1");
        assertThat(page.notices()).isEmpty();
    }

    @Tag("nightly")
    @Test
    void aFrontPageAndAPageWithoutAStateHaveShortLinksToo() {
        page.driver().get(page.root() + "models");
        page.until("the page", () -> !page.driver().findElements(By.id("share")).isEmpty());
        page.settle();
        page.inside("share").findElement(By.cssSelector("button.share")).click();
        page.until("the offer", () -> !buttons(".make").isEmpty());
        buttons(".make").getFirst().click();
        page.until("the short link", () -> link().contains("/s/"));
        assertThat(page.inside("share").findElements(By.cssSelector("input[data-kind=frame]")))
                .as("models cannot be embedded")
                .isEmpty();
        page.driver().get(link());
        page.until("led on", () -> page.address().endsWith("/models"));
    }

    @Test
    void anEmbeddedViewIsExploredWithinItself() {
        page.open("embed?" + QUERY);
        assertThat(page.driver().findElements(By.cssSelector("header, .hl-inspector, vaadin-tabs")))
                .isEmpty();
        WebElement open = page.driver().findElement(By.id("open-in-headlight"));
        assertThat(open.getDomAttribute("target")).isEqualTo("_blank");
        assertThat(open.getDomAttribute("rel")).isEqualTo("noopener");
        assertThat(open.getDomAttribute("href")).startsWith("explore?").contains("dest=3", "heads=L1H3");
        String address = page.address();
        String before = page.pixels("attention-view");
        page.inside("token-strip")
                .findElements(By.cssSelector("[role=option]"))
                .get(4)
                .click();
        page.until("the link follows", () -> open.getDomAttribute("href").contains("dest=4"));
        page.settle();
        assertThat(page.address()).as("the address stays").isEqualTo(address);
        assertThat(page.pixels("attention-view")).isNotEqualTo(before);
    }

    @Test
    void circuitsAreEmbeddedAsHeadsOrAsTheirComposition() {
        page.driver().get(page.root() + "embed?page=circuits&model=storybook-2l");
        page.until(
                "the heads",
                () -> page.driver().findElements(By.cssSelector("headlight-head-table")).stream()
                        .anyMatch(WebElement::isDisplayed));
        page.driver().get(page.root() + "embed?page=circuits&model=storybook-2l&part=composition");
        page.until(
                "the graph",
                () -> page.driver().findElements(By.cssSelector("headlight-composition-graph")).stream()
                        .anyMatch(WebElement::isDisplayed));
        assertThat(page.driver().findElement(By.id("open-in-headlight")).getDomAttribute("href"))
                .startsWith("circuits?model=storybook-2l");
        page.settle();
    }

    private List<WebElement> buttons(String css) {
        return page.inside("share").findElements(By.cssSelector(css));
    }

    private String link() {
        return page.inside("share").findElements(By.cssSelector("input[data-kind='short link']")).stream()
                .map(input -> input.getDomProperty("value"))
                .findFirst()
                .orElse("");
    }
}
