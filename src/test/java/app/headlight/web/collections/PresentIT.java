package app.headlight.web.collections;

import static org.assertj.core.api.Assertions.assertThat;

import app.headlight.Nightly;
import app.headlight.XssPayloads;
import app.headlight.browser.BrowserTest;
import app.headlight.browser.ExplorePage;
import app.headlight.engine.transformer.HeadId;
import app.headlight.ground.people.Account;
import app.headlight.ground.people.Role;
import app.headlight.services.findings.Content;
import app.headlight.services.findings.FindingCollections;
import app.headlight.services.findings.Findings;
import app.headlight.services.findings.Subject;
import app.headlight.web.view.Address;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.interactions.Actions;
import org.springframework.beans.factory.annotation.Autowired;

/** Collections made, presented, followed and printed, in real browsers. */
class PresentIT extends BrowserTest {

    private static final String PRESENTER = "Presenting Ada";

    @Autowired
    private Findings findings;

    @Autowired
    private FindingCollections collections;

    @Tag("nightly")
    @Test
    void followersMoveWithThePresenterLetGoAndComeBack() {
        long collection = collection("Heads that matter", "First", "Second", "Third", "Fourth");
        signIn(PRESENTER);
        page.driver().get(page.root() + "present/" + collection);
        untilSlide(page, "1 / 4", "First");
        String live = page.driver().findElement(By.id("live-link")).getDomProperty("href");
        try (ExplorePage follower = new ExplorePage(port)) {
            follower.driver().get(live);
            untilSlide(follower, "1 / 4", "First");
            follower.settle();
            for (String[] step : new String[][] {{"2 / 4", "Second"}, {"3 / 4", "Third"}}) {
                long pressed = System.nanoTime();
                press(page, Keys.ARROW_RIGHT);
                untilSlide(follower, step[0], step[1]);
                assertThat(Duration.ofNanos(System.nanoTime() - pressed)).isLessThan(Duration.ofSeconds(2));
                untilSlide(page, step[0], step[1]);
            }
            assertThat(page.address()).contains("slide=3");

            press(follower, Keys.PAGE_UP);
            untilSlide(follower, "2 / 4", "Second");
            assertThat(follower.text("live-state")).contains("the presenter is at slide 3");
            assertThat(follower.address()).endsWith("?slide=2");
            press(page, Keys.END);
            follower.until("it is said", () -> follower.text("live-state").contains("at slide 4"));
            untilSlide(follower, "2 / 4", "Second");
            follower.driver().findElement(By.id("follow-again")).click();
            untilSlide(follower, "4 / 4", "Fourth");
            assertThat(follower.address()).isEqualTo(live);
            press(page, Keys.HOME);
            untilSlide(follower, "1 / 4", "First");
            press(page, Keys.SPACE);
            untilSlide(follower, "2 / 4", "Second");

            follower.forget();
            follower.driver().get(live);
            untilSlide(follower, "2 / 4", "Second");
            page.driver().findElement(By.id("end-presentation")).click();
            follower.until("it is said", () -> follower.text("live-state").contains("has ended"));
            press(follower, Keys.ARROW_RIGHT);
            untilSlide(follower, "3 / 4", "Third");
            follower.driver().navigate().refresh();
            untilSlide(follower, "3 / 4", "Third");
            assertThat(follower.text("live-state")).contains("has ended");
            assertThat(follower.complaints()).isEmpty();
        }
        page.until("the presenter is told", () -> body().contains("The presentation has ended"));
    }

