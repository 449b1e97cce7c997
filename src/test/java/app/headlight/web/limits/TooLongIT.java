package app.headlight.web.limits;

import static org.assertj.core.api.Assertions.assertThat;

import app.headlight.browser.BrowserTest;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;
import org.openqa.selenium.interactions.Actions;

/** What is pasted beyond the limit of a request: a message, and the page goes on. */
class TooLongIT extends BrowserTest {

    @Test
    void aTextThatIsTooLongForARequestIsRefusedOnThePage() {
        page.open("circuits?model=storybook-2l");
        String paste = "const area = document.querySelector('#on-a-text vaadin-text-area');"
                + "area.value = arguments[0].repeat(arguments[1]);"
                + "area.dispatchEvent(new CustomEvent('change', {bubbles: true}));";
        page.until(
                "the text's field",
                () -> page.script("return document.querySelector('#on-a-text vaadin-text-area') !== null")
                        .equals(true));
        page.script(paste, "a long text ", 120_000);
        page.until("a message", () -> error().contains("too long for this server"));
        assertThat(error()).contains("1 MB at once");
        page.complaints();
        new Actions(page.driver()).sendKeys(Keys.ESCAPE).perform();
        page.until(
                "the page is there again",
                () -> error().isEmpty()
                        && page.script("return document.querySelector('#on-a-text vaadin-text-area') !== null")
                                .equals(true));
    }

    private String error() {
        return String.valueOf(page.script("return document.querySelector('.v-system-error')?.textContent ?? ''"));
    }
}
