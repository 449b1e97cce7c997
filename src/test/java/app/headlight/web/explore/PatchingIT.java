package app.headlight.web.explore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import app.headlight.browser.BrowserTest;
import app.headlight.browser.ExplorePage;
import app.headlight.engine.circuits.Edge;
import app.headlight.engine.circuits.EdgeCurve;
import app.headlight.engine.circuits.EdgeEffects;
import app.headlight.engine.circuits.EdgeTask;
import app.headlight.engine.circuits.PatchingMap;
import app.headlight.engine.circuits.PatchingMap.By;
import app.headlight.engine.circuits.PatchingMap.Metric;
import app.headlight.engine.circuits.StreamReader;
import app.headlight.engine.circuits.StreamWriter;
import app.headlight.engine.transformer.Config;
import app.headlight.engine.transformer.Progress;
import app.headlight.engine.transformer.Run;
import app.headlight.engine.transformer.Site.Kind;
import app.headlight.services.models.ModelLibrary;
import app.headlight.services.models.OpenModel;
import app.headlight.services.models.TokenNames;
import app.headlight.web.pairs.ReadPairs;
import app.headlight.web.view.AskedPairs;
import app.headlight.web.view.ViewState;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.springframework.beans.factory.annotation.Autowired;

/** Patching one sentence into another, in a real browser. */
class PatchingIT extends BrowserTest {

    private static final String VIEW = "explore?model=storybook-2l&heads=L1H3&dest=20&src=9&tab=patching";
    private static final int AUNTS = 9; // the position of ·Mary

    @Autowired
    private ModelLibrary library;

    @Test
    void aSecondSentenceIsOfferedAndEveryPatchIsShown() {
        page.open(VIEW);
        page.driver().findElement(org.openqa.selenium.By.id("patch-another")).click();
        page.untilAddress("other=");
        String other = page.parameters().get("other");
        Run clean = run(ViewState.FIRST_SENTENCE);
        Run corrupt = run(other);
        assertThat(corrupt.length()).isEqualTo(clean.length());
        for (int t = 0; t < clean.length(); t++) {
            assertThat(corrupt.tokens()[t] == clean.tokens()[t]).isEqualTo(t != AUNTS);
        }
        Metric metric = new Metric(20, clean.tokens()[AUNTS], corrupt.tokens()[AUNTS]);
        PatchingMap byPosition = map(corrupt, clean, Kind.RESID_PRE, By.POSITION, metric);
        isShown(byPosition, 1);
        assertThat(words())
                .contains("They differ at 9 (·Mary | ")
                .contains(String.format(Locale.ROOT, "+%.2f in the first", byPosition.other()));
        // The whole difference stands at the token that differs before the layers, and at the last one after them.
        assertThat(byPosition.recovered(byPosition.places().get(AUNTS))).isCloseTo(1, within(1e-6));

        page.driver().get(page.address() + "&patch=result&by=head_position");
        page.untilDrawn();
        isShown(map(corrupt, clean, Kind.RESULT, By.HEAD_POSITION, metric), 4);
        page.driver().get(page.address().replace("by=head_position", "direction=noise"));
        page.untilDrawn();
        isShown(map(clean, corrupt, Kind.RESULT, By.HEAD, metric), 4);
    }

    @Test
    void aCellIsToldAndKeptAsAnEditOfTheRunThatWasPatched() {
        String other = "Uncle Henry and Aunt P came home. Then Uncle Henry and Aunt";
        page.open(VIEW + "&patch=result&row=1&column=3&other=" + ExplorePage.escaped(other));
        Run clean = run(ViewState.FIRST_SENTENCE);
        Run corrupt = run(other);
        Metric metric = new Metric(20, clean.tokens()[AUNTS], corrupt.tokens()[AUNTS]);
        PatchingMap map = map(corrupt, clean, Kind.RESULT, By.HEAD, metric);
        isShown(map, 1);
        assertThat(page.words("patching-cell"))
                .startsWith("What L1H3 writes, taken from the first sentence, moves the difference from")
                .contains(String.format(
                        Locale.ROOT,
                        "%.1f %% of the way",
                        100 * map.recovered(map.places().get(7))));
        page.driver().findElement(org.openqa.selenium.By.id("patching-keep")).click();
        page.untilAddress("edits=patch");
        assertThat(page.parameters()).containsEntry("text", other).containsEntry("other", ViewState.FIRST_SENTENCE);
        page.until("its effect", () -> page.text("edits-effect").contains("L1H3 taken from another run"));
        page.driver().navigate().back();
        page.until("the first sentence again", () -> page.sentence().equals(ViewState.FIRST_SENTENCE));
        isShown(map, 1);
    }

