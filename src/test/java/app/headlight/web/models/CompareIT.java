package app.headlight.web.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import app.headlight.browser.BrowserTest;
import app.headlight.engine.residual.EmbeddingComparison;
import app.headlight.engine.residual.EmbeddingComparison.Change;
import app.headlight.engine.residual.EmbeddingComparison.Space;
import app.headlight.engine.residual.Neighbours;
import app.headlight.engine.transformer.Progress;
import app.headlight.services.models.ModelLibrary;
import app.headlight.services.models.OpenModel;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.springframework.beans.factory.annotation.Autowired;

/** The comparator of embeddings, in a real browser. */
class CompareIT extends BrowserTest {

    private static final String PAIR = "models?compare=storybook-2l,storybook-2l-stories";

    @Autowired
    private ModelLibrary library;

    @Test
    void neighboursOfATokenAreTheEnginesInBothSpaces() {
        open("models?compare=storybook-2l&token=%C2%B7king");
        OpenModel model = library.open("storybook-2l").orElseThrow();
        int king = model.tokenizer().encode(" king")[0];
        Neighbours.Neighbour read =
                Neighbours.inEmbedding(model.transformer(), king, 1).getFirst();
        Neighbours.Neighbour said =
                Neighbours.inUnembedding(model.transformer(), king, 1).getFirst();
        assertThat(first("compare-one", "id")).isEqualTo((long) read.token());
        assertThat(((Number) first("compare-one", "value")).doubleValue()).isCloseTo(read.cosine(), within(1e-9));
        assertThat(first("compare-other", "id")).isEqualTo((long) said.token());
        page.driver()
                .findElement(By.cssSelector("#compare-token input"))
                .sendKeys(Keys.chord(Keys.CONTROL, "a"), "queen", Keys.ENTER);
        page.untilAddress("token=");
        page.until("another token", () -> page.text("compare-words").contains("queen"));
    }

    @Test
    void twoModelsAreComparedNeighbourhoodByNeighbourhood() {
        open(PAIR + "&space=unembedding");
        OpenModel a = library.open("storybook-2l").orElseThrow();
        OpenModel b = library.open("storybook-2l-stories").orElseThrow();
        EmbeddingComparison expected = EmbeddingComparison.of(
                a.transformer(), b.transformer(), CommonVocabulary.of(a, b), Space.UNEMBEDDING, 10, Progress.UNWATCHED);
        page.until(
                "the changes",
                () -> first("compare-changes", "id")
                        .equals((long) expected.changes().getFirst().token().first()));
        double mean = expected.changes().stream()
                .mapToDouble(Change::overlap)
                .average()
                .orElseThrow();
        assertThat(page.text("compare-words")).contains(String.format(Locale.ROOT, "%.4f are so in both", mean));
        page.inside("embeddings-order")
                .findElement(By.cssSelector("label:nth-child(2)"))
                .click();
        page.untilAddress("order=least");
        Change least = expected.changes().getLast();
        page.until(
                "the least changed",
                () -> ((Number) first("compare-changes", "value")).doubleValue() == least.overlap());
        page.inside("compare-changes")
                .findElements(By.cssSelector("button.row"))
                .get(2)
                .click();
        page.untilAddress("token=");
        page.until(
                "both neighbourhoods",
                () -> page.script("return document.getElementById('compare-other').data.rows.length")
                                .equals((long) 10)
                        && page.script("return document.getElementById('compare-changes').data.rows[2].marked")
                                .equals(true));
    }

    @Tag("nightly")
    @Test
    void theListIsSearchedAndTheAddressShowsTheSameElsewhere() {
        open(PAIR + "&token=%C2%B7king&find=king");
        page.until(
                "the search",
                () -> String.valueOf(first("compare-changes", "label")).contains("king"));
        assertThat(page.text("compare-words")).contains("⁨·king⁩: ");
        assertThat((List<?>) page.script("return document.getElementById('compare-one').data.rows.map(r => r.label)"))
                .hasSize(10);
    }

    @Tag("nightly")
    @Test
    void modelsWithoutACommonVocabularySaySo() {
        page.driver().get(page.root() + "models?compare=storybook-2l," + LONG_MODEL);
        page.until("a sentence", () -> page.text("compare-words").contains("have no common vocabulary"));
        page.driver().get(page.root() + "models?compare=storybook-2l,nobody");
        page.until("a sentence", () -> page.text("compare-words").contains("No model “nobody” is stored here"));
    }

    private void open(String address) {
        page.driver().get(page.root() + address);
        page.until("the lists", () -> !first("compare-one", "id").equals(""));
        page.settle();
    }

    private Object first(String id, String field) {
        return page.script("return document.getElementById(arguments[0])?.data?.rows?.[0]?.[arguments[1]]", id, field);
    }
}
