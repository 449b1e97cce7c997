package app.headlight.browser;

import static org.assertj.core.api.Assertions.assertThat;

import app.headlight.Nightly;
import app.headlight.engine.transformer.HeadId;
import app.headlight.ground.people.Account;
import app.headlight.ground.people.Invitations;
import app.headlight.ground.people.Role;
import app.headlight.services.findings.Content;
import app.headlight.services.findings.Discussion;
import app.headlight.services.findings.Finding;
import app.headlight.services.findings.FindingCollection;
import app.headlight.services.findings.FindingCollections;
import app.headlight.services.findings.Findings;
import app.headlight.services.findings.Presentations;
import app.headlight.services.findings.Subject;
import app.headlight.services.models.Audience;
import app.headlight.services.runs.Runs;
import app.headlight.web.security.Person;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;

/** Every page, for strangers and for members: readable by everybody, reached by the keyboard, whole at every width. */
class EveryPageIT extends BrowserTest {

    private static final String ADMIN = "Grace";

    private static final String DEEPEST = """
            const deepest = (at = document.activeElement) => at.shadowRoot?.activeElement ? deepest(at.shadowRoot.activeElement) : at;
            const name = (at) => {
              const host = at.getRootNode().host;
              const all = [...at.getRootNode().querySelectorAll('*')];
              return (host ? name(host) + ' > ' : '') + at.localName + ' ' + all.indexOf(at);
            };
            """;

    /** Beside 1440 × 960, which the pages are opened at; 640 × 400 is 1280 × 800 at twice the size. */
    private static final List<int[]> WINDOWS = Nightly.some(
            4,
            List.of(
                    new int[] {390, 844},
                    new int[] {640, 400},
                    new int[] {800, 1000},
                    new int[] {1280, 800},
                    new int[] {2560, 1440}));

    /**
     * A page to be tried.
     *
     * @param part what axe looks at; on a page that was tried with another tab, what is new there
     */
    private record Visit(String address, String part) {

        Visit(String address) {
            this(address, "html");
        }
    }

    private static final String TAB = "#circuit-tabs";

    private static final List<Visit> STRANGERS = Nightly.some(
            4,
            List.of(
                    new Visit("explore"),
                    new Visit("explore?tab=qk", TAB),
                    new Visit("explore?tab=residual", TAB),
                    new Visit("explore?tab=residual&stream=bandwidth", TAB),
                    new Visit("explore?tab=residual&stream=deletion", TAB),
                    new Visit("explore?tab=attribution", TAB),
                    new Visit("explore?tab=patching", TAB),
                    new Visit(
                            "explore?tab=patching&other=Uncle%20Henry%20and%20Aunt%20P%20came%20home.%20Then%20Uncle%20Henry%20and%20Aunt"
                                    + "&patch=result&row=1&column=3",
                            TAB),
                    new Visit("patching?set=number&pairs=2&patch=result", "headlight-figure-table"),
                    new Visit("explore?more=3&without=0&tab=beside"),
                    new Visit("explore?tab=sentences&many=4", TAB),
                    new Visit("explore?tab=layer", TAB),
                    new Visit("explore?tab=neurons", TAB),
                    new Visit("explore?tab=steps", TAB),
                    new Visit("explore?view=matrix", "headlight-attention-view"),
                    new Visit("explore?edits=cut,pattern,head=L1H3,destination=20,source=9;zero,result,head=L0H1"),
                    new Visit("explore?edits=zero,result,head=L0H1&edited=difference&tab=attribution"),
                    new Visit("explore?model=ids-0-layers"),
                    new Visit("circuits"),
                    new Visit("circuits?drawn=Q", "headlight-heatmap"),
                    new Visit("search", "headlight-edge-graph"),
                    new Visit("search?task=own&own=a%2Cb", ".hl-notice"),
                    new Visit("models"),
                    new Visit("models/storybook-2l/heads/L1H3"),
                    new Visit("models/storybook-2l/heads/L9H3", "#no-head"),
                    new Visit("runs"),
                    new Visit("runs/RUN"),
                    new Visit("runs/RUN?tab=beside&view=arcs", TAB),
                    new Visit("runs/RUN?tab=layer", TAB),
                    new Visit("runs/nothere1"),
                    new Visit("embed?page=runs&run=RUN"),
                    new Visit("findings"),
                    new Visit("findings/FINDING"),
                    new Visit("findings/999"),
                    new Visit("collections"),
                    new Visit("collections/COLLECTION"),
                    new Visit("live/LIVE"),
                    new Visit("learn"),
                    new Visit("learn/two-layers?step=1", ".hl-lesson"),
                    new Visit("learn/two-layers?step=4", ".hl-lesson-words"),
                    new Visit("glossary"),
                    new Visit("train"),
                    new Visit("sign-in"),
                    new Visit("join?code=CODE"),
                    new Visit("embed?model=storybook-2l"),
                    new Visit("api"),
                    new Visit("nowhere")));