    @Test
    void everyEdgeIsShownAndKeptAsAnEdit() {
        String other = "Uncle Henry and Aunt P came home. Then Uncle Henry and Aunt";
        page.open(VIEW + "&patch=edge&direction=noise&row=1&column=22&other=" + ExplorePage.escaped(other));
        Run clean = run(ViewState.FIRST_SENTENCE);
        Run corrupt = run(other);
        Metric metric = new Metric(20, clean.tokens()[AUNTS], corrupt.tokens()[AUNTS]);
        Config config = model().config();
        EdgeTask task = new EdgeTask(model().transformer(), clean, corrupt, metric, EdgeTask.Measure.LOGIT_DIFF);
        Map<Edge, Double> effects = EdgeEffects.exact(task, Progress.UNWATCHED).of();
        List<StreamWriter> writers = StreamReader.LOGITS.writers(config);
        List<StreamReader> readers = StreamReader.all(config);
        page.until("the map of edges", () -> {
            ByteBuffer shown = shown();
            if (shown.remaining() != 4 * writers.size() * readers.size()) {
                return false;
            }
            for (StreamWriter writer : writers) {
                for (StreamReader reader : readers) {
                    Double effect = effects.get(new Edge(writer, reader));
                    double share = effect == null ? Double.NaN : effect / (task.corruptMetric() - task.cleanMetric());
                    float value = shown.getFloat();
                    if (effect == null ? !Float.isNaN(value) : Math.abs(value - share) > 1e-4) {
                        return false;
                    }
                }
            }
            return true;
        });
        assertThat(readers.get(22)).hasToString("L1H3.k");
        page.until(
                "circuits of the strongest edges",
                () -> page.script("return document.getElementById('circuit-table')?.data?.rows?.length")
                        .equals(9L)); // 0, 1, 2, 4, … 64, and all 81
        EdgeCurve curve = EdgeCurve.of(
                task,
                EdgeEffects.exact(task, Progress.UNWATCHED),
                EdgeCurve.Ranking.ABSOLUTE,
                List.of(8),
                Progress.UNWATCHED);
        assertThat(((Number) page.script("return document.getElementById('circuit-table').data.rows[4].cells[2]"))
                        .doubleValue())
                .isCloseTo(curve.points().getFirst().faithfulness(), within(1e-4));
        assertThat(page.words("patching-cell"))
                .startsWith(
                        "What L0H0 writes as read by the keys of L1H3 alone, taken from the second sentence, moves");
        page.driver().findElement(org.openqa.selenium.By.id("patching-keep")).click();
        page.untilAddress("writer%3DL0H0");
        page.until(
                "its effect",
                () -> page.text("edits-effect").contains("L1H3 keys with the part of L0H0 from another run"));
    }

    @Tag("nightly")
    @Test
    void aPairIsMadeFromTheWordsOfTheModel() {
        page.open(VIEW);
        ready("induction").click();
        page.untilAddress("other=");
        page.until("where they differ", () -> words().startsWith("They differ at 2 ("));
        int[] tokens = model().prompt(page.sentence()).tokens();
        assertThat(tokens).hasSize(9);
        assertThat(tokens[6]).isEqualTo(tokens[0]);
        assertThat(tokens[8]).isEqualTo(tokens[2]);
        assertThat(page.parameters().get("answer"))
                .isEqualTo(model().tokenizer().piece(tokens[3]).label());
        String before = page.sentence();
        assertThat(page.words("ready-missing")).contains("two names (the model prefers the right token in both");
        ready("number").click();
        page.until(
                "was or were",
                () -> words().startsWith("They differ at 4 (")
                        && words().contains("·were")
                        && words().contains("·was"));
        page.driver().navigate().back();
        page.until("the passage again", () -> page.sentence().equals(before));
    }

    private WebElement ready(String template) {
        page.until(
                "the pairs that the model knows",
                () -> page.driver()
                        .findElement(org.openqa.selenium.By.id("ready-" + template))
                        .isDisplayed());
        return page.driver().findElement(org.openqa.selenium.By.id("ready-" + template));
    }

