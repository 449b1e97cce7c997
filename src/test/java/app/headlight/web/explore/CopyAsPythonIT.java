package app.headlight.web.explore;

import static org.assertj.core.api.Assertions.assertThat;

import app.headlight.browser.BrowserTest;
import app.headlight.browser.ExplorePage;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;

/** The menu of a picture copies the program that computes it. */
class CopyAsPythonIT extends BrowserTest {

    private static final String MENU =
            "const menu = document.getElementById('attention-view').shadowRoot.querySelector('headlight-picture-menu');";

    @Test
    void theProgramHasTheServerTheTokensAndWhatIsChosen() {
        page.open(
                "explore?model=storybook-2l&heads=L1H3&without=0&text=" + ExplorePage.escaped("The cat sat. The cat"));
        page.script(MENU + "menu.shadowRoot.querySelector('.open').click()");
        page.until("it is offered", () -> item().equals("Copy as Python"));
        String program = page.script(MENU + "return menu.python").toString();
        String origin = page.script("return location.origin").toString();
        assertThat(program)
                .contains("server = \"" + origin + "\"\n", "heads = [[(1, 3)]]", "drawn[:, [0]] = 0")
                .doesNotContain("SERVER");
        // A click of a person: browsers let no other write to the clipboard.
        page.inside("attention-view")
                .findElement(By.cssSelector("headlight-picture-menu"))
                .getShadowRoot()
                .findElement(By.cssSelector("[role=menuitem]:last-child"))
                .click();
        page.until("it says that it has copied", () -> item().startsWith("Copied"));
    }

    private String item() {
        return page.script(
                        MENU
                                + "return menu.shadowRoot.querySelector('[role=menuitem]:last-child')?.textContent.trim() ?? ''")
                .toString();
    }
}
