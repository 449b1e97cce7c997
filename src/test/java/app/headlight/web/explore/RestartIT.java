package app.headlight.web.explore;

import static org.assertj.core.api.Assertions.assertThat;

import app.headlight.HeadlightApplication;
import app.headlight.Nightly;
import app.headlight.browser.ExplorePage;
import app.headlight.engine.transformer.HeadId;
import app.headlight.ground.people.Account;
import app.headlight.ground.people.Accounts;
import app.headlight.ground.people.Role;
import app.headlight.services.findings.Content;
import app.headlight.services.findings.FindingCollections;
import app.headlight.services.findings.Findings;
import app.headlight.services.findings.Subject;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** The server goes away and comes back while pages are open. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RestartIT {

    private static final String PASSWORD = "correct horse battery";

    @TempDir
    private static Path folder;

    private int port;
    private ConfigurableApplicationContext server;
    private ExplorePage page;
    private long own;
    private long others;
    private long collection;

    @BeforeAll
    void begin() throws IOException {
        port = freePort();
        server = start();
        Accounts accounts = server.getBean(Accounts.class);
        Account ada = accounts.add("Ada", Role.MEMBER, PASSWORD);
        own = finding(ada, "It looks back");
        others = finding(accounts.add("Bob", Role.MEMBER, PASSWORD), "It copies");
        FindingCollections collections = server.getBean(FindingCollections.class);
        collection = collections.create(ada, "Heads").id();
        collections.add(ada, collection, own, "Say it aloud");
        page = new ExplorePage(port);
    }

    private long finding(Account by, String title) {
        Content content = new Content(
                Subject.ofHead("storybook-2l", new HeadId(1, 3)),
                title,
                "",
                List.of(),
                "",
                80,
                "explore?model=storybook-2l");
        return server.getBean(Findings.class).add(by, content).id();
    }

    @AfterAll
    void end() {
        if (page != null) {
            page.close();
        }
        server.close();
    }

    @Tag("nightly")
    @Test
    void aPageThatNobodyPressesSaysSoAndGoesOnByItself() {
        page.forget();
        page.open("explore?text=The+king+and+the+king&heads=L0H1");
        String address = page.address();
        assertThat(folder.resolve("headlight.mv.db"))
                .as("the database where it was asked for")
                .exists();
        page.sentenceField().sendKeys(" again");
        page.script("window.sameDocument = true");
        server.close();
        page.until(
                "the page says that the server is away",
                () -> bars().size() == 1 && bars().getFirst().startsWith("The server does not answer."));
        assertThat(page.script("return document.querySelector('.hl-connection').getBoundingClientRect().bottom"
                        + " <= document.querySelector('.hl-header').getBoundingClientRect().top"))
                .as("it covers nothing")
                .isEqualTo(true);
        page.sentenceField().sendKeys(" and again");
        server = start();
        page.until("the page is another", () -> page.script("return window.sameDocument ?? false") == Boolean.FALSE);
        page.untilDrawn();
        assertThat(page.address()).isEqualTo(address);
        page.until("what was typed", () -> page.sentence().equals("The king and the king again and again"));
        assertThat(bars())
                .singleElement()
                .satisfies(bar ->
                        assertThat(bar).contains("opened again at its address", "typed and not sent is here again"));
        assertThat(page.driver().findElements(By.cssSelector(".v-system-error")))
                .isEmpty();
        page.sentenceField().sendKeys(Keys.ENTER);
        page.until("it is sent", () -> page.address().contains("again"));
        page.driver().findElement(By.cssSelector(".hl-connection button")).click();
        page.driver().navigate().back();
        page.until("the sentence before", () -> page.sentence().equals("The king and the king"));
        assertThat(bars()).isEmpty();
    }

    @Tag("nightly")
    @Test
    void aConnectionThatIsCutAndComesBackLeavesNoBar() {
        page.forget();
        page.open("explore?text=The+king+and+the+king&heads=L0H1");
        page.script("window.sameDocument = true");
        page.driver().executeCdpCommand("Network.enable", Map.of());
        offline(true);
        page.until("it is said", () -> bars().size() == 1);
        page.pickHead(0, 2);
        offline(false);
        page.until("nothing is said any more", () -> bars().isEmpty());
        page.until("what was asked meanwhile is done", () -> page.address().contains("L0H2"));
        page.until(
                "no bar of the browser's side either",
                () -> "connected".equals(page.script("return window.Vaadin.connectionState.state")));
        assertThat(page.script("return window.sameDocument")).isEqualTo(true);
    }

    @Test
    void everyTextFieldHasWhatWasTypedAfterARestart() {
        page.forget();
        page.signIn("Ada", PASSWORD);
        Map<String, String> pages = new LinkedHashMap<>();
        pages.put("collections", "");
        pages.put("collections/" + collection, "Edit notes");
        pages.put("explore?text=The+king", "Annotate this head");
        pages.put("findings/" + own, "Edit");
        pages.put("circuits", "");
        pages.put("search?task=own", "");
        pages.put("models", "");
        pages.put("train", "");
        pages.put("account", "");
        pages.put("findings/" + others, "");
        Map<String, List<Object>> typed = new LinkedHashMap<>();
        List<String> some = Nightly.some(9, List.copyOf(pages.keySet()));
        pages.keySet().retainAll(some);
        pages.forEach((address, opener) -> {
            page.driver().get(page.root() + address);
            open(opener);
            List<WebElement> inputs = inputs();
            assertThat(inputs).as("fields of " + address).isNotEmpty();
            for (int i = 0; i < inputs.size(); i++) {
                boolean number =
                        page.script("return arguments[0].type", inputs.get(i)).equals("number");
                inputs.get(i).sendKeys(number ? "7" : " typed " + i);
            }
            page.settle();
            typed.put(page.address(), values());
        });
        page.script("window.sameDocument = true");
        server.close();
        page.until("it is said", () -> bars().size() == 1);
        server = start();
        page.until("the page is another", () -> page.script("return window.sameDocument ?? false") == Boolean.FALSE);
        assertThat(page.address()).isEqualTo(typed.keySet().stream().toList().getLast());
        page.until("the comment", () -> values().equals(typed.get(page.address())));
        page.driver().findElement(By.id("send-comment")).click();
        page.untilText("comments", "typed");
        String sent = page.address();
        typed.keySet().stream().filter(address -> !address.equals(sent)).forEach(address -> {
            page.driver().get(address);
            page.until(
                    "in " + address + " " + typed.get(address) + " but now " + values(),
                    () -> values().equals(typed.get(address)));
        });
        page.driver().get(page.root() + "findings/" + others);
        page.untilText("comments", "1 comment");
        page.settle();
        assertThat(value("comment")).as("what was sent").isEmpty();
        assertThat(value("reason")).as("what was not").contains("typed");
    }

    private void open(String opener) {
        page.until("the page", () -> !inputs().isEmpty() || (!opener.isEmpty() && button(opener) != null));
        page.settle();
        if (!opener.isEmpty()) {
            int before = inputs().size();
            page.until(opener, () -> button(opener) != null);
            button(opener).click();
            page.until("the form", () -> inputs().size() > before);
            page.settle();
        }
    }

    private WebElement button(String text) {
        return page.driver().findElements(By.cssSelector("vaadin-button")).stream()
                .filter(each -> each.isDisplayed() && each.getText().equals(text))
                .findFirst()
                .orElse(null);
    }

    /** Every field that a text is typed into, but passwords and what only looks for things to pick. */
    @SuppressWarnings("unchecked")
    private List<WebElement> inputs() {
        return (List<WebElement>)
                page.script("return [...document.querySelectorAll('vaadin-text-field, vaadin-text-area,"
                        + " vaadin-integer-field, vaadin-number-field, vaadin-combo-box')].filter(field =>"
                        + " !field.readonly && field.offsetParent && (field.localName !== 'vaadin-combo-box' ||"
                        + " field.allowCustomValue)).map(field => field.inputElement)");
    }

    private List<Object> values() {
        return inputs().stream()
                .map(input -> page.script("return arguments[0].value", input))
                .toList();
    }

    private String value(String id) {
        return page.script("return document.getElementById(arguments[0])?.value ?? ''", id)
                .toString();
    }

    /** What is said about the connection. */
    private List<String> bars() {
        return page.driver().findElements(By.cssSelector(".hl-connection, .v-system-error")).stream()
                .map(WebElement::getText)
                .toList();
    }

    private void offline(boolean offline) {
        page.driver()
                .executeCdpCommand(
                        "Network.emulateNetworkConditions",
                        Map.of("offline", offline, "latency", 0, "downloadThroughput", -1, "uploadThroughput", -1));
    }

    private ConfigurableApplicationContext start() {
        return new SpringApplicationBuilder(HeadlightApplication.class)
                .run("--server.port=" + port, "--headlight.data=" + folder, "--server.shutdown=immediate");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