    @Tag("nightly")
    @Test
    void thePresentersWindowShowsNotesAndMovesTheSlides() {
        long collection = collection("With notes", "One", "Two");
        signIn(PRESENTER);
        page.driver().get(page.root() + "present/" + collection);
        untilSlide(page, "1 / 2", "One");
        String slides = page.driver().getWindowHandle();
        String notes = page.driver().findElement(By.id("notes-window")).getDomProperty("href");
        page.driver().switchTo().newWindow(WindowType.WINDOW);
        page.driver().get(notes);
        page.until(
                "the notes",
                () -> page.driver().findElements(By.id("notes")).size() == 1
                        && page.text("notes").contains("Say One aloud"));
        assertThat(page.text("next-title")).isEqualTo("Next: Two");
        assertThat(page.driver()
                        .findElements(By.cssSelector("#notes strong"))
                        .getFirst()
                        .getText())
                .isEqualTo("aloud");
        WebElement clock = page.driver().findElement(By.cssSelector("headlight-presenter-clock"));
        page.until(
                "the clock goes",
                () -> clock.getShadowRoot()
                        .findElement(By.cssSelector(".lasting"))
                        .getText()
                        .matches("\\d:\\d\\d"));
        page.driver().findElement(By.id("slide-next")).click();
        page.until("the last", () -> page.text("next-title").contains("the last slide"));
        page.driver().close();
        page.driver().switchTo().window(slides);
        untilSlide(page, "2 / 2", "Two");
        assertThat(page.address()).contains("slide=2");
        page.driver().navigate().refresh();
        untilSlide(page, "2 / 2", "Two");
    }

    @Tag("nightly")
    @Test
    void theLivePictureOfASlideIsExploredAndItsKeysTurnSlidesToo() {
        long collection = collection("Live", "One", "Two");
        signIn(PRESENTER);
        page.driver().get(page.root() + "present/" + collection);
        untilSlide(page, "1 / 2", "One");
        String address = page.address();
        page.driver().switchTo().frame(page.driver().findElement(By.cssSelector("iframe.hl-slide-view")));
        page.untilDrawn();
        page.inside("token-strip")
                .findElements(By.cssSelector("[role=option]"))
                .get(2)
                .click();
        page.until(
                "it is selected",
                () -> page.driver()
                        .findElement(By.id("open-in-headlight"))
                        .getDomAttribute("href")
                        .contains("dest=2"));
        press(page, Keys.PAGE_DOWN);
        page.driver().switchTo().defaultContent();
        untilSlide(page, "2 / 2", "Two");
        assertThat(page.address()).isNotEqualTo(address);
    }

    @Tag("nightly")
    @Test
    void aClickIntoAPictureLeavesItsKeysToTheSlides() {
        List<String> clicked = List.of(
                "return document.getElementById('token-strip').shadowRoot.querySelectorAll('[role=option]')[1]",
                "return"
                        + " document.getElementById('attention-view').shadowRoot.querySelector('input[type=radio]:not(:checked)')"
                        + ".closest('label')",
                "return document.getElementById('attention-view').shadowRoot.querySelector('input[type=range]')");
        long collection = collection("Keys", "One", "Two", "Three");
        signIn(PRESENTER);
        page.driver().get(page.root() + "present/" + collection);
        untilSlide(page, "1 / 3", "One");
        List<List<Keys>> turns = List.of(
                List.of(Keys.ARROW_RIGHT, Keys.ARROW_LEFT),
                List.of(Keys.PAGE_DOWN, Keys.PAGE_UP),
                List.of(Keys.SPACE, Keys.HOME));
        for (int i = 0; i < clicked.size(); i++) {
            for (List<Keys> keys : Nightly.times(1, 3) == 1 ? List.of(turns.get(i)) : turns) {
                clickInPicture(clicked.get(i));
                press(page, keys.getFirst());
                page.driver().switchTo().defaultContent();
                untilSlide(page, "2 / 3", "Two");
                clickInPicture(clicked.get(i));
                press(page, keys.getLast());
                page.driver().switchTo().defaultContent();
                untilSlide(page, "1 / 3", "One");
            }
        }
        clickInPicture(clicked.getFirst());
        new Actions(page.driver()).sendKeys("f").perform();
        page.driver().switchTo().defaultContent();
        page.until("the full screen", () -> page.script("return !!document.fullscreenElement") == Boolean.TRUE);
        page.script("document.exitFullscreen()");
    }

    private void clickInPicture(String element) {
        page.driver().switchTo().defaultContent();
        page.driver().switchTo().frame(page.driver().findElement(By.cssSelector("iframe.hl-slide-view")));
        page.untilDrawn();
        ((WebElement) page.script(element)).click();
        page.settle();
    }

