package app.headlight.web.findings;

import static org.assertj.core.api.Assertions.assertThat;

import app.headlight.browser.BrowserTest;
import app.headlight.browser.ExplorePage;
import app.headlight.engine.transformer.HeadId;
import app.headlight.ground.people.Account;
import app.headlight.ground.people.Role;
import app.headlight.services.findings.Content;
import app.headlight.services.findings.Discussion;
import app.headlight.services.findings.Finding;
import app.headlight.services.findings.FindingQuery;
import app.headlight.services.findings.FindingSearch;
import app.headlight.services.findings.Findings;
import app.headlight.services.findings.Subject;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.springframework.beans.factory.annotation.Autowired;

/** Findings written, read, discussed and edited by several people, each in a browser of their own. */
class FindingsIT extends BrowserTest {

    private static final String MODEL = "storybook-2l";
    private static final Duration LIVE = Duration.ofSeconds(2);

    @Autowired
    private Findings findings;

    @Autowired
    private Discussion discussion;

    @Autowired
    private FindingSearch search;

    private ExplorePage other;

    @BeforeAll
    void openSecondBrowser() {
        other = new ExplorePage(port);
    }

    @AfterEach
    void nothingIsLeft() {
        assertThat(other.complaints()).isEmpty();
        other.forget();
        Account admin = account("admin", Role.ADMIN);
        search.page(FindingQuery.all(200)).findings().forEach(finding -> findings.delete(admin, finding.id()));
    }

    @AfterAll
    void closeSecondBrowser() {
        if (other != null) {
            other.close();
        }
    }

    @Test
    void whatIsWrittenInExploreAppearsInAnothersListAndOnTheirHeads() {
        other.driver().get(other.root() + "findings");
        other.untilText("findings", "Nobody has written a finding yet");
        assertThat(other.text("findings")).contains("Sign in").doesNotContain("Annotate");
        signIn("Ada");
        page.open("explore?model=" + MODEL + "&heads=L1H0&text=" + ExplorePage.escaped("The cat sat. The cat"));
        String address = page.address();
        button(page, "Annotate this head").click();
        page.until("the panel", () -> isThere(page, "#annotate #save-finding"));
        assertThat(picture(page, "attention-view").getX()
                        + picture(page, "attention-view").getWidth())
                .isLessThanOrEqualTo(picture(page, "annotate").getX());
        assertThat(page.text("annotate")).contains("L1H0 of " + MODEL, "None yet");

        button(page, "Save finding").click();
        page.untilText("annotate", "Give it a title");
        type(page, "#annotate #title input", "x".repeat(201));
        page.untilText("annotate", "201 characters; at most 200 are allowed, so remove 1.");
        page.driver().findElement(By.cssSelector("#annotate #title input")).sendKeys(Keys.chord(Keys.CONTROL, "a"));
        type(page, "#annotate #title input", "It looks behind earlier copies");
        type(page, "#annotate #text textarea", "The line from *B* leads to **B**. <script>alert(1)</script>");
        type(page, "#annotate #kind input", "induction\n");
        type(page, "#annotate #tags input", "In Stories, certain");
        button(page, "Save finding").click();
        page.untilText("annotate", "Say how sure you are");
        type(page, "#annotate #confidence input", "65");
        choose(page, "preview");
        page.until("the preview", () -> page.text("annotate").contains("The line from B leads to B."));
        button(page, "Save finding").click();
        soon(
                other,
                "the list of someone else",
                () -> other.text("findings").contains("It looks behind earlier copies"));
        page.untilText("annotate", "Saved: It looks behind earlier copies");

        assertThat(isThere(page, "#annotate #text"))
                .as("what is written in again")
                .isTrue();
        assertThat(chosen(page)).isEqualTo("write");
        Finding stored = search.page(FindingQuery.of(MODEL, 1)).findings().getFirst();
        assertThat(stored.content().subject()).isEqualTo(Subject.ofHead(MODEL, new HeadId(1, 0)));
        assertThat(stored.content().tags()).containsExactly("in stories", "certain");
        assertThat(parts(page.root() + stored.content().view())).isEqualTo(parts(address));

        other.open("explore?model=" + MODEL);
        other.until("the badge", () -> badge(other).startsWith("1"));
        add("Ada", new HeadId(1, 0), "Another one", "copying");
        soon(other, "the badge of someone else", () -> badge(other).startsWith("2"));
        other.script("document.getElementById('head-grid').shadowRoot.querySelector('.finding').click()");
        other.until("the list of that head", () -> other.address().endsWith("findings?model=" + MODEL + "&head=L1H0"));
        other.untilText("findings", "Another one");

        other.driver()
                .findElement(By.linkText("It looks behind earlier copies"))
                .click();
        other.untilText("finding", "The line from B leads to B.");
        assertThat(other.text("finding")).contains("<script>alert(1)</script>");
        other.driver().switchTo().frame(other.driver().findElement(By.cssSelector("#finding iframe")));
        other.untilDrawn();
        assertThat(parts(other.driver().findElement(By.id("open-in-headlight")).getDomProperty("href")))
                .isEqualTo(parts(address));
    }

