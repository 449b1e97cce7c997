package app.headlight.browser;

import static org.assertj.core.api.Assertions.assertThat;

import app.headlight.findings.Content;
import app.headlight.findings.Discussion;
import app.headlight.findings.Finding;
import app.headlight.findings.FindingCollection;
import app.headlight.findings.FindingCollections;
import app.headlight.findings.Findings;
import app.headlight.findings.Member;
import app.headlight.findings.Presentations;
import app.headlight.findings.Subject;
import app.headlight.people.Account;
import app.headlight.people.Invitations;
import app.headlight.people.Role;
import app.headlight.transformer.HeadId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.springframework.beans.factory.annotation.Autowired;

/** Every page, for strangers and for members: readable by everybody, reached by the keyboard, whole at every width. */
@Tag("nightly")
class EveryPageIT extends BrowserTest {

    private static final String ADMIN = "Grace";

    private static final List<int[]> WINDOWS = List.of(
            new int[] {390, 844}, new int[] {800, 1000}, new int[] {1280, 800}, new int[] {1440, 960}, new int[] {
                2560, 1440
            });

    /** 1280 and 1440 pixels at twice the size. */
    private static final List<int[]> ZOOMED = List.of(new int[] {640, 400}, new int[] {720, 480});

    @Autowired
    private Findings findings;

    @Autowired
    private Discussion discussion;

    @Autowired
    private FindingCollections collections;

    @Autowired
    private Presentations presentations;

    @Autowired
    private Invitations invitations;

    private final Map<String, String> names = new LinkedHashMap<>();
    private PageCheck check;

    @BeforeAll
    void write() {
        check = new PageCheck(page.driver());
        Account account = account(ADMIN, Role.ADMIN);
        Member grace = new Member(account.id(), account.name(), true);
        Account second = account("Alan", Role.MEMBER);
        Finding finding = findings.add(grace, content("L1H3 is an induction head", 1, 3, "induction"));
        findings.add(grace, content("L0H0 has no name yet", 0, 0, ""));
        discussion.comment(new Member(second.id(), second.name(), false), finding.id(), "I see it *too*.");
        FindingCollection collection = collections.create(grace, "A tour");
        collections.add(grace, collection.id(), finding.id(), "Say it slowly.");
        names.put("FINDING", Long.toString(finding.id()));
        names.put("COLLECTION", Long.toString(collection.id()));
        names.put("LIVE", presentations.start(grace, collection.id()).code());
        names.put("CODE", invitations.make(account, Role.MEMBER));
    }