    @Tag("nightly")
    @Test
    void followersSeeWhatThePresenterDoesInAPictureUntilTheyLookAroundThemselves() {
        long collection = collection("Together", "One", "Two");
        String option = "return document.getElementById('token-strip').shadowRoot.querySelectorAll('[role=option]')";
        signIn(PRESENTER);
        page.driver().get(page.root() + "present/" + collection);
        untilSlide(page, "1 / 2", "One");
        String live = page.driver().findElement(By.id("live-link")).getDomProperty("href");
        try (ExplorePage follower = new ExplorePage(port)) {
            follower.driver().get(live);
            untilSlide(follower, "1 / 2", "One");
            untilPicture(follower, view -> view.startsWith("explore?"));
            follower.script("document.querySelector('iframe.hl-slide-view').contentWindow.same = true");
            clickInPicture(option + "[2]");
            page.driver().switchTo().defaultContent();
            untilPicture(page, view -> view.contains("dest=2"));
            untilPicture(follower, view -> view.contains("dest=2"));
            String seen = picture(page);
            assertThat(picture(follower)).isEqualTo(seen);
            assertThat(follower.script("return document.querySelector('iframe.hl-slide-view').contentWindow.same"))
                    .as("without loading anew")
                    .isEqualTo(true);
            assertThat(follower.text("live-state")).contains("You follow");

            follower.driver().navigate().refresh();
            untilPicture(follower, seen::equals);
            page.driver().navigate().refresh();
            untilPicture(page, seen::equals);

            follower.driver().switchTo().frame(follower.driver().findElement(By.cssSelector("iframe.hl-slide-view")));
            follower.untilDrawn();
            ((WebElement) follower.script(option + "[1]")).click();
            follower.driver().switchTo().defaultContent();
            follower.until("it is said", () -> follower.text("live-state").contains("look around by yourself"));
            clickInPicture(option + "[3]");
            page.driver().switchTo().defaultContent();
            untilPicture(page, view -> view.contains("dest=3"));
            untilPicture(follower, view -> view.contains("dest=1"));
            follower.driver().findElement(By.id("follow-again")).click();
            untilPicture(follower, view -> view.contains("dest=3"));
            press(page, Keys.ARROW_RIGHT);
            untilSlide(follower, "2 / 2", "Two");
            untilPicture(follower, view -> view.contains("Two"));
            assertThat(follower.complaints()).isEmpty();
        }
    }

    /** The address of what the slide's picture shows. */
    private static String picture(ExplorePage page) {
        return page.script("return document.querySelector('iframe.hl-slide-view')?.contentDocument"
                        + "?.getElementById('open-in-headlight')?.getAttribute('href')")
                .toString();
    }

    private static void untilPicture(ExplorePage page, Predicate<String> shown) {
        page.until("the picture, which is " + picture(page), () -> shown.test(picture(page)));
        page.settle();
    }

    @Tag("nightly")
    @Test
    void aFindingOfCircuitsIsTheSamePictureOnItsPageInItsCollectionAndPresented() {
        String view = "circuits?model=storybook-2l&edge=L0H0-L1H3.K";
        long finding = findings.add(
                        ada(),
                        new Content(
                                Subject.ofPair("storybook-2l", new HeadId(0, 0), new HeadId(1, 3)),
                                "They compose",
                                "",
                                List.of(),
                                "",
                                70,
                                view))
                .id();
        long collection = collections.create(ada(), "Composed").id();
        collections.add(ada(), collection, finding, "");
        signIn(PRESENTER);
        for (String path : List.of("findings/" + finding, "collections/" + collection, "present/" + collection)) {
            page.driver().get(page.root() + path);
            page.until(
                    path + " has a picture",
                    () -> page.driver()
                                    .findElements(By.cssSelector("main iframe"))
                                    .size()
                            == 1);
            page.driver().switchTo().frame(page.driver().findElement(By.cssSelector("main iframe")));
            page.until(
                    "the composition of " + path,
                    () -> page.driver().findElements(By.cssSelector("headlight-composition-graph")).stream()
                            .anyMatch(WebElement::isDisplayed));
            page.settle();
            page.driver().switchTo().defaultContent();
        }
    }

