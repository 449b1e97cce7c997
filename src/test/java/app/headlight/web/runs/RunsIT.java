package app.headlight.web.runs;

import static org.assertj.core.api.Assertions.assertThat;

import app.headlight.browser.BrowserTest;
import app.headlight.engine.formats.HookFile;
import app.headlight.engine.text.Piece;
import app.headlight.engine.transformer.HeadId;
import app.headlight.engine.transformer.Run;
import app.headlight.ground.people.Role;
import app.headlight.services.findings.Content;
import app.headlight.services.findings.Findings;
import app.headlight.services.findings.Subject;
import app.headlight.services.models.ModelLibrary;
import app.headlight.services.models.OpenModel;
import app.headlight.services.models.Prompt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.springframework.beans.factory.annotation.Autowired;

/** A run of another model is dropped, shown, chosen in, found in and deleted in a real browser. */
class RunsIT extends BrowserTest {

    private static final String SENTENCE = "The cat sat. The cat";

    @TempDir
    private Path folder;

    @Autowired
    private ModelLibrary library;

    @Autowired
    private Findings findings;

    /** Our own activations come back as a run: its page draws what the model's own page draws. */
    @Test
    void aRunOfOursLooksAsOnTheModelsOwnPage() throws IOException {
        page.driver()
                .get(page.root() + "explore?model=storybook-2l&text=The%20cat%20sat.%20The%20cat&heads=L1H3&min=0");
        page.untilDrawn();
        String own = pattern();
        String grid = String.valueOf(page.script("return document.getElementById('head-grid').data.pattern"));
        signIn("Runner");
        page.driver().get(page.root() + "runs");
        page.until("a file can be chosen", () -> there("#add-run vaadin-upload"));
        give(Files.writeString(folder.resolve("notes.safetensors"), "no tensors at all"));
        page.untilText("add-run", "cannot be read as safetensors");
        give(Files.write(folder.resolve("cat.safetensors"), activations()));
        page.untilText("add-run", "It is added");
        assertThat(page.text("add-run")).contains("8 tokens in 2 layers of 4 heads");
        page.driver().findElement(By.linkText("open cat")).click();
        page.untilDrawn();
        page.driver().get(address() + "?heads=L1H3&min=0");
        page.untilDrawn();
        assertThat(pattern()).isEqualTo(own);
        assertThat(page.script("return document.getElementById('head-grid').data.pattern"))
                .isEqualTo(grid);
        assertThat(page.text("inspector")).contains("score as recorded", "need the weights of the model");
        goesBackAndForth();
        isFoundInAndDeleted();
    }

    private void goesBackAndForth() {
        Map<String, String> before = page.parameters();
        page.script("document.getElementById('head-grid').renderRoot.querySelector('[data-head=L0H1]').click()");
        page.until("the address follows", () -> page.parameters().get("heads").equals("L0H1"));
        page.driver().findElement(By.id("tab-beside")).click();
        page.until("so does a tab", () -> "beside".equals(page.parameters().get("tab")) && there("#beside-L1H3"));
        page.driver().navigate().back();
        page.until("Back undoes the tab", () -> !page.parameters().containsKey("tab"));
        page.driver().navigate().back();
        page.until("Back undoes both", () -> page.parameters().equals(before));
        page.until("the picture too", () -> title().contains("L1H3"));
        page.driver().navigate().forward();
        page.until("Forward does the first again", () -> title().contains("L0H1"));
        page.driver().navigate().refresh();
        page.untilDrawn();
        assertThat(title()).contains("L0H1");
    }

    private void isFoundInAndDeleted() {
        String path = address().substring(page.root().length());
        findings.add(
                account("Runner", Role.MEMBER),
                new Content(
                        Subject.ofHead(path, new HeadId(1, 3)), "It looks back", "", List.of(), "induction", 80, path));
        page.until(
                "the badge comes to the open page",
                () -> Boolean.TRUE.equals(page.script(
                        "return document.getElementById('head-grid').findings.some(each => each.head === 'L1H3')")));
        page.driver()
                .findElement(By.xpath("//vaadin-button[contains(., 'Delete')]"))
                .click();
        page.until(
                "it warns of the finding",
                () -> page.script("return document.body.innerText").toString().contains("1 finding is about it"));
        page.driver()
                .findElement(By.cssSelector("vaadin-button[slot='confirm-button']"))
                .click();
        page.until("the list follows", () -> there("#runs") && !there("#runs [data-run='" + path.substring(5) + "']"));
        page.driver().get(page.root() + path);
        page.until("it is gone", () -> there(".hl-missing-model"));
        assertThat(page.complaints())
                .as("the browser notes what was refused, and what is gone")
                .satisfiesExactly(
                        refused -> assertThat(refused).contains("/upload", "422"),
                        gone -> assertThat(gone).contains(path, "404"));
    }

    private byte[] activations() {
        OpenModel model = library.open("storybook-2l").orElseThrow();
        Prompt prompt = model.prompt(SENTENCE);
        Run run = model.transformer().run(prompt.tokens(), List.of());
        return HookFile.of(run, prompt.pieces().stream().map(Piece::text).toList(), model.name())
                .bytes();
    }

    private String pattern() {
        return String.valueOf(page.script("return document.getElementById('attention-view').data.heads[0].pattern"));
    }

    private String title() {
        return page.driver().findElement(By.cssSelector(".hl-attention-title")).getText();
    }

    private String address() {
        return page.driver().getCurrentUrl().replaceFirst("\\?.*", "");
    }

    private boolean there(String selector) {
        return !page.driver().findElements(By.cssSelector(selector)).isEmpty();
    }

    private void give(Path file) {
        page.driver()
                .findElement(By.cssSelector("#add-run vaadin-upload"))
                .getShadowRoot()
                .findElement(By.cssSelector("input[type=file]"))
                .sendKeys(file.toAbsolutePath().toString());
    }
}
