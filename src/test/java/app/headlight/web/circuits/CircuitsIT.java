package app.headlight.web.circuits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import app.headlight.browser.BrowserTest;
import app.headlight.browser.ExplorePage;
import app.headlight.circuits.CompositionGraph;
import app.headlight.circuits.DetectorScores;
import app.headlight.circuits.LogitDirection;
import app.headlight.circuits.PathExpansion;
import app.headlight.circuits.RepeatedTokens;
import app.headlight.library.ModelLibrary;
import app.headlight.library.OpenModel;
import app.headlight.transformer.HeadId;
import app.headlight.transformer.Run;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.springframework.beans.factory.annotation.Autowired;

/** The page of circuits, and the tabs of Explore that take a logit and a head apart, in a real browser. */
class CircuitsIT extends BrowserTest {

    private static final String MARY = "When Mary and John went to the store, John gave a bag to Mary";

    @Autowired
    private ModelLibrary library;

    @Test
    void scoresAndCompositionAreTheEngines() {
        open("circuits?model=storybook-2l");
        OpenModel model = library.open("storybook-2l").orElseThrow();
        DetectorScores scores = DetectorScores.of(model.transformer(), RepeatedTokens.of(model.config()))
                .get(new HeadId(1, 3));
        assertThat((Double) data("head-table", "rows.find(r => r.head == 'L1H3').values[2]"))
                .isCloseTo(scores.induction(), within(1e-9));
        CompositionGraph.Edge strongest = CompositionGraph.of(model.transformer()).edges().stream()
                .filter(edge -> edge.writer() != null && edge.reader() != null)
                .max((a, b) -> Double.compare(a.excess(), b.excess()))
                .orElseThrow();
        String edge = strongest.writerName() + "-" + strongest.kind() + "-" + strongest.readerName();
        open("circuits?model=storybook-2l&edge=" + edge);
        assertThat(page.text("composition")).contains(String.format("norm ratio %.4f", strongest.raw()));
        page.until(
                "the virtual head's eigenvalues",
                () -> data("eigenvalues", "values.length")
                        .equals((long) model.config().dHead()));
    }

    @Test
    void aHeadAndATokenAreAskedAboutAndTheAddressKeepsThem() {
        open("circuits?model=storybook-2l&head=L1H3");
        page.until("skip-trigrams", () -> (Long) data("trigram-table", "rows.length") > 10);
        page.script("document.querySelector('headlight-trigram-table').dispatchEvent(new CustomEvent('token-select',"
                + " {detail: {token: 300, role: 'source'}, bubbles: true, composed: true}))");
        page.untilAddress("token=300");
        page.until(
                "bugs are among them",
                () -> data("trigram-table", "rows.some(r => r.bug)").equals(true));
        page.driver().navigate().back();
        page.until("back", () -> !page.address().contains("token="));
    }

    @Test
    void aModelWithoutLayersSaysWhatItHas() {
        open("circuits?model=storybook-0l");
        assertThat(page.text("head-scores")).contains("has no heads");
        assertThat((Long) data("ranked-tokens", "rows.length")).isPositive();
        open("circuits?model=nobody&head=L9H9");
        assertThat(page.notices()).anyMatch(notice -> notice.contains("not stored"));
    }

    @Test
    void aLogitOpensIntoPathsWhoseSumIsTheModels() {
        page.open("explore?model=storybook-2l&tab=attribution&dest=10&text=" + ExplorePage.escaped(MARY));
        page.until("the paths", () -> data("path-bars", "paths.length").equals(1L + 8 + 16 + 1));
        OpenModel model = library.open("storybook-2l").orElseThrow();
        int[] tokens = model.prompt(MARY).tokens();
        Run run = library.run(model, tokens, List.of());
        PathExpansion paths = PathExpansion.of(
                model.transformer(), run, LogitDirection.logit(model.transformer(), run, 10, tokens[11]));
        assertThat(((Number) data("path-bars", "sum")).doubleValue()).isCloseTo(paths.sum(), within(1e-9));
        assertThat(((Number) data("path-bars", "model")).doubleValue())
                .isCloseTo(run.logits().get(10, tokens[11]), within(1e-4));
    }

    @Test
    void aHeadIsDrawnStepByStep() {
        page.open("explore?model=storybook-2l&tab=steps&heads=L1H3&dest=12&text=" + ExplorePage.escaped(MARY));
        page.until("the drawing", () -> data("circuit-diagram", "head").equals("L1H3"));
        OpenModel model = library.open("storybook-2l").orElseThrow();
        Run run = library.run(model, model.prompt(MARY).tokens(), List.of());
        Object source = data("circuit-diagram", "sources[0].index");
        assertThat(((Number) data("circuit-diagram", "sources[0].weight")).floatValue())
                .isEqualTo(run.pattern(new HeadId(1, 3)).get(12, ((Number) source).intValue()));
    }

    private void open(String address) {
        page.driver().get(page.root() + address);
        page.until(
                "the page",
                () -> !page.driver().findElements(By.id("bigrams")).isEmpty()
                        && !data("ranked-tokens", "title").equals(""));
        page.settle();
    }

    private Object data(String component, String what) {
        return page.script("return document.querySelector('headlight-" + component + "')?.data?." + what);
    }
}
