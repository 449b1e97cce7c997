package app.headlight.web.explore;

import static org.assertj.core.api.Assertions.assertThat;

import app.headlight.browser.BrowserTest;
import app.headlight.browser.ExplorePage;
import app.headlight.engine.transformer.Continuation;
import app.headlight.services.models.ModelLibrary;
import app.headlight.services.models.OpenModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.springframework.beans.factory.annotation.Autowired;

/** The model goes on from what was typed, and its own tokens are told apart. */
class ContinueIT extends BrowserTest {

    private static final String TEXT = "The cat sat. The cat";

    @Autowired
    private ModelLibrary library;

    @Test
    void theLikeliestTokensFollowAndAreToldApart() {
        page.open("explore?model=storybook-2l&text=" + ExplorePage.escaped(TEXT));
        long typed = count(".token");
        choose("The 5 likeliest tokens");
        page.untilAddress("more=5");
        untilTokens(expected(new Continuation(5, null)));
        assertThat(count(".continued")).isEqualTo(5);
        assertThat(count(".token")).isEqualTo(typed + 5);
        assertThat(page.inside("token-strip")
                        .findElement(By.cssSelector(".caption"))
                        .getText())
                .contains("the last 5 by the model");
        assertThat(page.parameters()).doesNotContainKey("seed").containsEntry("text", TEXT);

        choose("The likeliest token");
        page.untilAddress("more=6");
        untilTokens(expected(new Continuation(6, null)));
        page.driver().navigate().back();
        page.untilAddress("more=5");
        untilTokens(expected(new Continuation(5, null)));
        page.driver().navigate().refresh();
        page.untilDrawn();
        untilTokens(expected(new Continuation(5, null)));
        choose("Without the continuation");
        page.until("what was typed alone", () -> count(".token") == typed);
        assertThat(page.parameters()).doesNotContainKey("more");
    }

    @Tag("nightly")
    @Test
    void drawnTokensAreTheSameUnderTheSameAddress() {
        page.open("explore?model=storybook-2l&more=5&seed=77&text=" + ExplorePage.escaped(TEXT));
        untilTokens(expected(new Continuation(5, 77L)));
        choose("5 tokens by chance");
        page.untilAddress("more=10");
        untilTokens(expected(new Continuation(10, 77L)));
        choose("Draw again");
        page.until("another seed", () -> !"77".equals(page.parameters().get("seed")));
        untilTokens(
                expected(new Continuation(10, Long.parseLong(page.parameters().get("seed")))));
        page.say("Another sentence");
        page.until("nothing of the model's own", () -> count(".continued") == 0);
        assertThat(page.parameters()).doesNotContainKeys("more", "seed");
    }

    @Test
    void aModelGoesOnNoFurtherThanItReads() {
        page.open("explore?model=" + NO_LAYERS + "&more=40&text=" + ExplorePage.escaped("1 2 3 4 5 6 7 8 9 10 11 12"));
        page.untilNotice("it goes on by 4 of the 40 tokens");
        page.until("all that has room", () -> count(".token") == 16);
        assertThat(page.parameters()).containsEntry("more", "4");
        page.open("explore?model=storybook-2l&tab=patching&more=2&text=" + ExplorePage.escaped(TEXT));
        page.untilText("circuit-tabs", "Without the continuation, first");
        page.open("explore?model=storybook-2l&more=900&text=" + ExplorePage.escaped(TEXT));
        page.untilNotice("more=900; a model goes on by 0 to 200 tokens");
        page.open("explore?model=storybook-2l&seed=9&text=" + ExplorePage.escaped(TEXT));
        page.untilNotice("seed=9 and not by how many tokens");
    }

    private void choose(String label) {
        page.driver()
                .findElement(By.id("sentence-menu"))
                .findElements(By.cssSelector("vaadin-menu-bar-button"))
                .get(1)
                .click();
        page.until("the menu", () -> !items(label).isEmpty());
        items(label).getFirst().click();
        page.settle();
    }

    private List<WebElement> items(String label) {
        return page.driver().findElements(By.xpath("//vaadin-menu-bar-item[.//span[text()='" + label + "']]"));
    }

    private long count(String selector) {
        return ((Number) page.script(
                        "return document.getElementById('token-strip').shadowRoot.querySelectorAll(arguments[0]).length",
                        selector))
                .longValue();
    }

    private void untilTokens(List<Integer> expected) {
        page.until("the tokens " + expected, () -> expected.equals(shown()));
    }

    private List<Integer> shown() {
        return ((List<?>) page.script("return document.getElementById('token-strip').data.tokens.map(({id}) => id)"))
                .stream().map(id -> ((Number) id).intValue()).toList();
    }

    private List<Integer> expected(Continuation asked) {
        OpenModel model = library.open("storybook-2l").orElseThrow();
        int[] typed = model.prompt(TEXT).tokens();
        List<Integer> all = new ArrayList<>(Arrays.stream(typed).boxed().toList());
        all.addAll(asked.of(model.transformer(), typed, List.of()));
        return all;
    }
}