    /** Of an address, in whatever order it has them. */
    private static Set<String> parts(String address) {
        return Set.of(address.split("[?&]"));
    }

    @Test
    void othersCommentAndDisputeAndTheAuthorSeesItAtOnce() {
        Finding finding = add("Ada", new HeadId(1, 0), "It copies", "copying");
        signIn("Ada");
        open(page, finding);
        page.untilText("votes", "It is yours");
        other.signIn(account("Bob", Role.MEMBER).name(), PASSWORD);
        open(other, finding);
        assertThat(isThere(other, "#edit-finding")).isFalse();

        type(other, "#comment textarea", "I see **nothing** of it");
        other.driver().findElement(By.id("send-comment")).click();
        soon(page, "the comment", () -> page.text("comments").contains("I see nothing of it"));
        other.until("the field is free again", () -> value(other, "comment").isEmpty());

        findings.edit(member("Ada"), finding.id(), 1, content(new HeadId(1, 0), "It copies names", "copying"));
        other.untilText("finding", "It copies names");
        other.driver().findElement(By.id("dispute")).click();
        other.untilText("votes", "Say why you dispute it.");
        type(other, "#reason input", "Only where tokens repeat");
        other.driver().findElement(By.id("dispute")).click();
        soon(page, "the dispute", () -> page.text("votes").contains("Bob disputes it"));
        assertThat(page.text("votes")).contains("Only where tokens repeat", "about version 2");
        other.until("it can be taken back", () -> isThere(other, "#withdraw"));
        other.driver().findElement(By.id("withdraw")).click();
        soon(page, "it is taken back", () -> page.text("votes").contains("Nobody has confirmed"));
        other.driver().findElement(By.id("confirm")).click();
        soon(page, "it is confirmed", () -> page.text("votes").contains("Bob confirms it"));
        assertThat(discussion.comments(finding.id())).hasSize(1);
    }

    @Tag("nightly")
    @Test
    void whoSavesSecondSeesBothTextsAndChooses() {
        Finding finding = add("Ada", new HeadId(0, 0), "First words", "");
        signIn("Ada");
        other.signIn("admin", PASSWORD);
        edit(page, finding);
        edit(other, finding);
        replace(other, "#edit #title input", "The admin's words");
        other.driver().findElement(By.id("save-edit")).click();
        soon(page, "the later version is listed", () -> page.text("versions").contains("Version 2"));
        assertThat(page.text("meanwhile")).contains("admin saved version 2 while you are writing");
        assertThat(value(page, "title")).isEqualTo("First words");

        replace(page, "#edit #title input", "Ada's words");
        page.driver().findElement(By.id("save-edit")).click();
        page.untilText("conflict", "admin saved version 2 while you were writing");
        assertThat(page.text("conflict")).contains("The admin's words", "Ada's words");
        assertThat(findings.find(finding.id()).orElseThrow().version()).isEqualTo(2);

        page.driver().findElement(By.id("merge")).click();
        page.until(
                "the form again",
                () -> page.driver().findElement(By.id("save-edit")).isDisplayed());
        assertThat(value(page, "title")).isEqualTo("Ada's words");
        assertThat(page.text("conflict")).contains("The admin's words");
        replace(page, "#edit #title input", "Words of both");
        page.driver().findElement(By.id("save-edit")).click();
        soon(other, "the merged text", () -> other.text("finding").contains("Words of both"));
        assertThat(findings.versions(finding.id()))
                .extracting(version -> version.content().title())
                .containsExactly("Words of both", "The admin's words", "First words");

        other.driver().findElement(By.linkText("Version 2")).click();
        other.untilText("finding", "What changed since version 1");
        assertThat(other.text("finding")).contains("Title: First words", "Title: The admin's words");
    }