    @Test
    void aCollectionIsMadeFilledOrderedAndTakenApart() {
        finding("Zebra one");
        finding("Zebra two");
        signIn(PRESENTER);
        page.driver().get(page.root() + "collections");
        page.until(
                "the page",
                () -> !page.driver().findElements(By.id("new-collection")).isEmpty());
        page.driver().findElement(By.cssSelector("#new-collection input")).sendKeys("Striped", Keys.TAB);
        page.driver().findElement(By.id("make-collection")).click();
        page.until("it is open", () -> page.address().matches(".*/collections/\\d+"));
        pick("Zebra one");
        page.until("one", () -> titles().equals(List.of("1. Zebra one")));
        pick("Zebra two");
        page.until("two", () -> titles().equals(List.of("1. Zebra one", "2. Zebra two")));
        action("Move “Zebra two” up").click();
        page.until("the other way round", () -> titles().equals(List.of("1. Zebra two", "2. Zebra one")));
        page.driver()
                .findElements(By.cssSelector(".hl-slide-notes vaadin-button"))
                .getFirst()
                .click();
        page.until(
                "the field",
                () -> !page.driver()
                        .findElements(By.cssSelector("vaadin-text-area textarea"))
                        .isEmpty());
        page.driver().findElement(By.cssSelector("vaadin-text-area textarea")).sendKeys("Mind the *stripes*", Keys.TAB);
        button("Save notes").click();
        page.until("the notes", () -> body().contains("Mind the stripes"));
        action("Take “Zebra one” out of the collection").click();
        page.until("one left", () -> titles().equals(List.of("1. Zebra two")));
        Object markdown = page.driver()
                .executeAsyncScript("const done = arguments[0];"
                        + "fetch(document.getElementById('export-markdown').href).then(r => r.text()).then(done)");
        assertThat(markdown.toString()).contains("Striped", "Zebra two", "Mind the *stripes*");
        String address = page.address();
        page.forget();
        page.driver().get(address);
        page.until("a stranger reads it", () -> titles().equals(List.of("1. Zebra two")));
        assertThat(page.driver().findElements(By.cssSelector("#add-finding, .hl-slide-actions, #present")))
                .isEmpty();
    }

    @Test
    void aHandoutPrintsTitlesTextsAndPictures() {
        long collection = collection("On paper", "A head that copies", "A head that looks back");
        page.driver().get(page.root() + "collections/" + collection);
        page.until(
                "the pictures",
                () -> page.script("const all = [...document.querySelectorAll('.hl-still img')];"
                                + "return all.length === 2 && all.every(i => i.complete && i.naturalWidth === 1200)")
                        == Boolean.TRUE);
        Map<String, Object> answer = page.driver()
                .executeCdpCommand(
                        "Page.printToPDF",
                        Map.of("generateDocumentOutline", true, "generateTaggedPDF", true, "printBackground", true));
        byte[] pdf = Base64.getDecoder().decode((String) answer.get("data"));
        String text = new String(pdf, StandardCharsets.ISO_8859_1);
        assertThat(text).startsWith("%PDF");
        assertThat(pdf.length).isGreaterThan(20_000);
        assertThat(count(text, "/Type /Page\\b(?!s)")).isBetween(1, 3);
        assertThat(count(text, "/Subtype /Image")).as("pictures").isGreaterThanOrEqualTo(2);
        assertThat(outline(text)).contains("On paper", "1. A head that copies", "2. A head that looks back");
    }

    @Test
    void staleAddressesSayWhatToDo() {
        page.driver().get(page.root() + "collections/999999");
        page.until("it says so", () -> body().contains("There is no such collection"));
        page.driver().get(page.root() + "live/ABCDEFGH");
        page.until("it says so", () -> body().contains("No presentation is going on at this address"));
        signIn(PRESENTER);
        page.driver().get(page.root() + "present/999999");
        page.until("it says so", () -> body().contains("There is no such collection"));
        page.driver().get(page.root() + "present/1/notes?code=ABCDEFGH");
        page.until("it says so", () -> body().contains("No presentation is going on"));
        long empty = collections.create(ada(), "Empty").id();
        page.driver().get(page.root() + "present/" + empty);
        page.until("it says so", () -> body().contains("no findings yet"));
        assertThat(page.complaints()).allMatch(complaint -> complaint.contains("status of 404"));
    }

