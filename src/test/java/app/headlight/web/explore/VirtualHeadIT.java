package app.headlight.web.explore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import app.headlight.browser.BrowserTest;
import app.headlight.browser.ExplorePage;
import app.headlight.engine.circuits.Composition;
import app.headlight.engine.circuits.CompositionGraph;
import app.headlight.engine.circuits.LogitEffect;
import app.headlight.engine.circuits.Spectrum;
import app.headlight.engine.circuits.VirtualHead;
import app.headlight.engine.transformer.HeadId;
import app.headlight.engine.transformer.Run;
import app.headlight.engine.transformer.Transformer;
import app.headlight.services.models.ModelLibrary;
import app.headlight.services.models.OpenModel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.springframework.beans.factory.annotation.Autowired;

/** Several heads shown as one, in a real browser. */
class VirtualHeadIT extends BrowserTest {

    private static final String MARY = "When Mary and John went to the store, John gave a bag to Mary";
    private static final List<HeadId> PAIR = List.of(new HeadId(0, 0), new HeadId(1, 3));

    @Autowired
    private ModelLibrary library;

    @Test
    void aPairIsShownAsOneHeadWithTheEnginesFigures() {
        page.open("explore?model=storybook-2l&virtual=L0H0-L1H3&dest=12&src=5&text=" + ExplorePage.escaped(MARY));
        OpenModel open = library.open("storybook-2l").orElseThrow();
        Transformer model = open.transformer();
        Run run = open.transformer().run(open.prompt(MARY).tokens(), List.of());
        VirtualHead head = VirtualHead.of(model, PAIR);
        float weight = head.pattern(model, run).get(12, 5);
        assertThat(page.text("inspector"))
                .contains("L0H0 → L1H3 brings", "by way of")
                .contains(String.format(
                        Locale.ROOT,
                        "weight %.5f, of which %.5f by the strongest way",
                        weight,
                        head.strongestWay(run, 12, 5).weight()));
        assertThat(figure("pattern", 12, 5)).isEqualTo(weight);
        assertThat(figure("logit", 12, 5))
                .isCloseTo(LogitEffect.of(model, run).of(head).get(12, 5), within(1e-6f));
        assertThat(page.text("attention-view")).contains("L0H0 → L1H3");
        Spectrum spectrum = head.ovCircuit(model).spectrum();
        Object score = page.script("return document.querySelector('#circuit-tabs headlight-eigenvalues').data.score");
        assertThat(((Number) score).doubleValue()).isCloseTo(spectrum.score(), within(1e-9));
        page.openTab("QK circuit");
        page.untilText("circuit-tabs", "A virtual head has no QK circuit");
    }

    @Tag("nightly")
    @Test
    void threeLayersMakeVirtualHeadsOfThree() {
        page.open("explore?model=random-3l-standard&virtual=L0H1-L1H0-L2H1&text=4+9+4+30+12+9+1&dest=6&src=1");
        OpenModel open = library.open("random-3l-standard").orElseThrow();
        Run run = open.transformer().run(open.prompt("4 9 4 30 12 9 1").tokens(), List.of());
        VirtualHead head =
                VirtualHead.of(open.transformer(), List.of(new HeadId(0, 1), new HeadId(1, 0), new HeadId(2, 1)));
        assertThat(figure("pattern", 6, 1))
                .isEqualTo(head.pattern(open.transformer(), run).get(6, 1));
        assertThat(page.text("inspector")).contains("L0H1 → L1H0 → L2H1 brings", ", then ");
    }

    @Tag("nightly")
    @Test
    void itIsChosenBesideTheHeadsAndGivenUpForAHeadByItself() {
        page.open("explore?model=storybook-2l&heads=L1H3&text=" + ExplorePage.escaped(MARY));
        Transformer model = library.open("storybook-2l").orElseThrow().transformer();
        page.driver().findElement(By.id("virtual-head")).click();
        page.until("the choices", () -> choices().size() == 13);
        List<String> expected = new ArrayList<>(List.of("L1H3 by itself"));
        for (Composition kind : List.of(Composition.K, Composition.Q, Composition.V)) {
            CompositionGraph.of(model).between(kind).stream()
                    .filter(edge -> edge.readerName().equals("L1H3"))
                    .sorted(Comparator.comparingDouble(CompositionGraph.Edge::excess)
                            .reversed())
                    .forEach(edge -> expected.add(
                            String.format(Locale.ROOT, "%s: %s → L1H3 · %+.3f", kind, edge.writerName(), edge.excess())
                                    .replace('-', '−')));
        }
        assertThat(choices()).isEqualTo(expected);
        assertThat(expected.get(1)).as("an induction head's partner").startsWith("K: L0H0 → L1H3");
        String writer = expected.get(9).substring(3, 7);
        choice("V: " + writer).click();
        page.untilAddress("virtual=" + writer + "-L1H3");
        page.untilText("attention-view", "→ L1H3");
        page.pickHead(1, 2);
        page.until("a head by itself", () -> !page.address().contains("virtual="));
        assertThat(page.parameters()).containsEntry("heads", "L1H2");
    }

    @Test
    void anEdgeOfTheCompositionLeadsToIt() {
        CompositionGraph.Edge edge =
                CompositionGraph.of(library.open("storybook-2l").orElseThrow().transformer()).edges().stream()
                        .filter(each -> each.writer() != null && each.kind() == Composition.V)
                        .findFirst()
                        .orElseThrow();
        page.driver()
                .get(page.root() + "circuits?model=storybook-2l&edge=" + edge.writerName() + "-" + edge.kind() + "-"
                        + edge.readerName());
        page.until(
                "the link",
                () -> !page.driver()
                        .findElements(By.linkText("See it on a sentence"))
                        .isEmpty());
        page.driver().findElement(By.linkText("See it on a sentence")).click();
        page.untilDrawn();
        page.untilText("attention-view", edge.writerName() + " → " + edge.readerName());
        assertThat(page.parameters()).containsEntry("virtual", edge.writerName() + "-" + edge.readerName());
    }

    @Tag("nightly")
    @Test
    void whatIsNoVirtualHeadIsLeftOutWithANotice() {
        page.open("explore?model=storybook-2l&virtual=L1H3-L0H0");
        page.untilNotice("not a virtual head of storybook-2l");
        assertThat(page.parameters()).doesNotContainKey("virtual");
        page.open("explore?model=storybook-0l&virtual=L0H0-L1H0");
        page.untilNotice("not a virtual head of storybook-0l");
        assertThat(page.driver().findElements(By.id("virtual-head"))).isEmpty();
    }

    private WebElement choice(String start) {
        return page.driver().findElements(By.cssSelector("#virtual-head vaadin-select-item")).stream()
                .filter(item -> item.getText().startsWith(start))
                .findFirst()
                .orElseThrow();
    }

    private List<String> choices() {
        return page.driver().findElements(By.cssSelector("#virtual-head vaadin-select-item")).stream()
                .map(item -> item.getText())
                .filter(text -> !text.isBlank())
                .distinct()
                .toList();
    }

    private float figure(String what, int destination, int source) {
        Object figure = page.script("""
                const text = document.getElementById('attention-view').data.heads[0][arguments[0]];
                const bytes = Uint8Array.from(atob(text), c => c.charCodeAt(0));
                return new Float32Array(bytes.buffer)[arguments[1] * (arguments[1] + 1) / 2 + arguments[2]];
                """, what, destination, source);
        return ((Number) figure).floatValue();
    }
}