    @Tag("nightly")
    @Test
    void strangersReadAndAreAskedToSignIn() {
        Finding finding = add("Ada", new HeadId(0, 0), "For all to read", "");
        open(page, finding);
        page.untilText("votes", "Sign in to confirm, dispute or comment");
        for (String write : List.of("#edit-finding", "#delete-finding", "#send-comment", "#exchange vaadin-upload")) {
            assertThat(isThere(page, write)).as(write).isFalse();
        }
        page.open("explore?model=" + MODEL + "&heads=L0H0&text=" + ExplorePage.escaped("The cat"));
        String address = page.address();
        page.driver().findElement(By.linkText("Sign in to annotate")).click();
        page.enter(account("Ada", Role.MEMBER).name(), PASSWORD);
        page.untilDrawn();
        assertThat(page.address()).isEqualTo(address);
        page.until("now it can be annotated", () -> button(page, "Annotate this head") != null);

        page.driver().get(page.root() + "findings/999999");
        page.untilText("gone", "There is no such finding");
        assertThat(page.complaints()).allMatch(complaint -> complaint.contains("status of 404"));
    }

    @Tag("nightly")
    @Test
    void whatIsTypedStaysWhileTheDatabaseTakesNothing() {
        signIn("Ada");
        page.open("explore?model=" + MODEL + "&heads=L0H0&text=" + ExplorePage.escaped("The cat"));
        button(page, "Annotate this head").click();
        page.until("the panel", () -> isThere(page, "#annotate #save-finding"));
        type(page, "#annotate #title input", "Typed while the database was gone");
        type(page, "#annotate #confidence input", "50");
        jdbc.sql("alter table finding rename to finding_away").update();
        try {
            button(page, "Save finding").click();
            page.untilText("annotate", "Nothing was stored");
            assertThat(value(page, "title")).isEqualTo("Typed while the database was gone");
        } finally {
            jdbc.sql("alter table finding_away rename to finding").update();
        }
        page.driver().navigate().refresh();
        page.untilDrawn();
        page.untilText("annotate", "What you had typed is here again");
        assertThat(value(page, "title")).isEqualTo("Typed while the database was gone");
        button(page, "Save finding").click();
        page.untilText("annotate", "Saved: Typed while the database was gone");
        assertThat(search.page(FindingQuery.of(MODEL, 9)).total()).isEqualTo(1);
        assertThat(page.script("return Object.keys(sessionStorage).filter(key => key.startsWith('headlight-text'))"))
                .isEqualTo(List.of());
    }

    @Tag("nightly")
    @Test
    void aHalfWrittenTextIsAskedAboutAndKept() {
        Finding finding = add("Ada", new HeadId(1, 0), "It copies", "copying");
        signIn("Bob");
        for (String field : List.of("#comment textarea", "#reason input")) {
            open(page, finding);
            page.driver().findElement(By.cssSelector(field)).sendKeys("half of");
            page.driver().findElement(By.linkText("Models")).click();
            page.until("the question", () -> isThere(page, "vaadin-confirm-dialog"));
            button(page, "Stay").click();
            page.until("no question", () -> !isThere(page, "vaadin-confirm-dialog"));
            assertThat(page.address()).endsWith("findings/" + finding.id());
            page.driver().findElement(By.linkText("Models")).click();
            page.until("the question", () -> isThere(page, "vaadin-confirm-dialog"));
            button(page, "Leave").click();
            page.until("it is left", () -> page.address().endsWith("models"));
            page.driver().navigate().back();
            page.until("it is here again", () -> isThere(page, field));
            page.until(
                    "with what was typed",
                    () -> page.driver()
                            .findElement(By.cssSelector(field))
                            .getDomProperty("value")
                            .equals("half of"));
            page.driver().findElement(By.cssSelector(field)).sendKeys(Keys.chord(Keys.CONTROL, "a"), Keys.DELETE);
            page.settle();
        }
    }

    /** Within the browser, since no driver is as quick as a person who knows the two buttons. */
    @Tag("nightly")
    @Test
    void whoStaysMayPressTheSameLinkAtOnce() {
        Finding finding = add("Ada", new HeadId(1, 0), "It copies", "copying");
        signIn("Bob");
        open(page, finding);
        page.driver().findElement(By.cssSelector("#comment textarea")).sendKeys("half of");
        page.driver().executeAsyncScript("""
                const done = arguments[0];
                const models = () => [...document.querySelectorAll('a')].find(link => link.textContent === 'Models');
                const dialog = () => document.querySelector('vaadin-confirm-dialog');
                const soon = (found, then) => { const it = found(); it ? then(it) : setTimeout(() => soon(found, then), 5); };
                models().click();
                soon(() => dialog()?.querySelector('[slot="cancel-button"]'), stay => {
                  stay.click();
                  soon(() => !dialog(), () => { models().click(); done(); });
                });""");
        page.until("the question again", () -> isThere(page, "vaadin-confirm-dialog"));
    }

