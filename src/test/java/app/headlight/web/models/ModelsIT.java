package app.headlight.web.models;

import static org.assertj.core.api.Assertions.assertThat;

import app.headlight.browser.BrowserTest;
import app.headlight.engine.training.TrainingLog;
import app.headlight.services.models.ModelLibrary;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.springframework.beans.factory.annotation.Autowired;

/** The stored models' cards and curves, in a real browser. */
class ModelsIT extends BrowserTest {

    @Autowired
    private ModelLibrary library;

    @Test
    void aCardSaysHowItsModelWasTrainedAndItsCurveLeadsToEveryStep() {
        page.driver().get(page.root() + "models");
        page.until("the card", () -> card().getText().contains("bigram entropy of the text"));
        TrainingLog log = library.training(
                        library.open("storybook-2l").orElseThrow().stored())
                .orElseThrow();
        WebElement curve = card().findElement(By.cssSelector("headlight-training-curve"));
        page.until(
                "the curve is drawn",
                () -> page.script("return arguments[0].chart ? 1 : 0", curve).equals(1L));
        assertThat(page.script("return arguments[0].data.measures.at(-1)[2]", curve))
                .isEqualTo(log.measures().getLast().induction());
        curve.getShadowRoot().findElement(By.cssSelector(".plot")).sendKeys(Keys.HOME, Keys.ENTER);
        page.untilDrawn();
        assertThat(page.parameters()).containsEntry("model", "storybook-2l").containsEntry("step", "0");
    }

    @Test
    void aModelWithoutACardIsListedToo() {
        page.driver().get(page.root() + "models");
        page.until(
                "the model of ids",
                () -> page.driver()
                        .findElement(By.cssSelector("[data-name='" + LONG_MODEL + "']"))
                        .getText()
                        .contains("has no card"));
    }

    @Tag("nightly")
    @Test
    void aFieldThatNobodyKnowsIsNamedWithItsValueWhereverTheModelIsShown() {
        for (String path : List.of("models", "explore?model=" + UNKNOWN_FIELD, "circuits?model=" + UNKNOWN_FIELD)) {
            page.driver().get(page.root() + path);
            page.until(
                    "the warning on " + path,
                    () -> page.driver().findElements(By.cssSelector(".hl-model-warnings .hl-notice")).stream()
                            .anyMatch(warning -> warning.getText().contains(UNKNOWN_FIELD)
                                    && warning.getText().contains("“attn_twist” is 2.5")));
        }
        page.driver().get(page.root() + "explore?model=storybook-2l");
        page.untilDrawn();
        assertThat(page.driver().findElements(By.cssSelector(".hl-model-warnings .hl-notice")))
                .isEmpty();
    }

    @Tag("nightly")
    @Test
    void aModelThatIsRefusedIsListedWithTheReasonAndNoPathOfTheServers() {
        page.driver().get(page.root() + "models");
        page.until(
                "the refused model",
                () -> page.driver()
                        .findElement(By.cssSelector("[data-refused='empty']"))
                        .getText()
                        .contains("model.safetensors is missing"));
        assertThat(page.driver().findElements(By.cssSelector("[data-refused]")).stream()
                        .map(WebElement::getText))
                .isNotEmpty()
                .noneMatch(text -> text.contains("headlight-models"));
    }

    private WebElement card() {
        return page.driver().findElement(By.cssSelector("[data-name='storybook-2l']"));
    }
}
