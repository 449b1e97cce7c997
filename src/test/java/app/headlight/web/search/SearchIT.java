package app.headlight.web.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import app.headlight.browser.BrowserTest;
import app.headlight.browser.ExplorePage;
import app.headlight.engine.circuits.Edge;
import app.headlight.engine.circuits.EdgeEffects;
import app.headlight.engine.circuits.EdgeTask;
import app.headlight.services.lab.Laboratory;
import app.headlight.services.models.ModelLibrary;
import app.headlight.services.models.OpenModel;
import app.headlight.services.search.CircuitSearch;
import app.headlight.services.search.CircuitSearch.Method;
import app.headlight.services.search.CircuitSearch.Results;
import app.headlight.web.pairs.ReadPairs;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.springframework.beans.factory.annotation.Autowired;

/** The page of circuit search, in a real browser. */
class SearchIT extends BrowserTest {

    private static final String VIEW = "search?model=storybook-2l&pairs=4";

    @Autowired
    private ModelLibrary library;

    @Autowired
    private Laboratory lab;

    @Test
    void theEdgesAndCurvesAreThoseOfTheSearch() {
        open(VIEW + "&method=eap_ig");
        OpenModel model = library.open("storybook-2l").orElseThrow();
        ReadPairs pairs =
                ReadPairs.of(model, SearchState.FIRST.with(SearchState.PAIRS, 4).pairs(), EdgeTask.Measure.LOGIT_DIFF);
        Results results = lab.get(new CircuitSearch(lab).results(model, pairs.set(), List.of(Method.values())));
        EdgeEffects effects = results.by().get(Method.EAP_IG).effects();
        List<Edge> strongest = effects.strongest();
        for (int i = 0; i < 5; i++) {
            String edge = "document.getElementById('edge-graph').data.edges[" + i + "]";
            assertThat(page.script("return " + edge + ".name"))
                    .isEqualTo(strongest.get(i).toString());
            assertThat(((Number) page.script("return " + edge + ".effect")).doubleValue())
                    .isCloseTo(effects.of().get(strongest.get(i)), within(1e-6));
        }
        double heldOut = results.by()
                .get(Method.EAP_IG)
                .heldOut()
                .strongest()
                .points()
                .get(3)
                .faithfulness()
                .mean();
        assertThat(((Number) page.script("return document.getElementById('faithfulness').data.lines"
                                + ".find(line => line.label === 'EAP-IG, held out').means[3]"))
                        .doubleValue())
                .isCloseTo(heldOut, within(1e-6));
        assertThat(page.text("circuit-words")).contains("of 81 edges by EAP-IG", "that the method has not seen");
        assertThat(page.script("return document.getElementById('pairs-table').data.rows.length"))
                .isEqualTo(4L);
        assertThat(page.complaints()).isEmpty();
    }

    @Tag("nightly")
    @Test
    void anotherMethodNumberAndEdgeAreInTheAddressAndGoneByBack() {
        open(VIEW);
        page.inside("method").findElements(By.cssSelector("label")).get(2).click();
        page.untilAddress("method=eap_ig");
        page.script(
                "const slider = document.getElementById('edge-graph').shadowRoot.querySelector('input');slider.value ="
                        + " 4; slider.dispatchEvent(new Event('input')); slider.dispatchEvent(new Event('change'));");
        page.untilAddress("kept=4");
        page.until("it says so", () -> page.text("circuit-words").startsWith("The 4 strongest of 81 edges by EAP-IG"));
        page.inside("edge-graph").findElement(By.cssSelector(".scroll")).sendKeys(Keys.ARROW_RIGHT, Keys.ENTER);
        page.untilAddress("edge=");
        page.until(
                "it is told",
                () -> page.text("circuit").contains("patching it alone is estimated to move the logit difference by"));
        page.driver().navigate().back();
        page.until("no edge", () -> !page.address().contains("edge="));
        page.until("its words are gone", () -> page.text("circuit").contains("Click an edge"));
        page.driver().navigate().back();
        page.until("the number that the page chose", () -> !page.address().contains("kept="));
        page.driver().navigate().back();
        page.until("exact again", () -> page.text("circuit-words").contains("by exact"));
    }

