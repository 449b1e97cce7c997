package app.headlight.web.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import app.headlight.browser.BrowserTest;
import app.headlight.engine.training.Recipe;
import app.headlight.engine.training.TrainingLog;
import app.headlight.engine.transformer.HeadId;
import app.headlight.services.jobs.Job.State;
import app.headlight.services.models.ModelLibrary;
import app.headlight.services.models.OpenModel;
import app.headlight.services.models.TrainingJob;
import app.headlight.services.models.Trainings;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.springframework.beans.factory.annotation.Autowired;

/** A training asked for, watched and opened, in a real browser. */
class TrainIT extends BrowserTest {

    private static final Recipe SMALL = Recipe.repeats()
            .with()
            .model(1, 8, 2, 4)
            .vocabulary(32)
            .context(16)
            .steps(20)
            .rows(4)
            .learningRate(1e-2, 2)
            .threads(1)
            .build();

    /** Has many checkpoints and is not done before it is stopped. */
    private static final Recipe LONG = SMALL.with().steps(50_000).build();

    @Autowired
    private Trainings trainings;

    @Autowired
    private ModelLibrary library;

    @BeforeEach
    void signIn() {
        signIn("Trainer");
    }

    @AfterEach
    void leaveNoneOpen() {
        trainings.all().stream().filter(job -> job.state().isOpen()).forEach(job -> trainings.stop(job.id()));
        page.until(
                "all have ended",
                () -> trainings.all().stream().noneMatch(job -> job.state().isOpen()));
        trainings.all().forEach(job -> trainings.delete(job.id()));
    }

    @Test
    void aTrainingIsWatchedToItsEndAndItsStepsOpenInExplore() {
        page.driver().get(page.root() + "train");
        page.until("the page says what to do", () -> page.text("trainings").contains("Press Start"));
        page.untilText("recipe", "4,096,000 tokens in all.");
        fill("steps", "20");
        fill("model-name", "watched");
        page.driver().findElement(By.id("start")).click();
        page.until("it is done", () -> state("watched").equals("done"));
        TrainingLog log =
                library.training(library.open("watched").orElseThrow().stored()).orElseThrow();
        assertThat(panel("watched").getText())
                .contains("Step 20 of 20")
                .contains(String.format("%.3f", log.measures().getLast().unseen()));
        assertThat(curve("measures.length")).isEqualTo((long) log.measures().size());
        assertThat((Double) curve("measures.at(-1)[1]"))
                .isCloseTo(log.measures().getLast().unseen(), within(1e-9));

        page.driver().findElement(By.linkText("Open in Explore")).click();
        page.untilDrawn();
        assertThat(page.parameters()).containsEntry("model", "watched").doesNotContainKey("step");
        slider().sendKeys(Keys.HOME);
        page.untilAddress("step=0");
        page.until(
                "the slider says so",
                () -> page.driver()
                        .findElement(By.id("training"))
                        .getShadowRoot()
                        .findElement(By.cssSelector(".said"))
                        .getText()
                        .contains("step 0"));
        OpenModel begun = library.open("watched", 0).orElseThrow();
        int[] tokens = begun.prompt(page.parameters().get("text")).tokens();
        float shown = begun.transformer()
                .run(tokens, List.of())
                .pattern(HeadId.parse(page.parameters().get("heads")))
                .get(
                        Integer.parseInt(page.parameters().get("dest")),
                        Integer.parseInt(page.parameters().get("src")));
        page.untilText("inspector", String.format("%.2f", shown));
        page.driver().navigate().back();
        page.until("back at the finished model", () -> !page.parameters().containsKey("step"));
    }

    @Tag("nightly")
    @Test
    void aLongOneIsPausedTakenUpAndStopped() {
        page.driver().get(page.root() + "train");
        page.until("the form", () -> !page.driver().findElements(By.id("start")).isEmpty());
        fill("steps", "20000");
        fill("model-name", "long-one");
        page.driver().findElement(By.id("start")).click();
        page.until("it is running", () -> panel("long-one").getText().contains("tokens a second"));
        press("long-one", "Pause");
        page.until("it is paused", () -> state("long-one").equals("paused"));
        press("long-one", "Resume");
        page.until("it goes on", () -> panel("long-one").getText().contains("tokens a second"));
        press("long-one", "Stop");
        confirm();
        page.until("it is stopped", () -> state("long-one").equals("stopped"));
        assertThat(library.open("long-one")).isPresent();
        assertThat(trainings.all().getFirst().state()).isEqualTo(State.STOPPED);
    }

