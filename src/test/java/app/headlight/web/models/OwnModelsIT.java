package app.headlight.web.models;

import static org.assertj.core.api.Assertions.assertThat;

import app.headlight.browser.BrowserTest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;

/** A model is added, opened and deleted in a real browser. */
class OwnModelsIT extends BrowserTest {

    @TempDir
    private Path folder;

    @Test
    void aMemberAddsAModelOpensItAndDeletesIt() throws IOException {
        page.driver().get(page.root() + "models");
        page.untilText("add-model", "Sign in");
        signIn("Adder");
        page.driver().get(page.root() + "models");
        page.until(
                "files can be chosen",
                () -> !page.driver()
                        .findElements(By.cssSelector("#add-model vaadin-upload"))
                        .isEmpty());
        give("config.json", "model.safetensors", "expected.json");
        page.untilText("add-model", "Not used: expected.json");
        assertThat(page.text("add-model")).contains("Taken: config.json", "model.safetensors (");
        add("storybook-2l");
        page.untilText("add-model", "There is a model named “storybook-2l” already");
        add("added-here");
        page.untilText("add-model", "open added-here");
        assertThat(page.text("add-model")).contains("Reading config.json", "reading its weights", "Running it");

        page.driver().findElement(By.linkText("open added-here")).click();
        page.untilDrawn();
        assertThat(page.parameters()).containsEntry("model", "added-here");
        page.driver().navigate().back();
        page.until("its card is there", () -> card().size() == 1);
        page.settle();
        card().getFirst()
                .findElement(By.xpath(".//vaadin-button[contains(., 'Delete')]"))
                .click();
        page.until(
                "it asks",
                () -> page.script("return document.body.innerText").toString().contains("No finding is about it."));
        page.driver()
                .findElement(By.cssSelector("vaadin-button[slot='confirm-button']"))
                .click();
        page.until("it is gone", () -> card().isEmpty());
        page.driver().navigate().refresh();
        page.until(
                "the page is there",
                () -> !page.driver()
                        .findElements(By.cssSelector("[data-name=storybook-2l]"))
                        .isEmpty());
        assertThat(card()).isEmpty();
        assertThat(page.complaints())
                .filteredOn(complaint -> !complaint.contains("/embed?x")) // of the way to sign in without the page
                .isEmpty();
    }

    private void give(String... files) throws IOException {
        StringBuilder paths = new StringBuilder();
        for (String file : files) {
            Path copy = folder.resolve(file);
            try (InputStream in = OwnModelsIT.class.getResourceAsStream("/reference/families/random-gpt2/" + file)) {
                Files.copy(in, copy);
            }
            paths.append(paths.isEmpty() ? "" : "\n").append(copy.toAbsolutePath());
        }
        page.driver()
                .findElement(By.cssSelector("#add-model vaadin-upload"))
                .getShadowRoot()
                .findElement(By.cssSelector("input[type=file]"))
                .sendKeys(paths);
    }

    private void add(String name) {
        WebElement field = page.driver().findElement(By.cssSelector("#add-model vaadin-text-field input"));
        field.clear();
        field.sendKeys(name);
        WebElement button = page.driver()
                .findElement(By.xpath("//*[@id='add-model']//vaadin-button[contains(., 'Check and add')]"));
        page.until("the button is on", () -> button.getDomAttribute("disabled") == null);
        button.click();
    }

    private List<WebElement> card() {
        return page.driver().findElements(By.cssSelector("[data-name=added-here]"));
    }
}
