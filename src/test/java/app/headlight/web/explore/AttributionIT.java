package app.headlight.web.explore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import app.headlight.browser.BrowserTest;
import app.headlight.browser.ExplorePage;
import app.headlight.engine.circuits.LogitAttribution;
import app.headlight.engine.circuits.LogitDirection;
import app.headlight.engine.circuits.PatternGradient;
import app.headlight.engine.transformer.HeadId;
import app.headlight.engine.transformer.Run;
import app.headlight.engine.transformer.Transformer;
import app.headlight.services.models.ModelLibrary;
import app.headlight.services.models.OpenModel;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.springframework.beans.factory.annotation.Autowired;

/** What a logit and a log-probability are made of, head by head, and gradient × pattern, in a real browser. */
class AttributionIT extends BrowserTest {

    private static final String MARY = "When Mary and John went to the store, John gave a bag to Mary";
    private static final HeadId HEAD = new HeadId(1, 3);

    @Autowired
    private ModelLibrary library;

    @Tag("nightly")
    @Test
    void aLogProbabilityIsTakenApartAlongItsDirection() {
        open("explore?model=storybook-2l&tab=attribution&dest=10");
        WebElement kind = page.driver().findElement(By.cssSelector(".hl-tab-attribution headlight-segmented"));
        kind.getShadowRoot().findElement(By.cssSelector("label:nth-child(2)")).click();
        page.untilAddress("ask=log%20p%28");
        Run run = run();
        Transformer model = model().transformer();
        int next = run.tokens()[11];
        LogitDirection direction = LogitDirection.logProbability(model, run, 10, next);
        page.until(
                "the log-probability's paths",
                () -> String.valueOf(page.script("return document.getElementById('attribution').data.title"))
                        .startsWith("Direction of log p("));
        assertThat(number("return document.getElementById('attribution').data.model"))
                .isCloseTo(direction.value(), within(1e-6));
        assertThat(number("return document.getElementById('attribution').data.sum"))
                .isCloseTo(direction.value(), within(1e-4 * Math.max(1, Math.abs(direction.value()))));
        double logP = run.logits().get(10, next) - run.logSum()[10];
        assertThat(page.text("circuit-tabs"))
                .contains(String.format(Locale.ROOT, "log p is %.4f", logP).replace('-', '−'));
    }

    @Test
    void everyHeadsShareAndItsSourcesAreTheEngines() {
        open("explore?model=storybook-2l&tab=attribution&dest=10&heads=L1H3");
        Run run = run();
        Transformer model = model().transformer();
        LogitAttribution split =
                LogitAttribution.of(model, run, LogitDirection.logit(model, run, 10, run.tokens()[11]));
        LogitAttribution.HeadShare share = split.heads().get(7);
        assertThat(share.head()).isEqualTo(HEAD);
        page.until(
                "the heads",
                () -> page.script("return document.getElementById('attribution-by-head')?.data?.rows?.names?.length")
                        .equals(10L));
        // A row a head: first all sources, then each of the eleven.
        assertThat(cell("attribution-by-head", 7 * 12)).isCloseTo(share.value(), within(1e-5));
        assertThat(cell("attribution-by-head", 7 * 12 + 1 + 4)).isCloseTo(share.bySource()[4], within(1e-5));
        assertThat(page.text("circuit-tabs"))
                .contains(String.format(
                                Locale.ROOT,
                                "sum of heads, embedding, biases %.4f / model %.4f",
                                split.sum(),
                                split.direction().value())
                        .replace('-', '−'));
    }

    @Test
    void gradientTimesPatternIsOfTheLossOrOfWhatIsAskedAbout() {
        open("explore?model=storybook-2l&heads=L1H3&dest=none");
        page.inside("attention-view")
                .findElement(By.cssSelector("[aria-label='Lines show'] label:nth-child(4)"))
                .click();
        page.untilAddress("show=gradient");
        page.until(
                "the gradient",
                () -> page.script("return document.getElementById('attention-view').gradient?.of")
                        .equals("the mean loss of the sentence"));
        Run run = run();
        float ofLoss = PatternGradient.ofMeanLoss(model().transformer(), run)
                .weighted()
                .get(HEAD)
                .get(11, 5);
        assertThat(gradient(11, 5)).isCloseTo(ofLoss, within(1e-7));
        assertThat(ofLoss).isNotZero();
        open("explore?model=storybook-2l&heads=L1H3&dest=10&show=gradient&ask=%C2%B7Mary");
        page.until(
                "another gradient",
                () -> String.valueOf(page.script("return document.getElementById('attention-view').gradient?.of"))
                        .startsWith("log p(\u2068·Mary\u2069) after"));
        int mary = model().tokenizer().encode(" Mary")[0];
        float ofMary = PatternGradient.ofLogProbability(model().transformer(), run, 10, mary)
                .weighted()
                .get(HEAD)
                .get(10, 3);
        assertThat(gradient(10, 3)).isCloseTo(ofMary, within(1e-7));
        assertThat(gradient(12, 3)).as("what comes later has no part").isZero();
    }

    @Tag("nightly")
    @Test
    void aModelWithoutHeadsSaysThatAllOfItIsDirect() {
        page.open("explore?model=storybook-0l&tab=attribution&show=gradient&text=" + ExplorePage.escaped(MARY));
        page.untilText("circuit-tabs", "This model has no heads: all of it comes directly from the embedding.");
        assertThat(page.text("attention-view")).contains("no attention heads");
    }

    private void open(String address) {
        page.open(address + "&text=" + ExplorePage.escaped(MARY));
    }

    private OpenModel model() {
        return library.open("storybook-2l").orElseThrow();
    }

    private Run run() {
        return model().transformer().run(model().prompt(MARY).tokens(), List.of());
    }

    private double number(String script) {
        return ((Number) page.script(script)).doubleValue();
    }

    private double cell(String id, int index) {
        return ((Number) page.script("return document.getElementById(arguments[0]).values[arguments[1]]", id, index))
                .doubleValue();
    }

    private double gradient(int destination, int source) {
        return ((Number) page.script(
                        "return document.getElementById('attention-view').scene.heads[0].gradient[arguments[0]]",
                        destination * (destination + 1) / 2 + source))
                .doubleValue();
    }
}