    @Tag("nightly")
    @Test
    void theAuthorIsToldElsewhereOfWhatOthersSay() {
        Finding finding = add("Ada", new HeadId(1, 0), "It copies", "copying");
        signIn("Ada");
        page.driver().get(page.root() + "models");
        page.untilText("account-menu", "Ada");
        assertThat(page.text("account-menu")).doesNotContain("new");
        account("Bob", Role.MEMBER);
        discussion.vote(member("Bob"), finding.id(), false, "not here");
        soon(page, "the count", () -> page.text("account-menu").contains("(1 new)"));
        discussion.comment(member("Bob"), finding.id(), "see above");
        soon(page, "the count", () -> page.text("account-menu").contains("(2 new)"));
        page.driver().get(page.root() + "account");
        page.untilText("news", "Bob disputes It copies");
        assertThat(page.text("news")).contains("new");
        page.driver().findElement(By.cssSelector("#news a")).click();
        page.untilText("votes", "Bob disputes it");
        page.until("it is seen", () -> !page.text("account-menu").contains("new"));
        page.driver().get(page.root() + "account");
        page.untilText("news", "Bob commented on It copies");
        assertThat(page.driver().findElements(By.cssSelector("#news .hl-badge")))
                .isEmpty();
    }

    @Tag("nightly")
    @Test
    void aMemberIsNamedAsCoAuthorAndEdits() {
        Finding finding = add("Ada", new HeadId(1, 0), "It copies", "copying");
        other.signIn(account("Bob", Role.MEMBER).name(), PASSWORD);
        open(other, finding);
        assertThat(isThere(other, "#edit-finding")).isFalse();
        signIn("Ada");
        open(page, finding);
        page.driver().findElement(By.cssSelector("#name-coauthor input")).sendKeys("Bob");
        page.until(
                "Bob",
                () -> page.driver().findElements(By.cssSelector("vaadin-combo-box-item")).stream()
                        .anyMatch(item -> item.getText().equals("Bob")));
        page.driver().findElements(By.cssSelector("vaadin-combo-box-item")).stream()
                .filter(item -> item.getText().equals("Bob"))
                .findFirst()
                .orElseThrow()
                .click();
        page.untilText("authors", "Bob");
        soon(other, "it can be edited", () -> isThere(other, "#edit-finding"));
        assertThat(findings.find(finding.id()).orElseThrow().by()).isEqualTo("Ada with Bob");
    }

    @Test
    void aFindingOfCircuitsIsLiveOnItsOwnPage() {
        Finding finding = findings.add(
                member("Ada"),
                new Content(
                        Subject.ofHead(MODEL, new HeadId(1, 0)),
                        "Its partner",
                        "The thickest line.",
                        List.of(),
                        "induction",
                        80,
                        "circuits?model=" + MODEL + "&head=L1H0"));
        open(page, finding);
        page.driver().switchTo().frame(page.driver().findElement(By.cssSelector("#finding iframe")));
        page.until(
                "the heads",
                () -> page.script("return document.querySelector('headlight-head-table')?.data != null")
                        == Boolean.TRUE);
        assertThat(page.script("return document.querySelector('headlight-head-table').selected"))
                .isEqualTo("L1H0");
        assertThat(page.driver().findElement(By.id("open-in-headlight")).getDomProperty("href"))
                .contains("circuits?model=" + MODEL);
        page.driver().switchTo().defaultContent();
    }

    @Tag("nightly")
    @Test
    void replacedWeightsAreSaidWhereverAFindingStands() {
        Finding finding = add("Ada", new HeadId(1, 0), "It copies", "copying");
        open(page, finding);
        assertThat(isThere(page, "#weights")).isFalse();
        jdbc.sql("update finding_version set model_hash = ?")
                .param("0".repeat(64))
                .update();
        open(page, finding);
        page.untilText("weights", "The model has other weights now than when this was written.");
        page.driver().get(page.root() + "findings");
        page.untilText("findings", "The model has other weights now");
        jdbc.sql("update finding_version set model = 'gone'").update();
        open(page, finding);
        page.untilText("weights", "No model of this name is stored here");
    }