    /** The map is the mean over the pairs; the table and the file hold the deviation too; a pair of them opens above. */
    @Test
    void severalPairsAreMappedTogether() {
        page.open("explore?model=storybook-2l&tab=patching&patch=result&set=induction&pairs=3&row=1&column=3");
        OpenModel model = model();
        ReadPairs pairs =
                ReadPairs.of(model, new AskedPairs(AskedPairs.Made.INDUCTION, 3, 1, ""), EdgeTask.Measure.LOGIT_DIFF);
        List<PatchingMap> maps = pairs.pairs().stream()
                .map(pair -> {
                    int[] clean = model.prompt(pair.clean()).tokens();
                    return map(
                            run(pair.corrupt()),
                            run(pair.clean()),
                            Kind.RESULT,
                            By.HEAD,
                            new Metric(
                                    clean.length - 1,
                                    TokenNames.id(model, pair.answer()),
                                    TokenNames.id(model, pair.wrong())));
                })
                .toList();
        double[] shares = maps.stream()
                .mapToDouble(map -> map.recovered(map.places().get(7)))
                .toArray();
        double mean = (shares[0] + shares[1] + shares[2]) / 3;
        double squares = 0;
        for (double share : shares) {
            squares += (share - mean) * (share - mean);
        }
        double deviation = Math.sqrt(squares / 2);
        page.until("the mean", () -> shown().remaining() == 32 && Math.abs(shown().getFloat(28) - mean) < 1e-5);
        page.until(
                "the cell in words",
                () -> page.text("patching-cell")
                        .contains(String.format(
                                Locale.ROOT, "%.1f %% ± %.1f %% of the way", 100 * mean, 100 * deviation)));
        assertThat(words()).startsWith("Over 3 pairs, the logit of the answer minus that of the wrong token is ");
        assertThat((Boolean) page.script("return document.getElementById('patching-map').data.more"
                        + ".map(({label}) => label).join() === 'standard deviation over 3 pairs,pairs'"))
                .isTrue();
        page.script("document.getElementById('patching-figure').shadowRoot.querySelectorAll('input')[1].click()");
        page.untilAddress("figure=spread");
        page.until("the spread", () -> Math.abs(shown().getFloat(28) - deviation) < 1e-5);

        page.script("document.getElementById('patching-pairs').shadowRoot.querySelectorAll('tbody tr')[1].click()");
        page.until(
                "the second pair above",
                () -> page.sentence().equals(pairs.pairs().get(1).clean()));
        assertThat(page.parameters())
                .containsEntry("other", pairs.pairs().get(1).corrupt())
                .containsEntry("set", "induction")
                .containsEntry("pairs", "3");
        page.until(
                "its edit",
                () -> page.driver()
                        .findElement(org.openqa.selenium.By.id("patching-keep"))
                        .isDisplayed());
    }

    @Tag("nightly")
    @Test
    void whatCannotBePatchedIsSaid() {
        page.open(VIEW + "&other=" + ExplorePage.escaped("Uncle Henry and Aunt Mary came"));
        page.until("the lengths", () -> words().contains("The sentences have 21 and 11 tokens"));
        assertThat(words()).contains("From position 11 on they read ·home").contains("and nothing more.");
        type("patch-other", ViewState.FIRST_SENTENCE);
        page.until("no difference", () -> words().contains("Both sentences have the same tokens."));
        page.driver()
                .get(page.root() + VIEW + "&answer=qqqqzzzz&other="
                        + ExplorePage.escaped("Uncle Henry and Aunt P came home. Then Uncle Henry and Aunt"));
        page.untilDrawn();
        page.until("the token", () -> words().contains("“qqqqzzzz” is not one token of this model."));
        page.driver().get(page.address().replace("&answer=qqqqzzzz", "&row=9&column=99"));
        page.untilDrawn();
        page.until("the cell", () -> page.text("patching-cell").contains("There is no cell at row=9 and column=99"));
    }

    private void type(String id, String text) {
        WebElement field = page.driver()
                .findElement(org.openqa.selenium.By.id(id))
                .findElement(org.openqa.selenium.By.cssSelector("input"));
        field.sendKeys(Keys.chord(Keys.CONTROL, "a"), text, Keys.ENTER);
    }

    /** Without the signs that keep a token's direction to itself. */
    private String words() {
        return page.words("patching-words").replaceAll("[\u2068\u2069]", "");
    }

    private OpenModel model() {
        return library.open("storybook-2l").orElseThrow();
    }

    private Run run(String text) {
        return model().transformer().run(model().prompt(text).tokens(), List.of());
    }

    private PatchingMap map(Run base, Run other, Kind kind, By by, Metric metric) {
        return PatchingMap.of(model().transformer(), base, other, kind, by, metric, Progress.UNWATCHED);
    }

    /** The figures of the map that is shown. */
    private ByteBuffer shown() {
        Object data = page.script("return document.getElementById('patching-map')?.data?.values ?? ''");
        return ByteBuffer.wrap(Base64.getDecoder().decode(data.toString())).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** @param heads that stand between one position and the next in a map by head and position; else 1 */
    private void isShown(PatchingMap map, int heads) {
        page.until("the map", () -> {
            ByteBuffer bytes = shown();
            int places = map.places().size();
            if (bytes.remaining() != 4 * places) {
                return false;
            }
            int length = map.places().getFirst().head() < 0
                            || map.places().getFirst().position() < 0
                    ? 1
                    : 21;
            for (int i = 0; i < places; i++) {
                int layer = i / (heads * length);
                int inLayer = i % (heads * length);
                int place = length == 1 ? i : layer * heads * length + inLayer % length * heads + inLayer / length;
                double expected = map.recovered(map.places().get(place));
                if (Math.abs(bytes.getFloat(4 * i) - expected) > 1e-5) {
                    return false;
                }
            }
            return true;
        });
    }
}