    @Tag("nightly")
    @Test
    void oneThatRunsIsDeletedWithItsModel() {
        page.driver().get(page.root() + "train");
        page.until("the form", () -> !page.driver().findElements(By.id("start")).isEmpty());
        fill("steps", "20000");
        fill("model-name", "not-wanted");
        page.driver().findElement(By.id("start")).click();
        page.until("it is running", () -> panel("not-wanted").getText().contains("tokens a second"));
        press("not-wanted", "Delete");
        confirm();
        page.until(
                "it is gone",
                () -> page.driver()
                        .findElements(By.cssSelector(".hl-training[data-name='not-wanted']"))
                        .isEmpty());
        assertThat(trainings.all()).isEmpty();
        assertThat(library.open("not-wanted")).isEmpty();
    }

    @Tag("nightly")
    @Test
    void newStepsAreOfferedInExploreOrFollowed() {
        TrainingJob job = trainings.ask("grows", LONG, null, null);
        page.until(
                "it has begun",
                () -> trainings
                        .log(job)
                        .filter(log -> log.checkpoints().size() > 1)
                        .isPresent());
        page.open("explore?model=grows");
        long before = checkpoints();
        page.until("new steps are offered", () -> page.text("new-steps").matches("\\d+ new steps?"));
        assertThat(checkpoints()).as("nothing changes by itself").isEqualTo(before);
        page.driver().findElement(By.id("new-steps")).click();
        page.until("they are shown", () -> checkpoints() > before);
        page.driver().findElement(By.cssSelector("#follow-training label")).click();
        page.untilAddress("step=newest");
        long followed = checkpoints();
        page.until("they come by themselves", () -> checkpoints() > followed);
        assertThat(page.driver().findElement(By.id("new-steps")).isDisplayed()).isFalse();
    }

    private long checkpoints() {
        return (Long) page.script("return document.getElementById('training').data?.checkpoints.length ?? 0");
    }

    @Tag("nightly")
    @Test
    void whatCannotBeTrainedIsSaid() {
        page.driver().get(page.root() + "train");
        page.until("the form", () -> !page.driver().findElements(By.id("start")).isEmpty());
        fill("model-name", "storybook-2l");
        page.driver().findElement(By.id("start")).click();
        page.until("the name is taken", () -> trouble().contains("already"));
        fill("model-name", "too-long");
        fill("steps", "100000");
        page.driver().findElement(By.id("start")).click();
        page.until("it is too long", () -> trouble().contains("Tokens in all"));
        fill("steps", "");
        page.driver().findElement(By.id("start")).click();
        page.until("the steps are missing", () -> trouble().contains("missing"));
        assertThat(trainings.all()).isEmpty();
    }

    @Test
    void aStrangerWatchesAndIsLedToTheSignInAndBack() {
        TrainingJob job = trainings.ask("watched-by-all", SMALL, null, null);
        page.forget();
        page.driver().get(page.root() + "train");
        page.until("it is done", () -> state("watched-by-all").equals("done"));
        assertThat(page.driver().findElements(By.id("start"))).isEmpty();
        assertThat(panel("watched-by-all").findElements(By.cssSelector("vaadin-button")).stream()
                        .filter(WebElement::isDisplayed))
                .isEmpty();
        page.driver().findElement(By.linkText("Sign in to train")).click();
        page.enter("Trainer", PASSWORD);
        page.until("the form", () -> !page.driver().findElements(By.id("start")).isEmpty());
        assertThat(page.address()).endsWith("/train");
        assertThat(panel("watched-by-all").getText())
                .as("a member does not delete what another asked for")
                .doesNotContain("Delete");
        assertThat(trainings.find(job.id())).isPresent();
    }

    private String trouble() {
        return page.driver().findElement(By.cssSelector(".hl-trouble")).getText();
    }

    private WebElement panel(String name) {
        return page.driver().findElement(By.cssSelector(".hl-training[data-name='" + name + "']"));
    }

    private String state(String name) {
        return panel(name).findElement(By.cssSelector(".hl-state")).getText();
    }

    private void press(String name, String button) {
        panel(name).findElements(By.cssSelector("vaadin-button")).stream()
                .filter(each -> each.getText().equals(button))
                .findFirst()
                .orElseThrow()
                .click();
    }

    private void confirm() {
        By button = By.cssSelector("vaadin-confirm-dialog [slot=confirm-button]");
        page.until("it asks first", () -> !page.driver().findElements(button).isEmpty());
        page.driver().findElement(button).click();
    }

    private Object curve(String what) {
        return page.script("return document.querySelector('headlight-training-curve').data." + what);
    }

    private WebElement slider() {
        return page.driver().findElement(By.id("training")).getShadowRoot().findElement(By.cssSelector("input"));
    }

    private void fill(String id, String value) {
        WebElement input = page.driver().findElement(By.cssSelector("#" + id + " input"));
        input.sendKeys(Keys.chord(Keys.CONTROL, "a"), Keys.DELETE);
        input.sendKeys(value, Keys.TAB);
        page.settle();
    }
}