    private static final List<Visit> MEMBERS = Nightly.some(
            3,
            List.of(
                    new Visit("explore", "#inspector"),
                    new Visit("findings"),
                    new Visit("findings/FINDING"),
                    new Visit("collections"),
                    new Visit("collections/COLLECTION"),
                    new Visit("present/COLLECTION"),
                    new Visit("present/COLLECTION/notes"),
                    new Visit("learn/new", ".hl-lesson-editor"),
                    new Visit("learn/two-layers/group"),
                    new Visit("train"),
                    new Visit("runs"),
                    new Visit("runs/RUN", ".hl-run-heading"),
                    new Visit("account"),
                    new Visit("admin")));

    /** Pages that the server answers with 404, which the browser notes. */
    private static final Set<String> MISSING =
            Set.of("findings/999", "models/storybook-2l/heads/L9H3", "runs/nothere1", "nowhere");

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

    @Autowired
    private Runs runs;

    private final Map<String, String> names = new LinkedHashMap<>();
    private PageCheck check;

    @BeforeAll
    void write() {
        check = new PageCheck(page.driver());
        Account account = account(ADMIN, Role.ADMIN);
        Account grace = account;
        Account second = account("Alan", Role.MEMBER);
        Finding finding = findings.add(grace, content("L1H3 is an induction head", 1, 3, "induction"));
        findings.add(grace, content("L0H0 has no name yet", 0, 0, ""));
        discussion.comment(second, finding.id(), "I see it *too*.");
        FindingCollection collection = collections.create(grace, "A tour");
        collections.add(grace, collection.id(), finding.id(), "Say it slowly.");
        names.put("FINDING", Long.toString(finding.id()));
        names.put("COLLECTION", Long.toString(collection.id()));
        names.put("LIVE", presentations.start(grace, collection.id()).code());
        names.put("CODE", invitations.make(account, Role.MEMBER));
        names.put("RUN", recorded(account));
    }