    @Test
    void acdcKeepsFewerEdgesByAHigherThreshold() {
        open(VIEW + "&method=acdc&threshold=0.7");
        OpenModel model = library.open("storybook-2l").orElseThrow();
        SearchState asked =
                SearchState.FIRST.with(SearchState.MODEL, "storybook-2l").with(SearchState.PAIRS, 4);
        ReadPairs pairs = ReadPairs.of(model, asked.pairs(), asked.get(SearchState.METRIC));
        assertThat(drawn()).isEqualTo(kept(model, pairs, 0.7));
        assertThat(page.text("circuit-words"))
                .startsWith("The " + kept(model, pairs, 0.7) + " strongest of 81 edges by ACDC keep");
        page.driver()
                .findElement(By.cssSelector("#threshold input"))
                .sendKeys(Keys.chord(Keys.CONTROL, "a"), "2", Keys.ENTER);
        page.untilAddress("threshold=2");
        page.until("fewer edges", () -> drawn() == kept(model, pairs, 2));
        assertThat(kept(model, pairs, 2)).isPositive().isLessThan(kept(model, pairs, 0.7));
        page.driver().navigate().back();
        page.until("as before", () -> drawn() == kept(model, pairs, 0.7));
        page.driver().get(page.root() + VIEW + "&method=acdc&threshold=-1");
        page.untilNotice("The address says threshold=-1, which is not a value of it; 0.1 is used.");
        assertThat(page.complaints()).isEmpty();
    }

    @Test
    void whatEapDoesNotSeeIsExplained() {
        open("search?model=induction-by-hand&pairs=2&method=eap");
        assertThat(page.text("circuit-words"))
                .contains("EAP hardly sees ", "whose patch moves the logit difference by", "saturated");
        open("search?model=induction-by-hand&pairs=2");
        assertThat(page.text("circuit-words")).doesNotContain("saturated");
    }

    /** As a finding shows it: without the page around it. */
    @Test
    void aCircuitWithItsGroupsStandsLiveInAFinding() {
        String groups = "&groups=" + ExplorePage.escaped("previous token heads:L0H0,L0H1");
        page.driver().get(page.root() + "embed?page=search&model=storybook-2l&pairs=4&kept=6" + groups);
        page.until("the graph", this::isDrawn);
        assertThat(page.script("return document.getElementById('edge-graph').shadowRoot.textContent")
                        .toString())
                .contains("previous token");
        assertThat(page.driver().findElements(By.id("group"))).isEmpty();
        assertThat(page.driver().findElement(By.id("open-in-headlight")).getAttribute("href"))
                .contains("search?", "groups=");
        assertThat(page.complaints()).isEmpty();
    }

    @Test
    void groupsAndTasksAreNamedAndComeBack() {
        signIn("Ada");
        open(VIEW + "&kept=6&seed=3");
        page.driver().findElement(By.cssSelector("#group-nodes input")).sendKeys("L0H0, L0H9");
        page.driver().findElement(By.cssSelector("#group-name input")).sendKeys("previous token heads");
        page.driver().findElement(By.id("group")).click();
        page.untilAddress("groups=");
        page.untilNotice("The address groups L0H9, which storybook-2l does not have.");
        page.until(
                "the group in the graph",
                () -> page.script("return document.getElementById('edge-graph').shadowRoot.textContent")
                        .toString()
                        .contains("previous token"));
        page.driver().findElement(By.cssSelector("#task-name input")).sendKeys("third pairs");
        page.driver().findElement(By.id("save-task")).click();
        page.until("it is saved", () -> page.text("saved-tasks").contains("third pairs"));
        page.driver().navigate().refresh();
        page.until("the graph", this::isDrawn);
        page.until("it is chosen", () -> page.text("saved-tasks").contains("third pairs"));
        page.driver().findElement(By.id("delete-task")).click();
        page.until(
                "it is gone",
                () -> !page.driver().findElement(By.id("saved-tasks")).isDisplayed());
        assertThat(page.complaints()).isEmpty();
    }

    private long drawn() {
        return ((Number) page.script("return document.getElementById('edge-graph').data.edges.length")).longValue();
    }

    private long kept(OpenModel model, ReadPairs pairs, double threshold) {
        return lab.get(new CircuitSearch(lab).acdc(model, pairs.set(), threshold)).effects().of().values().stream()
                .filter(effect -> effect != 0)
                .count();
    }

    @Tag("nightly")
    @Test
    void anEdgeLeadsToItsMapAndANodeToItsHead() {
        open(VIEW + "&edge=" + ExplorePage.escaped("L0H0->L1H3.k"));
        page.driver().findElement(By.linkText("See its map on the first pair")).click();
        page.untilAddress("patch=edge");
        page.until(
                "the map",
                () -> page.script("return !!document.getElementById('patching-map')?.data?.values") == Boolean.TRUE);
        page.driver().navigate().back();
        page.until("the graph", this::isDrawn);
        page.script("document.getElementById('edge-graph').dispatchEvent("
                + "new CustomEvent('node-select', { detail: { node: 'L1H3' } }))");
        page.untilAddress("heads=L1H3");
        page.untilDrawn();
    }

