package app.headlight.web.heads;

import static org.assertj.core.api.Assertions.assertThat;

import app.headlight.browser.BrowserTest;
import app.headlight.ground.people.Role;
import app.headlight.services.findings.FindingQuery;
import app.headlight.services.findings.FindingSearch;
import app.headlight.services.findings.Findings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.springframework.beans.factory.annotation.Autowired;

/** A number on a head's page becomes a claim, is measured, and its verdict is seen wherever the head is. */
class ClaimsIT extends BrowserTest {

    private static final String MODEL = "induction-by-hand";
    private static final String TITLE = "It looks for what followed";

    @Autowired
    private Findings findings;

    @Autowired
    private FindingSearch search;

    @AfterEach
    void nothingIsLeft() {
        search.page(FindingQuery.of(MODEL, 200).withWords(TITLE))
                .findings()
                .forEach(finding -> findings.delete(account("admin", Role.ADMIN), finding.id()));
    }

    @Test
    void aNumberBecomesAClaimWithAVerdict() {
        page.driver().get(page.root() + "models/" + MODEL + "/heads/L1H0");
        page.untilText("scores", "induction");
        assertThat(page.driver().findElements(By.cssSelector(".hl-claim-this")))
                .as("strangers claim nothing")
                .isEmpty();
        signIn("Ada");
        page.driver().get(page.root() + "models/" + MODEL + "/heads/L1H0");
        page.untilText("scores", "induction");
        press("[aria-label^='claim this: score(L1H0, induction)']");
        page.until("the form", () -> value("#annotate #claims").equals("score(L1H0, induction) ≥ 0.85"));
        press("[aria-label^='claim this: score(L1H0, first)']");
        page.until("another line", () -> value("#annotate #claims").endsWith("score(L1H0, first) ≤ 0.01"));
        assertThat(page.text("annotate")).doesNotContain("The view has changed");
        type("#annotate #title input", TITLE);
        type("#annotate #confidence input", "80");
        press("#save-finding");
        page.untilText("head-claims", "✓ holds");
        page.untilText("head-findings", "all 2 claims hold");

        follow("#head-findings a.hl-finding-title");
        page.untilText("claims-panel", "score(L1H0, induction) ≥ 0.85");
        type("#another-claim input", "score(L1H1, induction) > 0.5");
        press("#add-claim");
        page.untilText("claims-panel", "is no claim; expected a measure");
        type("#another-claim input", Keys.BACK_SPACE.toString().repeat(4) + "= 0.5");
        press("#add-claim");
        page.untilText("claims-panel", "1 fails, 2 hold");
        press("#measure-again");
        page.untilText("claims-panel", "measured 20 times");
        String address = page.address();

        page.driver().get(page.root() + "findings?claims=fails&model=" + MODEL);
        page.untilText("findings", TITLE);
        page.driver().get(page.root() + "findings?claims=holds&model=" + MODEL);
        page.untilText("findings", "No finding matches all of this");
        page.open("explore?model=" + MODEL);
        page.until(
                "the verdict on the grid",
                () -> "✗"
                        .equals(page.script("return document.getElementById('head-grid').shadowRoot"
                                + ".querySelector(\"[data-head='L1H0'] .mark\")?.textContent")));

        page.forget();
        page.driver().get(address);
        page.untilText("claims-panel", "✗ fails"); // everybody sees it
        assertThat(page.driver().findElements(By.cssSelector("#measure-again:not([hidden])")))
                .isEmpty();
    }

    private String value(String field) {
        return String.valueOf(page.script("return document.querySelector(arguments[0])?.value ?? ''", field));
    }

    /** In one step, since the page may draw its lists anew at any moment. */
    private void follow(String css) {
        page.script("document.querySelector(arguments[0]).click()", css);
    }

    private void press(String css) {
        page.driver().findElement(By.cssSelector(css)).click();
    }

    private void type(String css, String text) {
        page.driver().findElement(By.cssSelector(css)).sendKeys(text);
    }
}
