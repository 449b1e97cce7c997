package app.headlight.web.circuits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import app.headlight.browser.BrowserTest;
import app.headlight.browser.ExplorePage;
import app.headlight.engine.circuits.Bigrams;
import app.headlight.engine.circuits.CompositionGraph;
import app.headlight.engine.circuits.DetectorScores;
import app.headlight.engine.circuits.LogitDirection;
import app.headlight.engine.circuits.OvCircuit;
import app.headlight.engine.circuits.PathExpansion;
import app.headlight.engine.circuits.QkCircuit;
import app.headlight.engine.circuits.RepeatedTokens;
import app.headlight.engine.circuits.SkipTrigrams;
import app.headlight.engine.circuits.TermImportance;
import app.headlight.engine.tensor.TopK;
import app.headlight.engine.training.TextFigures;
import app.headlight.engine.transformer.HeadId;
import app.headlight.engine.transformer.Run;
import app.headlight.services.models.ModelLibrary;
import app.headlight.services.models.OpenModel;
import app.headlight.web.words.TokenText;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Tag;
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
                () -> ofId("virtual-eigenvalues", "values.length")
                        .equals((long) model.config().dHead()));
        // As a matrix: the same figure stands in its cell.
        open("circuits?model=storybook-2l&drawn=k&edge=" + edge);
        int row = ((Number) ofId(
                        "composition-matrix",
                        "rows.names.findIndex(name => name.label === '" + strongest.writerName() + "')"))
                .intValue();
        int column = ((Number) ofId(
                        "composition-matrix",
                        "columns.names.findIndex(name => name.label === '" + strongest.readerName() + "')"))
                .intValue();
        int columns = ((Number) ofId("composition-matrix", "columns.names.length")).intValue();
        float[] values = floats((String) ofId("composition-matrix", "values"));
        assertThat(values[row * columns + column]).isEqualTo((float) strongest.excess());
    }

    @Test
    void theSelectedHeadsEigenvaluesAreTheEngines() {
        open("circuits?model=storybook-2l&head=L1H1");
        OpenModel model = library.open("storybook-2l").orElseThrow();
        HeadId head = new HeadId(1, 1);
        assertThat(((Number) ofId("qk-eigenvalues", "score")).doubleValue())
                .isCloseTo(QkCircuit.of(model.transformer(), head).spectrum().score(), within(1e-3));
        assertThat(((Number) ofId("ov-eigenvalues", "score")).doubleValue())
                .isCloseTo(OvCircuit.of(model.transformer(), head).spectrum().score(), within(1e-3));
        assertThat(ofId("ov-eigenvalues", "values.length"))
                .isEqualTo((long) model.config().dHead());
    }

    @Test
    void aTextIsMeasuredByTermsAndHeadsAndTheAddressKeepsIt() {
        open("circuits?model=storybook-2l");
        page.script(
                "const area = document.querySelector('#on-a-text vaadin-text-area');"
                        + " area.value = arguments[0]; area.dispatchEvent(new Event('change'))",
                MARY);
        page.settle();
        page.driver()
                .findElement(By.xpath("//*[@id='on-a-text']//vaadin-button[contains(., 'Measure this text')]"))
                .click();
        page.untilAddress("on=text");
        page.until("the terms", () -> ofId("orders", "rows.length").equals(4L));
        OpenModel model = library.open("storybook-2l").orElseThrow();
        int[] tokens = model.prompt(MARY).tokens();
        TermImportance terms =
                TermImportance.of(model.transformer(), model.transformer().run(tokens));
        for (int order = 0; order <= 2; order++) {
            assertThat(((Number) ofId("orders", "rows[" + order + "].cells[1]")).doubleValue())
                    .isCloseTo(terms.meanLossByOrder().get(order), within(1e-6));
        }
        double last = ((Number) ofId("marginal-effects", "rows.find(r => r.head == 'L1H3').values[1]")).doubleValue();
        assertThat(last).isCloseTo(terms.heads().get(new HeadId(1, 3)).last(), within(1e-6));
        float[] loss = floats((String) ofId("loss-by-position", "series[0].values"));
        assertThat(loss).hasSize(tokens.length - 1);
        assertThat(loss[3]).isEqualTo((float) model.transformer().run(tokens).loss()[3]);
        String address = page.address();
        page.driver().get(address);
        page.until("the terms once more", () -> ofId("orders", "rows.length").equals(4L));
    }

    @Tag("nightly")
    @Test
    void aModelsOwnValidationTextIsMeasured() {
        open("circuits?model=storybook-0l&on=unseen");
        page.until("the terms", () -> ofId("orders", "rows.length").equals(2L));
        assertThat(page.text("on-a-text")).contains("4,096 tokens in 16 windows");
        open("circuits?model=storybook-2l-torch&on=unseen");
        page.until("what is missing is said", () -> page.text("on-a-text").contains("Nothing is kept of the text"));
    }

    @Test
    void oneLayerShowsSourcesAndBigramsStandBesideTheText() {
        open("circuits?model=storybook-1l&head=L0H2&find=the");
        OpenModel model = library.open("storybook-1l").orElseThrow();
        SkipTrigrams circuit = SkipTrigrams.of(model.transformer(), new HeadId(0, 2));
        page.until("the sources", () -> (Long) table("sources", "rows.length") > 10);
        int source = Integer.parseInt((String) table("sources", "rows[0].id"));
        SkipTrigrams.Source expected = circuit.from(source, 1);
        assertThat(((Number) table("sources", "rows[0].cells[3]")).floatValue())
                .isEqualTo(expected.destinations().getFirst().value());
        assertThat((String) table("sources", "rows[0].cells[2]"))
                .startsWith(TokenText.of(model.tokenizer()
                        .piece(expected.outputs().getFirst().index())
                        .label()));
        int the = model.prompt("the").tokens()[0];
        int next = TopK.largest(Bigrams.of(model.transformer()).after(the), 1)
                .getFirst()
                .index();
        TextFigures text = library.textFigures(model.stored()).orElseThrow();
        assertThat(((Number) table("bigrams", "rows[0].cells[4]")).doubleValue())
                .isEqualTo(text.share(the, next));
        assertThat(text.share(the, next)).isGreaterThan(0.01);
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

    @Tag("nightly")
    @Test
    void aModelWithoutLayersSaysWhatItHas() {
        open("circuits?model=storybook-0l");
        assertThat(page.text("head-scores")).contains("has no heads");
        assertThat((Long) table("bigrams", "rows.length")).isPositive();
        open("circuits?model=storybook-0l&step=7");
        page.untilNotice("step 7");
    }

    @Test
    void aLogitOpensIntoPathsWhoseSumIsTheModels() {
        page.open("explore?model=storybook-2l&tab=attribution&dest=10&text=" + ExplorePage.escaped(MARY));
        page.until("the paths", () -> data("path-bars", "paths.length").equals(1L + 8 + 16 + 1));
        OpenModel model = library.open("storybook-2l").orElseThrow();
        int[] tokens = model.prompt(MARY).tokens();
        Run run = model.transformer().run(tokens, List.of());
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
        Run run = model.transformer().run(model.prompt(MARY).tokens(), List.of());
        Object source = data("circuit-diagram", "sources[0].index");
        assertThat(((Number) data("circuit-diagram", "sources[0].weight")).floatValue())
                .isEqualTo(run.pattern(new HeadId(1, 3)).get(12, ((Number) source).intValue()));
    }

    private void open(String address) {
        page.driver().get(page.root() + address);
        page.until(
                "the page",
                () -> !page.driver().findElements(By.id("bigrams")).isEmpty()
                        && !table("bigrams", "name").equals(""));
        page.settle();
    }

    private Object data(String component, String what) {
        return page.script("return document.querySelector('headlight-" + component + "')?.data?." + what);
    }

    private Object ofId(String id, String what) {
        return page.script("return document.getElementById('" + id + "')?.data?." + what);
    }

    private Object table(String panel, String what) {
        return page.script("return document.querySelector('#" + panel + " headlight-figure-table')?.data?." + what);
    }

    private static float[] floats(String base64) {
        ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(base64)).order(ByteOrder.LITTLE_ENDIAN);
        float[] values = new float[bytes.remaining() / 4];
        bytes.asFloatBuffer().get(values);
        return values;
    }
}
