package app.headlight.web.explore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import app.headlight.browser.BrowserTest;
import app.headlight.browser.ExplorePage;
import app.headlight.engine.tensor.Matrix;
import app.headlight.engine.transformer.HeadId;
import app.headlight.services.models.ModelLibrary;
import app.headlight.services.models.OpenModel;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.springframework.beans.factory.annotation.Autowired;

/** Sources that pictures of attention leave out, such as the first token, where heads rest. */
class WithoutIT extends BrowserTest {

    private static final String TEXT = "The cat sat. The cat";

    @Autowired
    private ModelLibrary library;

    @Test
    void theRestOfARowSumsToOneAndThePictureSaysSo() {
        OpenModel model = library.open("storybook-2l").orElseThrow();
        Matrix pattern = model.transformer().run(model.prompt(TEXT).tokens()).pattern(HeadId.parse("L0H3"));
        page.open("explore?model=storybook-2l&heads=L0H3&dest=7&src=4&text=" + ExplorePage.escaped(TEXT));
        assertThat(drawn(7, 4)).isCloseTo(pattern.get(7, 4), within(1e-6));
        page.inside("attention-view").findElement(By.cssSelector(".without")).click();
        page.untilAddress("without=0");
        page.until("it says so", () -> said().equals("without The (0), the rest made to sum to 1"));
        assertThat(drawn(7, 4)).isCloseTo(pattern.get(7, 4) / (1 - pattern.get(7, 0)), within(1e-5));
        assertThat(drawn(7, 0)).isZero();

        page.inside("attention-view").findElement(By.cssSelector(".window")).sendKeys("w");
        page.untilAddress("without=0%2C4");
        page.until("both are named", () -> said().startsWith("without The (0), . (4)"));
        page.driver().navigate().back();
        page.until("one is left out", () -> said().equals("without The (0), the rest made to sum to 1"));
        page.driver().navigate().refresh();
        page.untilDrawn();
        page.until("one is left out", () -> said().equals("without The (0), the rest made to sum to 1"));
        page.inside("attention-view").findElement(By.cssSelector(".without")).click();
        page.until("none is left out", () -> said().isEmpty());
        assertThat(drawn(7, 4)).isCloseTo(pattern.get(7, 4), within(1e-6));
        assertThat(page.parameters()).doesNotContainKey("without");
    }

    @Test
    void aTokenThatIsNotThereIsNamed() {
        page.open("explore?model=storybook-2l&without=0,99&text=" + ExplorePage.escaped(TEXT));
        page.untilNotice("There is no token 99 to leave out; the sentence has tokens 0 to 7");
        assertThat(page.parameters()).containsEntry("without", "0");
    }

    private String said() {
        return page.script("return document.getElementById('attention-view').shadowRoot.querySelector('.left-out')"
                        + "?.textContent ?? ''")
                .toString()
                .replaceAll("[\\u2066-\\u2069]", ""); // which keep what is read from the right by itself
    }

    private double drawn(int destination, int source) {
        return ((Number) page.script(
                        "const [d, s] = arguments;"
                                + " return document.getElementById('attention-view').scene.figures.triangles[0][d * (d + 1) / 2 + s]",
                        destination,
                        source))
                .doubleValue();
    }
}
