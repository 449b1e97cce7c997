package app.headlight.web.heads;

import static org.assertj.core.api.Assertions.assertThat;

import app.headlight.browser.BrowserTest;
import app.headlight.engine.transformer.HeadId;
import app.headlight.services.lab.HeadScores;
import app.headlight.services.models.ModelLibrary;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.springframework.beans.factory.annotation.Autowired;

/** The passages on the page of a head, and the way from them to Explore. */
class BestPassagesIT extends BrowserTest {

    @Autowired
    private HeadScores scores;

    @Autowired
    private ModelLibrary library;

    @Test
    void aPassageOpensInExploreWithTheHeadSelectedAndTheSameWeight() {
        HeadId head =
                scores.strongest(library.open("storybook-2l").orElseThrow()).orElseThrow();
        page.driver().get(page.root() + "models/storybook-2l/heads/" + head);
        page.untilText("best-passages", "what followed the same token earlier");
        page.until(
                "five passages",
                () -> page.driver().findElements(By.cssSelector(".hl-passage")).size() == 5);
        WebElement first = page.driver().findElement(By.cssSelector(".hl-passage"));
        String weight = first.findElement(By.tagName("span")).getText().split(" ")[0];
        assertThat(shaded()).as("the framed source is the darkest").isEqualTo(Boolean.TRUE);
        first.findElement(By.tagName("a")).click();
        page.untilAddress("heads=" + head);
        page.untilText("inspector", weight.substring(0, 4));
    }

    private Object shaded() {
        return page.script("""
                const strip = document.querySelector('.hl-passage headlight-token-strip');
                const share = (token) => Number(token.style.getPropertyValue('--share') || 0);
                const tokens = [...strip.shadowRoot.querySelectorAll('.token')];
                const source = strip.shadowRoot.querySelector('.token.source');
                return share(source) > 0.3 && tokens.every((token) => share(token) <= share(source))
                    && tokens.every((token) => token.getAttribute('role') === 'listitem');""");
    }

    @Test
    void aModelWithoutATextSaysSo() {
        page.driver().get(page.root() + "models/induction-by-hand/heads/L1H0");
        page.untilText("best-passages", "No text is stored beside induction-by-hand");
    }
}