    @Tag("nightly")
    @Test
    void nothingRunsThatSomeoneWroteIntoACollection() {
        String all = String.join("\n\n", XssPayloads.all()).replace("\0", "");
        long collection =
                collections.create(ada(), "<img src=x onerror=alert(1)>").id();
        for (String title : List.of("<script>alert(1)</script>", "\"><svg onload=alert(1)>")) {
            long finding = findings.add(
                            ada(),
                            new Content(
                                    Subject.ofModel("storybook-1l"),
                                    title,
                                    all.length() > 40_000 ? all.substring(0, 40_000) : all,
                                    List.of(),
                                    "<b onclick=alert(1)>",
                                    1,
                                    "explore?model=storybook-1l&text=%3Cscript%3Ealert(1)%3C%2Fscript%3E"))
                    .id();
            collections.add(ada(), collection, finding, all.substring(0, Math.min(all.length(), 9_000)));
        }
        signIn(PRESENTER);
        for (String path : List.of("collections", "collections/" + collection, "present/" + collection)) {
            page.driver().get(page.root() + path);
            page.until("the page", () -> body().contains(path.startsWith("present") ? "<script>alert" : "onerror"));
            page.settle();
            assertThat(page.driver()
                            .findElements(By.cssSelector(".hl-prose script, .hl-prose svg, .hl-prose [onclick]")))
                    .isEmpty();
            // An alert that stood open would have failed each of these calls.
            assertThat(page.script("return document.title").toString()).startsWith("Headlight");
        }
        String notes = page.driver().findElement(By.id("notes-window")).getDomProperty("href");
        page.driver().get(notes);
        page.until(
                "the notes", () -> !page.driver().findElements(By.id("notes")).isEmpty());
        page.settle();
        assertThat(page.driver().findElements(By.cssSelector("#notes script, #notes svg")))
                .isEmpty();
    }

    private Account ada() {
        return account(PRESENTER, Role.MEMBER);
    }

    private long finding(String title) {
        return findings.add(
                        ada(),
                        new Content(
                                Subject.ofHead("storybook-2l", new HeadId(1, 3)),
                                title,
                                "What **" + title + "** does.",
                                List.of(),
                                "induction",
                                70,
                                "explore?model=storybook-2l&heads=L1H3&text="
                                        + Address.escaped("The king and the king. " + title)))
                .id();
    }

    private long collection(String title, String... findings) {
        long collection = collections.create(ada(), title).id();
        for (String finding : findings) {
            collections.add(ada(), collection, finding(finding), "Say " + finding + " **aloud**");
        }
        return collection;
    }

    private static void untilSlide(ExplorePage page, String number, String title) {
        page.until(
                "slide " + number,
                () -> page.driver().findElements(By.cssSelector(".hl-slide h1")).stream()
                                .anyMatch(heading -> heading.getText().equals(title))
                        && page.text("slide-number").equals(number));
    }

    private static void press(ExplorePage page, Keys key) {
        new Actions(page.driver()).sendKeys(key).perform();
    }

    private void pick(String title) {
        WebElement input = page.driver().findElement(By.cssSelector("#add-finding input"));
        input.sendKeys(title);
        page.until(
                "it is found",
                () -> page.driver().findElements(By.cssSelector("vaadin-combo-box-item")).stream()
                        .anyMatch(item -> item.isDisplayed() && item.getText().startsWith(title)));
        page.driver().findElements(By.cssSelector("vaadin-combo-box-item")).stream()
                .filter(item -> item.isDisplayed() && item.getText().startsWith(title))
                .findFirst()
                .orElseThrow()
                .click();
    }

    private List<String> titles() {
        return page.driver().findElements(By.cssSelector(".hl-slide-row h2")).stream()
                .map(WebElement::getText)
                .toList();
    }

    private WebElement action(String inWords) {
        return page.driver().findElement(By.cssSelector("vaadin-button[aria-label='" + inWords + "']"));
    }

    private WebElement button(String text) {
        return page.driver().findElements(By.cssSelector("vaadin-button")).stream()
                .filter(button -> button.getText().equals(text))
                .findFirst()
                .orElseThrow();
    }

    private String body() {
        return page.driver().findElement(By.tagName("body")).getText();
    }

    private static int count(String text, String pattern) {
        return (int) Pattern.compile(pattern).matcher(text).results().count();
    }

    /** The titles of the outline, which the browser makes of the headings. */
    private static List<String> outline(String pdf) {
        return Pattern.compile("/Title \\(((?:[^()\\\\]|\\\\.)*)\\)")
                .matcher(pdf)
                .results()
                .map(found -> found.group(1).replaceAll("\\\\(.)", "$1"))
                .toList();
    }
}
