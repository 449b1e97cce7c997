package app.headlight.web.explore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import app.headlight.browser.BrowserTest;
import app.headlight.browser.ExplorePage;
import app.headlight.engine.transformer.HeadId;
import app.headlight.engine.transformer.Run;
import app.headlight.services.models.ModelLibrary;
import app.headlight.services.models.OpenModel;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.interactions.Actions;
import org.springframework.beans.factory.annotation.Autowired;

/** Every head's attention large, one beside the other. */
class SideBySideIT extends BrowserTest {

    private static final String TEXT = "The cat sat. The cat";
    private static final String ADDRESS =
            "explore?model=storybook-2l&heads=L1H3&tab=beside&text=" + ExplorePage.escaped(TEXT);

    @Autowired
    private ModelLibrary library;

    @Test
    void everyHeadIsDrawnAsTheEngineComputesIt() {
        page.open(ADDRESS);
        untilHeads("L0H0,L0H1,L0H2,L0H3,L1H0,L1H1,L1H2,L1H3");
        OpenModel model = library.open("storybook-2l").orElseThrow();
        Run run = model.transformer().run(model.prompt(TEXT).tokens());
        for (HeadId head : model.transformer().heads()) {
            assertThat(((Number) page.script(
                                    "return document.getElementById(arguments[0]).scene.heads[0].pattern[7 * 8 / 2 + 4]",
                                    "beside-" + head))
                            .doubleValue())
                    .as(head.toString())
                    .isCloseTo(run.pattern(head).get(7, 4), within(1e-6));
        }
    }

    @Test
    void aTokenThatIsPointedAtShowsItsLinesInAllOfThemAndColoursTheSentenceByTheSelectedHead() {
        page.open(ADDRESS.replace("L1H3", "L0H2"));
        untilHeads("L0H0,L0H1,L0H2,L0H3,L1H0,L1H1,L1H2,L1H3");
        new Actions(page.driver())
                .moveToElement(page.inside("token-strip")
                        .findElements(By.cssSelector(".token"))
                        .get(5))
                .perform();
        page.until(
                "all show token 5",
                () -> List.of(5L, 5L, 5L, 5L, 5L, 5L, 5L, 5L)
                        .equals(page.script(
                                "return [...document.querySelectorAll('.hl-one-head headlight-attention-view')]"
                                        + ".map((each) => each.scene.pointed?.destination)")));
        OpenModel model = library.open("storybook-2l").orElseThrow();
        Run run = model.transformer().run(model.prompt(TEXT).tokens());
        page.until(
                "the sentence is coloured",
                () -> ((Number) page.script("return document.getElementById('token-strip').shares[4] ?? -1"))
                                .doubleValue()
                        >= 0);
        assertThat(((Number) page.script("return document.getElementById('token-strip').shares[4]")).doubleValue())
                .isCloseTo(
                        run.pattern(HeadId.parse("L0H2")).get(5, 4)
                                / run.pattern(HeadId.parse("L0H2")).largest(),
                        within(1e-5));
    }

    @Tag("nightly")
    @Test
    void whichHeadsStandsInTheAddressAndALineSelectsItsHead() {
        page.open(ADDRESS);
        choose(2);
        page.untilAddress("beside=layer");
        untilHeads("L1H0,L1H1,L1H2,L1H3");
        page.script("document.getElementById('beside-L1H1').dispatchEvent(new CustomEvent('line-select',"
                + " {detail: {destination: 6, source: 2}, bubbles: true, composed: true}))");
        page.untilAddress("heads=L1H1");
        assertThat(page.parameters()).containsEntry("dest", "6").containsEntry("src", "2");
        page.until(
                "it is marked",
                () -> page.script(
                                "return document.querySelector('.hl-one-head.hl-selected headlight-attention-view').id")
                        .equals("beside-L1H1"));
        page.open(ADDRESS.replace("L1H3", "L0H2,L1H3"));
        choose(1);
        untilHeads("L0H2,L1H3");
        page.script("document.getElementById('beside-L1H3').dispatchEvent(new CustomEvent('line-select',"
                + " {detail: {destination: 6, source: 2}, bubbles: true, composed: true}))");
        untilHeads("L1H3,L0H2");
        page.driver().navigate().back();
        untilHeads("L0H2,L1H3");
    }

    private void choose(int place) {
        page.inside("beside")
                .findElement(By.cssSelector("label:nth-child(" + place + ")"))
                .click();
    }

    private void untilHeads(String heads) {
        page.until(
                heads,
                () -> heads.equals(
                        page.script("return [...document.querySelectorAll('.hl-one-head headlight-attention-view')]"
                                + ".filter((each) => each.scene).map((each) => each.scene.heads[0].name).join()")));
    }
}