    private String recorded(Account by) {
        SecurityContextHolder.getContext()
                .setAuthentication(new UsernamePasswordAuthenticationToken(new Person(by), "", Person.authorities(by)));
        try (InputStream file = EveryPageIT.class.getResourceAsStream("/recorded/encoder.safetensors")) {
            return runs.add(file, "", "", Audience.ALL, check -> {}).id();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } finally {
            SecurityContextHolder.clearContext();
        }
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

    @Test
    void forStrangers() {
        areSound(STRANGERS);
    }

    @Test
    void forMembers() {
        page.signIn(ADMIN, PASSWORD);
        areSound(MEMBERS);
        theFormsOfAFindingAreSound();
    }

    private void theFormsOfAFindingAreSound() {
        open("findings/FINDING");
        page.driver().findElement(By.id("edit-finding")).click();
        page.until("the form", () -> !page.driver().findElements(By.id("title")).isEmpty());
        page.settle();
        assertThat(faults(".hl-content-form")).isEmpty();
        open("explore");
        page.driver()
                .findElement(By.cssSelector(".hl-annotate-button vaadin-button"))
                .click();
        page.until("the form", () -> !page.driver().findElements(By.id("title")).isEmpty());
        page.settle();
        assertThat(faults(".hl-content-form")).isEmpty();
    }

    @Test
    void theTabsAndTheContentAreAFewKeysAway() {
        page.open("explore");
        press(Keys.TAB, Keys.TAB, Keys.ENTER);
        page.until("the tab has the focus", () -> active().equals("vaadin-tab"));
        open("circuits");
        press(Keys.TAB, Keys.ENTER);
        page.until("the content has the focus", () -> active().equals("main"));
    }

    @Test
    void groupsOfControlsAreOneStopSoThatTheTabsComeBeforeTheTwentieth() {
        page.open("explore?heads=L1H3&dest=20&src=9");
        List<String> stops = new ArrayList<>();
        do {
            press(Keys.TAB);
            stops.add((String) page.script(DEEPEST + "return name(deepest());"));
        } while (!active().equals("vaadin-tab") && stops.size() < 40);
        assertThat(stops).hasSizeLessThan(20);
        assertThat(stops).doesNotHaveDuplicates();
    }

    @Test
    void arrowsWalkOverAGroupAndTabLeavesIt() {
        page.open("explore");
        press(Keys.TAB, Keys.TAB, Keys.TAB);
        assertThat(focused()).isEqualTo("Explore");
        press(Keys.ARROW_RIGHT, Keys.ARROW_RIGHT);
        assertThat(focused()).isEqualTo("Patching");
        press(Keys.ARROW_LEFT);
        assertThat(focused()).isEqualTo("Learn");
        press(Keys.TAB);
        assertThat(focused()).isEqualTo("Sign in");
        page.script("document.querySelector('headlight-attention-view').shadowRoot"
                + ".querySelector('input[value=weight]').focus()");
        press(Keys.ARROW_LEFT);
        assertThat(focused()).as("the choice before").isEqualTo("lines");
        press(Keys.ARROW_RIGHT);
        page.until("an arrow chooses among choices", () -> page.address().contains("view=arcs"));
        assertThat(focused()).isEqualTo("arcs");
    }

    @Test
    void aChoiceExplainsItselfByClickAndKey() {
        page.open("explore");
        page.script("document.querySelector('headlight-attention-view').shadowRoot"
                + ".querySelector('input[value=value]').click()");
        page.until(
                "what is chosen is explained", () -> explanation().contains("Weight times the size of what is moved"));
        press(Keys.ESCAPE);
        assertThat(explanation()).isEmpty();
        page.script("document.querySelector('headlight-head-grid').shadowRoot.querySelector('input:checked').focus()");
        page.until("the focus explains too", () -> explanation().contains("Where each head looks"));
        page.open("explore?tab=residual");
        List<?> silent = (List<?>)
                page.script(
                        "const all = root => [...root.querySelectorAll('*')]"
                                + ".flatMap(each => [each, ...(each.shadowRoot ? all(each.shadowRoot) : [])]);"
                                + "return all(document).filter(each => each.matches('.segmented input') && !each.ariaDescription).map(each => each.value)");
        assertThat(silent).isEmpty();
    }

    @Test
    void theFormOfTheSignInHasNoFrameInThePanels() {
        open("sign-in");
        setTheme("dark");
        assertThat(page.script(
                        "const form = document.querySelector('vaadin-login-form').shadowRoot.getElementById('form');"
                                + " return getComputedStyle(form).backgroundImage + getComputedStyle(form).padding"))
                .isEqualTo("none0px");
        assertThat(
                        (Boolean)
                                page.script(
                                        "const right = (name) => document.querySelector(name).getBoundingClientRect().right;"
                                                + " return right('vaadin-login-form vaadin-text-field') <= right('vaadin-login-form') + 1"))
                .as("the fields end where the form does")
                .isTrue();
    }

    @Tag("nightly")
    @Test
    void eachFieldOfTheTrainingIsExplained() {
        open("train");
        page.script("document.querySelector('vaadin-details').opened = true");
        page.settle();
        List<?> silent = (List<?>)
                page.script(
                        "return [...document.querySelectorAll('#recipe :is(vaadin-select, vaadin-text-field,"
                                + " vaadin-integer-field, vaadin-number-field)')].filter(each => !each.closest('.hl-text-source'))"
                                + ".map(each => each.label).filter(label => document.querySelector("
                                + "`#recipe headlight-term[mark][name=\"${label}\"]`)?.shadowRoot.querySelector('[popover]').textContent.length < label.length + 30)");
        assertThat(silent).isEmpty();
        String mark = "document.querySelector('#recipe headlight-term[name=\"d_model\"]').shadowRoot";
        page.script(mark + ".querySelector('button').click()");
        page.until(
                "it is explained",
                () -> page.script("return " + mark + ".querySelector('[popover]').matches(':popover-open')")
                        == Boolean.TRUE);
    }

    @Tag("nightly")
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
                .contains("What a head writes");
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

    /** Checks all pages before it complains of any. */
    private void areSound(List<Visit> visits) {
        Map<String, List<String>> faults = new LinkedHashMap<>();
        for (Visit visit : visits) {
            String address = visit.address();
            open(address);
            List<String> found = faults(visit.part());
            // The answer of a page that is missing is noted as an error.
            page.complaints().stream()
                    .filter(complaint -> !(MISSING.contains(address) && complaint.contains("404")))
                    .forEach(found::add);
            if (!found.isEmpty()) {
                faults.put(address, found);
            }
        }
        assertThat(faults).isEmpty();
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
    private List<String> faults(String part) {
        List<String> faults = new ArrayList<>();
        setTheme("light");
        check.axe(part).forEach(fault -> faults.add("light: " + fault));
        setTheme("dark");
        check.axeOfColours(part).forEach(fault -> faults.add("dark: " + fault));
        faults.addAll(check.undefined());
        faults.addAll(check.focus());
        check.width().forEach(fault -> faults.add("1440 px: " + fault));
        for (int[] size : WINDOWS) {
            page.resize(size[0], size[1]);
            page.settle();
            check.width().forEach(fault -> faults.add(size[0] + " px: " + fault));
        }
        page.resize(1440, 960);
        return faults;
    }

    private void setTheme(String theme) {
        page.script(
                "localStorage.setItem('headlight-theme', arguments[0]);"
                        + " document.documentElement.setAttribute('theme', arguments[0]);"
                        + " document.documentElement.classList.toggle('dark-mode', arguments[0] === 'dark')",
                theme);
        page.settle();
        page.script("document.getAnimations().forEach(each => each.finish())");
    }

    private String active() {
        return (String) page.script("return document.activeElement.localName");
    }

    /** What has the focus, in its own words or its label's. */
    private String focused() {
        return (String) page.script(DEEPEST + "return (deepest().labels?.[0] ?? deepest()).textContent.trim();");
    }

    /** What the explanation of a control says; empty where none is open. */
    private String explanation() {
        return (String) page.script(
                "return document.querySelector('body > headlight-tip:popover-open')?.shadowRoot.textContent ?? ''");
    }

    private void press(Keys... keys) {
        IntStream.range(0, keys.length)
                .forEach(i -> page.driver().switchTo().activeElement().sendKeys(keys[i]));
    }
}
