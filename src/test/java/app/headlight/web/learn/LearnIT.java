package app.headlight.web.learn;

import static org.assertj.core.api.Assertions.assertThat;

import app.headlight.browser.BrowserTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.interactions.Actions;

/** A lesson as a reader uses it: clicking in the live view, by the keyboard alone, with a sentence of one's own. */
class LearnIT extends BrowserTest {

    private static final String TWO_LAYERS = "learn/two-layers?step=1";

    @Test
    void aClickInTheLiveViewIsJudgedAndItsAddressShowsTheSame() {
        page.resize(1700, 960); // the header has room for it
        page.open("explore");
        page.script("localStorage.clear()");
        page.open(TWO_LAYERS);
        page.untilText("question", "Question.");
        page.pickHead(0, 1);
        page.untilText("question-said", "Not that one.");
        assertThat(page.words("question-said")).contains("L0H1", "asked for is at least 40 %", "token just before");
        page.untilAddress("view=");
        String wrong = page.words("question-said");
        page.driver().navigate().refresh();
        page.untilDrawn();
        page.untilText("question-said", "Not that one.");
        assertThat(page.words("question-said")).isEqualTo(wrong);
        page.pickHead(1, 3);
        page.untilText("question-said", "Right.");
        page.untilText("question", "✓ Answered");
        page.driver().findElement(By.id("step-next")).click();
        page.untilText("step-heading", "An induction head");
        page.driver().navigate().back();
        page.untilText("step-heading", "The trick");
        page.untilText("question", "✓ Answered");
        page.driver().get(page.root() + "learn");
        page.until("progress is shown", () -> page.text("lessons").contains("1 answered"));
    }

    @Test
    void aSentenceOfOnesOwnIsShownAndNotJudged() {
        page.open(TWO_LAYERS);
        page.untilText("question", "Question.");
        WebElement field = page.inside("lesson-sentence").findElement(By.cssSelector("textarea"));
        field.sendKeys(Keys.chord(Keys.CONTROL, "a"), Keys.DELETE);
        field.sendKeys("The king sat down. The king", Keys.ENTER);
        page.until("its tokens", () -> page.tokens().contains("·king"));
        page.untilText("question-said", "a sentence of your own");
        assertThat(page.driver().findElement(By.id("lesson-open")).getDomAttribute("href"))
                .contains("The%20king%20sat");
        page.driver().findElement(By.id("lesson-view-back")).click();
        page.until("the lesson's tokens", () -> page.tokens().contains("·Mary"));
    }

    @Test
    void theKeyboardAloneAnswersFromTheList() {
        page.open(TWO_LAYERS);
        page.untilText("question", "Question.");
        WebElement summary = page.driver().findElement(By.cssSelector("#question-list vaadin-details-summary"));
        page.script("arguments[0].focus()", summary);
        Actions keys = new Actions(page.driver());
        keys.sendKeys(Keys.ENTER).perform();
        page.settle();
        keys.sendKeys(Keys.TAB).sendKeys(Keys.ENTER).perform();
        page.settle();
        keys.sendKeys(Keys.END).sendKeys(Keys.ENTER).perform();
        page.settle();
        keys.sendKeys(Keys.TAB).sendKeys(Keys.ENTER).perform();
        page.untilText("question-said", "Right.");
        assertThat(page.address()).contains("L1H3");
    }

    @Tag("nightly")
    @Test
    void theDoorStandsOnTheFrontPageUntilItIsClosed() {
        page.open("explore");
        page.script("localStorage.clear()");
        page.open("explore");
        page.until("the door", this::isDoorOpen);
        assertThat(page.script("return document.querySelector('#door a').getAttribute('href')"))
                .isEqualTo("learn");
        page.script("document.querySelector('#door button').click()");
        page.until("the door is closed", () -> !isDoorOpen());
        page.open("explore");
        assertThat(isDoorOpen()).isFalse();
        page.script("localStorage.clear()");
        page.driver().get(page.root() + "circuits");
        page.until("the page", () -> page.script("return !!document.getElementById('door')") == Boolean.TRUE);
        page.settle();
        assertThat(isDoorOpen()).as("it stands on the front page alone").isFalse();
        page.open("explore");
        for (int width : new int[] {2560, 1440, 1280, 800, 390}) {
            page.resize(width, 960);
            page.settle();
            assertThat(isDoorOpen()).as("at " + width).isTrue();
            assertThat(
                            page.script(
                                    "const door = document.getElementById('door').getBoundingClientRect();"
                                            + " return [...document.querySelectorAll('.hl-tagline, .hl-screens a:not(#door a), .hl-header-right, main')]"
                                            + ".every(each => { const its = each.getBoundingClientRect();"
                                            + " return its.bottom <= door.top || its.top >= door.bottom; }) && door.right <= innerWidth"))
                    .as("it lies over nothing at " + width)
                    .isEqualTo(Boolean.TRUE);
        }
        page.resize(1440, 960);
        page.script("document.querySelector('#door a').click()");
        page.untilAddress("learn");
        page.open("explore");
        assertThat(isDoorOpen())
                .as("whoever went through it knows where the lessons are")
                .isFalse();
    }

    private boolean isDoorOpen() {
        return page.script("return document.getElementById('door').checkVisibility()") == Boolean.TRUE;
    }
}
