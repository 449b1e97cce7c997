package app.headlight.browser;

import app.headlight.web.security.Visitor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.stream.Collectors;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.Keys;
import org.openqa.selenium.SearchContext;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.support.ui.WebDriverWait;

/** The Explore screen as a person in front of it sees and uses it. */
public final class ExplorePage implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** What Chrome's driver says, instead of “stale”, of an element that goes between its being found and read. */
    private static final String GONE = "Node with given id does not belong to the document";

    private final ChromeDriver driver;
    private final String root;

    public ExplorePage(int port) {
        this(port, 1440, 960);
    }

    public ExplorePage(int port, int width, int height) {
        driver = Chromium.open(width, height);
        root = "http://localhost:" + port + "/";
        resize(width, height);
    }

    /** The size of what is seen of the page. */
    public void resize(int width, int height) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    }

    /** The server's address, with a slash at its end. */
    public String root() {
        return root;
    }

    public ChromeDriver driver() {
        return driver;
    }

    /** As if the browser had never been here: no session, no settings, no messages, the usual size. */
    public void forget() {
        // A page of the server's own would ask for an icon, and the answer come in the middle of the next test.
        driver.get("about:blank");
        driver.executeCdpCommand("Storage.clearDataForOrigin", Map.of("origin", root, "storageTypes", "all"));
        driver.executeCdpCommand("Network.clearBrowserCookies", Map.of());
        resize(1440, 960);
        complaints();
    }

    /** Signs in without the page for it, which takes seconds: the browser gets the cookies that the page would get. */
    public void signIn(String name, String password) {
        try {
            Visitor visitor = new Visitor(URI.create(root).getPort());
            visitor.signIn(name, password);
            if (!visitor.isSignedIn()) {
                throw new AssertionError(name + " could not be signed in");
            }
            for (HttpCookie cookie : visitor.cookies()) {
                driver.executeCdpCommand(
                        "Network.setCookie",
                        Map.of("name", cookie.getName(), "value", cookie.getValue(), "url", root, "httpOnly", true));
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    /** Signs in on the page for it and waits until the page that follows says so. */
    public void signInOnThePage(String name, String password) {
        driver.get(root + "sign-in?to=/account");
        enter(name, password);
        until(
                name + " is signed in",
                () -> address().endsWith("/account") && text("account-menu").contains(name));
    }

    /** Fills in the page for signing in, which is open, and sends it. */
    public void enter(String name, String password) {
        until(
                "the sign-in",
                () -> driver.findElements(By.cssSelector("input[name=password]"))
                                .size()
                        == 1);
        settle();
        WebElement nameField = driver.findElement(By.cssSelector("input[name=username]"));
        WebElement passwordField = driver.findElement(By.cssSelector("input[name=password]"));
        // The form takes the focus to the name by itself, on a slow machine while the password is being typed.
        until("name and password are written", () -> {
            nameField.sendKeys(Keys.chord(Keys.CONTROL, "a"), name);
            passwordField.sendKeys(Keys.chord(Keys.CONTROL, "a"), password);
            return name.equals(nameField.getDomProperty("value"))
                    && password.equals(passwordField.getDomProperty("value"));
        });
        passwordField.sendKeys(Keys.ENTER);
    }

    /** Opens an address below the server's root and waits until its attention is drawn. */
    public ExplorePage open(String address) {
        driver.get(address.startsWith("http") ? address : root + address);
        return untilDrawn();
    }

    /** Waits until the page's attention is drawn. */
    public ExplorePage untilDrawn() {
        until(
                "the page is drawn",
                () -> !driver.findElements(By.id("attention-view")).isEmpty()
                        && script("return !!document.querySelector('headlight-token-strip').data") == Boolean.TRUE);
        settle();
        return this;
    }

    public static String escaped(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** Types a sentence over the old one and presses Enter. */
    public void say(String sentence) {
        WebElement field = sentenceField();
        field.sendKeys(Keys.chord(Keys.CONTROL, "a"), Keys.DELETE);
        field.sendKeys(sentence, Keys.ENTER);
    }

    /** Puts a text into the field at once, as a paste does, and presses Enter. */
    public void paste(String text) {
        script("arguments[0].value = arguments[1]", sentenceField(), text);
        sentenceField().sendKeys(Keys.ENTER);
    }

    public WebElement sentenceField() {
        return inside("sentence").findElement(By.cssSelector("textarea"));
    }

    public String sentence() {
        return sentenceField().getDomProperty("value");
    }

    /** The shadow root of the element with that id. */
    public SearchContext inside(String id) {
        return driver.findElement(By.id(id)).getShadowRoot();
    }

    /** The labels of the token strip. */
    @SuppressWarnings("unchecked")
    public List<String> tokens() {
        return (List<String>)
                script("return (document.getElementById('token-strip')?.data?.tokens ?? []).map(t => t.label)");
    }

    public void untilTokens(String... labels) {
        until("tokens " + List.of(labels), () -> tokens().equals(List.of(labels)));
        settle();
    }

    public void untilAddress(String part) {
        until("address with " + part, () -> address().contains(part));
        settle();
    }

    public void untilText(String id, String part) {
        until(id + " says " + part, () -> text(id).contains(part));
    }

    public String text(String id) {
        return driver.findElement(By.id(id)).getText();
    }

    /** What an element says, on one line. */
    public String words(String id) {
        return text(id).replaceAll("\\s+", " ");
    }

    public List<String> notices() {
        return driver.findElements(By.cssSelector(".hl-notice span")).stream()
                .map(WebElement::getText)
                .toList();
    }

    public void untilNotice(String part) {
        until("a notice with " + part, () -> notices().stream().anyMatch(notice -> notice.contains(part)));
    }

    public String address() {
        return driver.getCurrentUrl();
    }

    /** The query of the address, parameter by parameter. */
    public Map<String, String> parameters() {
        String query = address().contains("?") ? address().substring(address().indexOf('?') + 1) : "";
        return List.of(query.split("&")).stream()
                .filter(pair -> pair.contains("="))
                .collect(Collectors.toMap(
                        pair -> pair.substring(0, pair.indexOf('=')),
                        pair -> URLDecoder.decode(pair.substring(pair.indexOf('=') + 1), StandardCharsets.UTF_8)));
    }

    /** The pixels of a picture's canvases, as one string: two are the same picture if these are equal. */
    public String pixels(String id) {
        return (String) script(
                "return [...document.getElementById(arguments[0]).shadowRoot.querySelectorAll('canvas')]"
                        + ".map(c => c.toDataURL()).join()",
                id);
    }

    public void pickHead(int layer, int head) {
        WebElement grid = driver.findElement(By.id("head-grid"));
        WebElement button = grid.getShadowRoot().findElement(By.cssSelector("[data-head=L" + layer + "H" + head + "]"));
        button.click();
    }

    /** Moves down the middle of the attention picture until it points at a line, and clicks it. */
    public void clickALine() {
        WebElement view = driver.findElement(By.id("attention-view"));
        WebElement canvas = view.getShadowRoot().findElement(By.cssSelector("canvas"));
        Dimension size = canvas.getSize();
        for (int y = -size.height / 2 + 20; y < size.height / 2 - 10; y += 2) {
            new Actions(driver).moveToElement(canvas, -40, y).perform();
            if (script("return getComputedStyle(arguments[0]).cursor", canvas).equals("pointer")
                    || script("return arguments[0].style.cursor", view).equals("pointer")
                    || isPointing(view)) {
                new Actions(driver).click().perform();
                return;
            }
        }
        throw new AssertionError("no line stands under the middle of the attention picture");
    }

    private boolean isPointing(WebElement view) {
        return script("const p = arguments[0].scene?.pointed; return !!p && p.destination >= 0 && p.source >= 0", view)
                == Boolean.TRUE;
    }

    public void openTab(String title) {
        driver.findElements(By.cssSelector("#circuit-tabs vaadin-tab")).stream()
                .filter(tab -> tab.getText().equals(title))
                .findFirst()
                .orElseThrow()
                .click();
    }

    /**
     * What the browser complained about since the last call. That a page which is left, or whose session is ended,
     * has its socket closed properly is logged as an error by the push client when the server is the first to close: it is none.
     * Nor is it a fault that Vaadin's combo box, whose list and choice change in one answer, is told the choice's key before
     * the choice: its text is there when the answer has been read, and the pictures are compared. And what Flow still sends
     * from a page that the browser is leaving, as after signing in, finds no request to open.
     */
    public List<String> complaints() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
                .map(LogEntry::getMessage)
                .filter(message -> !(message.contains("Websocket closed, reason: Normal closure")
                                || message.contains("authenticated HTTP session that has ended"))
                        || !message.contains("wasClean: true"))
                .filter(message -> !message.contains("unable to determine the label for the provided `value`"))
                .filter(message -> !message.contains("Cannot read properties of null (reading 'open')")
                        || !message.contains("/FlowClient-"))
                .toList();
    }

    /** Waits until the server has answered and every answer is painted. */
    public void settle() {
        until(
                "the server has answered, and what comes after the first pictures is there",
                () -> script("return !Object.values(window.Vaadin?.Flow?.clients ?? {})"
                                + ".some(c => typeof c.isActive === 'function' && c.isActive())"
                                + " && !document.querySelector('#circuit-content > * > .hl-long-work:not([hidden]) >"
                                + " vaadin-progress-bar:not([hidden]), .hl-compose .hl-long-work:not([hidden])')")
                        == Boolean.TRUE);
        driver.executeAsyncScript(
                "const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 30)))");
    }

    public Object script(String script, Object... arguments) {
        Object result = driver.executeScript(script, arguments);
        return result == null ? "" : result;
    }

    public void until(String what, Supplier<Boolean> condition) {
        new WebDriverWait(driver, PATIENCE, Duration.ofMillis(40))
                .withMessage(() ->
                        "waited for: " + what + "; the page stands at " + address() + " with notices " + notices())
                .until(ignored -> holds(condition));
    }

    /** Whether it holds now; an element that went while it was asked about makes it false. */
    private static boolean holds(Supplier<Boolean> condition) {
        try {
            return condition.get();
        } catch (StaleElementReferenceException gone) {
            return false;
        } catch (WebDriverException error) {
            if (String.valueOf(error.getMessage()).contains(GONE)) {
                return false;
            }
            throw error;
        }
    }

    @Override
    public void close() {
        driver.quit();
    }
}