    private static Content content(String title, int layer, int head, String kind) {
        return new Content(
                Subject.ofHead("storybook-2l", new HeadId(layer, head)),
                title,
                "It looks at what **followed** the same token earlier.",
                List.of("paper"),
                kind,
                80,
                "explore?model=storybook-2l&heads=L" + layer + "H" + head);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "explore",
                "explore?tab=qk",
                "explore?tab=residual",
                "explore?tab=residual&stream=bandwidth",
                "explore?tab=residual&stream=deletion",
                "explore?tab=attribution",
                "explore?tab=steps",
                "explore?view=matrix",
                "explore?model=ids-0-layers",
                "circuits",
                "circuits?drawn=Q",
                "models",
                "findings",
                "findings/FINDING",
                "findings/999",
                "collections",
                "collections/COLLECTION",
                "live/LIVE",
                "train",
                "sign-in",
                "join?code=CODE",
                "embed?model=storybook-2l",
                "api",
                "nowhere"
            })
    void forStrangers(String address) {
        isSound(address);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "explore",
                "circuits",
                "findings",
                "findings/FINDING",
                "collections",
                "collections/COLLECTION",
                "present/COLLECTION",
                "present/COLLECTION/notes",
                "train",
                "account",
                "admin"
            })
    void forMembers(String address) {
        account(ADMIN, Role.ADMIN);
        page.signIn(ADMIN, PASSWORD);
        isSound(address);
    }

    @Test
    void theFormsOfAFindingAreSound() {
        page.signIn(ADMIN, PASSWORD);
        open("findings/FINDING");
        page.driver().findElement(By.id("edit-finding")).click();
        page.until("the form", () -> !page.driver().findElements(By.id("title")).isEmpty());
        page.settle();
        assertThat(faults()).isEmpty();
        open("explore");
        page.driver()
                .findElement(By.cssSelector(".hl-annotate-button vaadin-button"))
                .click();
        page.until("the form", () -> !page.driver().findElements(By.id("title")).isEmpty());
        page.settle();
        assertThat(faults()).isEmpty();
    }

    @Test
    void theTabsAndTheContentAreAFewKeysAway() {
        page.open("explore");
        press(Keys.TAB, Keys.TAB, Keys.ENTER);
        page.until("the tab has the focus", () -> active().equals("vaadin-tab"));
        page.open("circuits");
        press(Keys.TAB, Keys.ENTER);
        page.until("the content has the focus", () -> active().equals("main"));
    }

    @Test
    void aTermExplainsItselfByClickAndKeyAndMovesNothing() {
        page.open("explore");
        String heading = "document.querySelector('headlight-heatmap').shadowRoot.querySelector('headlight-term')";
        Object height = page.script("return document.documentElement.scrollHeight");
        page.script(heading + ".shadowRoot.querySelector('button').click()");
        String open = "return " + heading + ".shadowRoot.querySelector('[popover]').matches(':popover-open')";
        page.until("it is explained", () -> page.script(open) == Boolean.TRUE);
        assertThat((String) page.script("return " + heading + ".shadowRoot.querySelector('[popover]').innerText"))
                .contains("OV circuit")
                .contains("attends to the token");
        assertThat(page.script("return document.documentElement.scrollHeight")).isEqualTo(height);
        press(Keys.ESCAPE);
        page.until("it is closed", () -> page.script(open) == Boolean.FALSE);
        page.driver().switchTo().activeElement().sendKeys(Keys.TAB);
        page.script(heading + ".shadowRoot.querySelector('button').focus()");
        page.until("the keyboard's focus explains it too", () -> page.script(open) == Boolean.TRUE);
    }

    @Test
    void whatToDoIsSaidAtEveryWidth() {
        page.open("explore");
        for (int[] size : WINDOWS) {
            page.resize(size[0], size[1]);
            page.settle();
            assertThat(page.driver().findElement(By.className("hl-tagline")).getText())
                    .as("at " + size[0])
                    .endsWith("click a line");
            assertThat((Boolean) page.script("const line = document.querySelector('.hl-tagline');"
                            + " return line.scrollWidth <= line.clientWidth + 1"))
                    .as("whole at " + size[0])
                    .isTrue();
        }
    }

    private void isSound(String address) {
        open(address);
        assertThat(faults()).as(address).isEmpty();
        if (address.equals("nowhere") || address.equals("findings/999")) {
            // The browser notes each answer that says so.
            assertThat(page.complaints()).allMatch(complaint -> complaint.contains("404"));
        }
    }

    private void open(String address) {
        String real = address;
        for (Map.Entry<String, String> name : names.entrySet()) {
            real = real.replace(name.getKey(), name.getValue());
        }
        page.driver().get(page.root() + real);
        page.until(
                "the page is there",
                () -> page.script(
                                "return document.readyState === 'complete'"
                                        + " && !!document.querySelector('main, .opblock, body > h1')"
                                        + " && ![...document.querySelectorAll('vaadin-progress-bar')].some(bar => bar.checkVisibility())")
                        == Boolean.TRUE);
        page.settle();
    }

    /** What is wrong with the page that is open, wherever that is. */
    private List<String> faults() {
        List<String> faults = new ArrayList<>();
        for (String theme : List.of("light", "dark")) {
            page.script(
                    "localStorage.setItem('headlight-theme', arguments[0]);"
                            + " document.documentElement.setAttribute('theme', arguments[0]);"
                            + " document.documentElement.classList.toggle('dark-mode', arguments[0] === 'dark')",
                    theme);
            page.settle();
            check.axe().forEach(fault -> faults.add(theme + ": " + fault));
        }
        check.focus().forEach(faults::add);
        for (List<int[]> sizes : List.of(WINDOWS, ZOOMED)) {
            for (int[] size : sizes) {
                page.resize(size[0], size[1]);
                page.settle();
                check.width().forEach(fault -> faults.add(size[0] + " px: " + fault));
            }
        }
        page.resize(1440, 960);
        return faults;
    }

    private String active() {
        return (String) page.script("return document.activeElement.localName");
    }

    private void press(Keys... keys) {
        IntStream.range(0, keys.length)
                .forEach(i -> page.driver().switchTo().activeElement().sendKeys(keys[i]));
    }
}
