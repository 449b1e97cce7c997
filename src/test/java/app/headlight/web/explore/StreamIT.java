package app.headlight.web.explore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import app.headlight.browser.BrowserTest;
import app.headlight.browser.ExplorePage;
import app.headlight.engine.circuits.StreamReader;
import app.headlight.engine.circuits.StreamWriter;
import app.headlight.engine.residual.Bandwidth;
import app.headlight.engine.residual.Deletion;
import app.headlight.engine.transformer.HeadId;
import app.headlight.engine.transformer.Run;
import app.headlight.services.models.ModelLibrary;
import app.headlight.services.models.OpenModel;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.springframework.beans.factory.annotation.Autowired;

/** The pictures of the residual stream as a channel, in a real browser. */
class StreamIT extends BrowserTest {

    private static final String MARY = "When Mary and John went to the store, John gave a bag to Mary";

    @Autowired
    private ModelLibrary library;

    @Test
    void bandwidthIsTheEnginesAndTheAddressKeepsThePicture() {
        page.open("explore?model=storybook-2l&tab=residual&text=" + ExplorePage.escaped(MARY));
        pick(2);
        page.untilAddress("stream=bandwidth");
        page.until("the matrix", () -> rows("bandwidth-share").size() == 9);
        Bandwidth bandwidth = Bandwidth.of(open().transformer());
        Bandwidth.Channel channel = bandwidth.channels().stream()
                .filter(each -> each.writer().equals(StreamWriter.of(new HeadId(0, 2)))
                        && each.reader().equals(StreamReader.of(new HeadId(1, 3), StreamReader.Kind.K)))
                .findFirst()
                .orElseThrow();
        assertThat(cell("bandwidth-share", "L0H2", "L1H3 K")).isCloseTo(channel.share(), within(1e-6));
        assertThat(cell("bandwidth-overlap", "L0H2", "L1H3 K")).isCloseTo(channel.overlap(), within(1e-6));
        assertThat(cell("bandwidth-share", "embed", "unembed")).isCloseTo(1, within(1e-5));
        assertThat(cell("bandwidth-dimensions", "L1", "H3"))
                .isCloseTo(bandwidth.effectiveDimensions().get(StreamWriter.of(new HeadId(1, 3))), within(1e-4));
        assertThat(page.text("bandwidth-words"))
                .contains(String.format(Locale.ROOT, "would read %.3f", bandwidth.chance()));
    }

    @Test
    void deletionIsTheEnginesAndACellPicksItsHeadAndToken() {
        page.open(
                "explore?model=storybook-2l&tab=residual&stream=deletion&heads=L1H3&text=" + ExplorePage.escaped(MARY));
        page.until("the matrix", () -> rows("deletion-cosine").size() == 8);
        Run run = open().transformer().run(open().prompt(MARY).tokens(), List.of());
        Deletion head = Deletion.of(run).get(StreamWriter.of(new HeadId(1, 2)));
        assertThat(at("deletion-cosine", 6, 5)).isCloseTo(head.cosines()[5], within(1e-6));
        assertThat(at("deletion-removed", 6, 5)).isCloseTo(head.removed()[5], within(1e-6));
        Deletion most = Deletion.of(run).values().stream()
                .min((a, b) -> Double.compare(a.meanCosine(), b.meanCosine()))
                .orElseThrow();
        assertThat(page.text("deletion-words"))
                .contains(most.writer() + " ")
                .contains(String.format(Locale.ROOT, "%.4f", most.meanCosine()).replace('-', '−'));
        page.script("document.getElementById('deletion-cosine').dispatchEvent(new CustomEvent('cell-select',"
                + " {detail: {row: 6, column: 5}, bubbles: true, composed: true}))");
        page.untilAddress("dest=5");
        assertThat(page.parameters()).containsEntry("heads", "L1H2").containsEntry("stream", "deletion");
    }

    @Tag("nightly")
    @Test
    void aModelWithoutHeadsSaysWhatItsStreamDoes() {
        page.open("explore?model=storybook-0l&tab=residual&stream=bandwidth");
        page.untilText("bandwidth-words", "carries the embedding to the unembedding");
        pick(3);
        page.untilText("deletion-words", "nothing is deleted");
    }

    private OpenModel open() {
        return library.open("storybook-2l").orElseThrow();
    }

    private void pick(int which) {
        page.inside("stream-picture")
                .findElement(By.cssSelector("label:nth-child(" + which + ")"))
                .click();
    }

    @SuppressWarnings("unchecked")
    private List<String> rows(String id) {
        return (List<String>) page.script(
                "return (document.getElementById(arguments[0])?.data?.rows?.names ?? []).map(name => name.label)", id);
    }

    private double cell(String id, String row, String column) {
        return ((Number) page.script("""
                        const map = document.getElementById(arguments[0]);
                        const {rows, columns} = map.labels;
                        return map.values[rows.indexOf(arguments[1]) * columns.length + columns.indexOf(arguments[2])];
                        """, id, row, column)).doubleValue();
    }

    private double at(String id, int row, int column) {
        return ((Number) page.script(
                        "const map = document.getElementById(arguments[0]);"
                                + " return map.values[arguments[1] * map.data.columns.names.length + arguments[2]]",
                        id,
                        row,
                        column))
                .doubleValue();
    }
}
