package app.headlight.web.limits;

import static org.assertj.core.api.Assertions.assertThat;

import app.headlight.browser.BrowserTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.interactions.Actions;

/** What is pasted beyond the limit of a request: a message, and the page goes on. */
class TooLongIT extends BrowserTest {

    @Test
    void aTextThatIsTooLongForARequestIsRefusedOnThePage() {
        page.driver().get(page.root() + "circuits?model=storybook-2l");
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

    @Test
    void aLargerFileIsUploaded(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("large.json"), "[" + " ".repeat(3 << 20) + "]");
        signIn("Uploads");
        page.driver().get(page.root() + "findings");
        page.until(
                "the upload",
                () -> page.script("return document.querySelector('#exchange vaadin-upload') !== null")
                        .equals(true));
        WebElement input = (WebElement) page.script("return document.querySelector('#exchange vaadin-upload')"
                + ".shadowRoot.querySelector('input[type=file]')");
        input.sendKeys(file.toString());
        page.until(
                "the server's word on it",
                () -> !page.script("return document.querySelector('#exchange .hl-trouble').textContent")
                        .equals(""));
    }

    private String error() {
        return String.valueOf(page.script("return document.querySelector('.v-system-error')?.textContent ?? ''"));
    }
}