    @Tag("nightly")
    @Test
    void pairsOfOnesOwnAreReadOrRefusedByTheirRow() {
        page.driver().get(page.root() + "search?model=storybook-2l&task=own");
        page.untilNotice("Write a pair a row");
        say("The king,The king,a");
        page.untilNotice("Row 1 has 3 fields; expected four");
        say("The king said,The king,·the,·a");
        page.untilNotice("Pair 1: the sentences have");
        say("\"The king\",\"The dog\",·the,·the");
        page.untilNotice("are one token");
        say("\"The king\",\"The dog\",·the,qqqqzz");
        page.untilNotice("Pair 1: “qqqqzz” is not one token");
        say("\"The king\",\"The dog\",·the,·a");
        page.until("the graph", this::isDrawn);
        assertThat(page.text("circuit-words")).doesNotContain("not seen"); // one pair has no half that is held out
        page.driver().navigate().refresh();
        page.until("the same pair", this::isDrawn);
        assertThat(page.script("return document.getElementById('own').value"))
                .isEqualTo("\"The king\",\"The dog\",·the,·a");
        page.driver().findElement(By.cssSelector("#own textarea")).sendKeys(Keys.END, "n");
        page.inside("metric").findElements(By.cssSelector("label")).get(1).click();
        page.untilAddress("metric=kl");
        page.until("the graph", this::isDrawn);
        assertThat(page.script("return document.getElementById('own').value"))
                .as("what is being typed stays")
                .isEqualTo("\"The king\",\"The dog\",·the,·an");
    }

    @Tag("nightly")
    @Test
    void whatIsLeftOutIsSaid() {
        page.driver().get(page.root() + "search?model=storybook-2l&pairs=99");
        page.untilNotice("“pairs” is 99; expected 1 to 64");
        open(VIEW + "&metric=kl");
        page.untilNotice("EAP is left out");
        open("search?model=storybook-2l&task=two_names");
        page.untilNotice("This model's words make no more than 1 of these pairs, not 8.");
        page.driver().get(page.root() + "search?model=storybook-0l&pairs=2"); // which sees no token but the last
        page.untilNotice("On 2 of 2 pairs the clean and the corrupt run are alike");
        page.untilText("circuit-words", "there is no behaviour to search for");
        page.driver().get(page.root() + "search?model=gone");
        page.until(
                "it says so",
                () -> page.driver()
                        .findElement(By.tagName("main"))
                        .getText()
                        .contains("No model “gone” is stored here"));
        assertThat(page.complaints())
                .as("the browser notes the answer")
                .allMatch(complaint -> complaint.contains("status of 404"));
    }

    @Test
    void theFaithfulnessOfTheCircuitBecomesAClaimThatIsMeasured() {
        String circuit = "search?model=induction-by-hand&pairs=4";
        open(circuit);
        assertThat(page.driver().findElements(By.cssSelector("#circuit-words .hl-claim-this")))
                .as("strangers claim nothing")
                .isEmpty();
        signIn("Ada");
        open(circuit + "&task=own&own="
                + ExplorePage.escaped(
                        "the cat saw the, the dog saw the, cat, dog\nthe dog saw the, the cat saw the, dog, cat"));
        page.untilText("circuit-words", "No claim can be made of it: a claim is measured on pairs that are drawn anew");
        open(circuit);
        String words = page.text("circuit-words");
        double seen = Double.parseDouble(words.replaceFirst("(?s).*? keeps? ([0-9.]+).*", "$1"));
        page.driver()
                .findElement(By.cssSelector("#circuit-words .hl-claim-this"))
                .click();
        page.until("the form", () -> claimed().startsWith("circuit(induction, logit_diff, "));
        String claim = claimed();
        assertThat(claim.split("->")).as("the edges that are drawn").hasSize((int) kept() + 1);
        assertThat(Double.parseDouble(claim.substring(claim.indexOf('≥') + 1).strip()))
                .isBetween(0.8 * seen, seen);
        page.driver().findElement(By.cssSelector("#annotate #title input")).sendKeys("The whole of it");
        page.driver().findElement(By.cssSelector("#annotate #confidence input")).sendKeys("80");
        page.driver().findElement(By.id("save-finding")).click();
        page.until(
                "it is saved",
                () -> !page.driver().findElements(By.cssSelector(".hl-saved a")).isEmpty());
        page.script("document.querySelector('.hl-saved a').click()");
        page.untilText("claims-panel", "✓ holds");
    }

    private String claimed() {
        return String.valueOf(page.script("return document.querySelector('#annotate #claims')?.value ?? ''"));
    }

    private long kept() {
        return ((Number) page.script("return document.getElementById('edge-graph').kept")).longValue();
    }

    private void say(String pairs) {
        page.driver()
                .findElement(By.cssSelector("#own textarea"))
                .sendKeys(Keys.chord(Keys.CONTROL, "a"), Keys.DELETE, pairs);
        page.driver().findElement(By.id("use-own")).click();
        page.settle();
    }

    private void open(String address) {
        page.driver().get(page.root() + address);
        page.until("the graph", this::isDrawn);
        page.settle();
    }

    private boolean isDrawn() {
        return page.script(
                        "return document.getElementById('edge-graph')?.shadowRoot?.querySelectorAll('path').length > 0")
                == Boolean.TRUE;
    }
}