    @Tag("nightly")
    @Test
    void clicksBesideTheShareBoxCloseItAndDoNothingElse() {
        page.open("explore?model=" + MODEL + "&heads=L0H0&text=" + ExplorePage.escaped("The cat sat"));
        page.inside("share").findElement(By.cssSelector("button.share")).click();
        page.until(
                "the box",
                () -> !page.inside("share")
                        .findElements(By.cssSelector(".panel"))
                        .isEmpty());
        String address = page.address();
        page.inside("token-strip")
                .findElements(By.cssSelector("[role=option]"))
                .get(1)
                .click();
        page.until(
                "it is closed",
                () -> page.inside("share")
                        .findElements(By.cssSelector(".panel"))
                        .isEmpty());
        page.settle();
        assertThat(page.address()).isEqualTo(address);
        page.inside("token-strip")
                .findElements(By.cssSelector("[role=option]"))
                .get(1)
                .click();
        page.untilAddress("dest=1");
    }

    @Tag("nightly")
    @Test
    void theHeaderLeadsBackToTheViewThatWasLeft() {
        page.open("explore?model=" + MODEL + "&heads=L0H0&text=" + ExplorePage.escaped("The cat sat"));
        page.openTab("Residual stream");
        page.untilAddress("tab=");
        String address = page.address();
        page.driver().findElement(By.linkText("Circuits")).click();
        page.until("Circuits", () -> page.address().contains("circuits"));
        page.settle();
        page.driver().findElement(By.linkText("Explore")).click();
        page.untilDrawn();
        assertThat(page.address()).isEqualTo(address);
    }

    private static void choose(ExplorePage browser, String value) {
        browser.driver()
                .findElement(By.cssSelector("#annotate headlight-segmented"))
                .getShadowRoot()
                .findElement(By.cssSelector("label:has(input[value=" + value + "])"))
                .click();
    }

    private static String chosen(ExplorePage browser) {
        return browser.driver()
                .findElement(By.cssSelector("#annotate headlight-segmented"))
                .getShadowRoot()
                .findElement(By.cssSelector("input:checked"))
                .getDomProperty("value");
    }

    private Account member(String name) {
        return account(name, Role.MEMBER);
    }

    private Finding add(String author, HeadId head, String title, String kind) {
        return findings.add(member(author), content(head, title, kind));
    }

    private static Content content(HeadId head, String title, String kind) {
        return new Content(
                Subject.ofHead(MODEL, head),
                title,
                "Seen " + UUID.randomUUID(),
                List.of(),
                kind,
                80,
                "explore?model=" + MODEL + "&heads=" + head);
    }

    private static void open(ExplorePage browser, Finding finding) {
        browser.driver().get(browser.root() + "findings/" + finding.id());
        browser.until("the finding", () -> isThere(browser, "#finding h1"));
        browser.settle();
    }

    private static void edit(ExplorePage browser, Finding finding) {
        open(browser, finding);
        browser.driver().findElement(By.id("edit-finding")).click();
        browser.until("the form", () -> isThere(browser, "#edit #save-edit"));
    }

    /** Within the time in which others are to see what someone did. */
    private static void soon(ExplorePage browser, String what, Supplier<Boolean> condition) {
        long start = System.nanoTime();
        browser.until(what, condition);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).as(what).isLessThan(LIVE);
    }

    private static String badge(ExplorePage browser) {
        return browser.script("return document.getElementById('head-grid')?.shadowRoot"
                        + "?.querySelector('[data-head=L1H0] .count')?.textContent ?? ''")
                .toString();
    }

    private static boolean isThere(ExplorePage browser, String css) {
        return browser.driver().findElements(By.cssSelector(css)).stream().anyMatch(WebElement::isDisplayed);
    }

    private static org.openqa.selenium.Rectangle picture(ExplorePage browser, String id) {
        return browser.driver().findElement(By.id(id)).getRect();
    }

    private static void type(ExplorePage browser, String css, String text) {
        browser.driver().findElement(By.cssSelector(css)).sendKeys(text, Keys.TAB);
    }

    private static void replace(ExplorePage browser, String css, String text) {
        browser.driver().findElement(By.cssSelector(css)).sendKeys(Keys.chord(Keys.CONTROL, "a"));
        type(browser, css, text);
    }

    private static String value(ExplorePage browser, String id) {
        return browser.script("return document.getElementById(arguments[0])?.value ?? ''", id)
                .toString();
    }

    private static WebElement button(ExplorePage browser, String text) {
        return browser.driver().findElements(By.cssSelector("vaadin-button")).stream()
                .filter(each -> each.isDisplayed() && each.getText().equals(text))
                .findFirst()
                .orElse(null);
    }
}
