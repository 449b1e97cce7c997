package app.headlight.browser;

import java.awt.Dimension;
import java.awt.Rectangle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.openqa.selenium.JavascriptException;
import org.openqa.selenium.ScriptTimeoutException;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.chrome.ChromeDriver;

/**
 * The windows of one browser: in some of them pages are used, and in one more the same addresses are opened anew to be
 * compared with. All have the same session and the same drafts.
 */
final class Windows {

    /** What no two loads of a page have alike; never a picture. */
    static final List<String> MASKS = List.of(
            "headlight-presenter-clock" // the time since the presentation began
            );

    private static final int WIDTH = 1440;
    private static final int HEIGHT = 960;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Milliseconds after which a page counts as hanging. */
    private static final int HANGS = 10_000;

    private static final String PAGE = script("page.js");

    private final ExplorePage page;
    private final ChromeDriver driver;
    private final List<String> used = new ArrayList<>();
    private final String fresh;
    private int current;

    Windows(ExplorePage page) {
        this.page = page;
        driver = page.driver();
        driver.manage().timeouts().scriptTimeout(PATIENCE.plusSeconds(10));
        used.add(driver.getWindowHandle());
        prepare();
        fresh = open();
        use(0);
    }

    private String open() {
        driver.switchTo().newWindow(WindowType.WINDOW);
        prepare();
        return driver.getWindowHandle();
    }

    private void prepare() {
        command("Page.addScriptToEvaluateOnNewDocument", Map.of("source", PAGE));
        command(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", WIDTH, "height", HEIGHT, "deviceScaleFactor", 1, "mobile", false));
        command(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-reduced-motion", "value", "reduce"))));
        command("Page.setDownloadBehavior", Map.of("behavior", "deny"));
        // A picture of the whole page is taken without scroll bars: they would go, and the page be laid out anew, just
        // then.
        command("Emulation.setScrollbarsHidden", Map.of("hidden", true));
    }

    Object command(String name, Map<String, Object> arguments) {
        return driver.executeCdpCommand(name, arguments);
    }

    /** Goes on in a window for using pages. */
    void use(int window) {
        current = window;
        driver.switchTo().window(used.get(window));
    }

    /** Goes on in the other window for using pages. */
    void useOther() {
        if (used.size() == 1) {
            used.add(open());
        }
        use(1 - current);
    }

    /** Closes what pages have opened by themselves. */
    void closeOthers() {
        Set<String> others = new HashSet<>(driver.getWindowHandles());
        used.forEach(others::remove);
        others.remove(fresh);
        for (String other : others) {
            driver.switchTo().window(other).close();
        }
        if (!others.isEmpty()) {
            use(current);
        }
    }

    void close() {
        used.subList(1, used.size())
                .forEach(window -> driver.switchTo().window(window).close());
        driver.switchTo().window(fresh).close();
        use(0);
    }

    /** Waits until the page stands still; a page that is left meanwhile is waited for in its turn. */
    void settle() {
        for (int i = 0; ; i++) {
            try {
                Object waits = driver.executeAsyncScript(
                        "const done = arguments[1]; window.walk ? walk.settled(arguments[0]).then(done) : setTimeout(() => done(''), 50)",
                        PATIENCE.toMillis());
                if (!"".equals(waits)) {
                    throw new AssertionError(page.address() + " still waits for " + waits);
                }
                return;
            } catch (JavascriptException left) {
                if (i == 5) {
                    throw left;
                }
            } catch (ScriptTimeoutException lost) {
                // The driver now and then loses what it asked of a page that is just left; a page that stood still says
                // so.
                if (i > 0 || pause() > HANGS) {
                    throw lost;
                }
            }
        }
    }

    /** How long the page in use did nothing at all, in milliseconds. */
    private double pause() {
        return ((Number) driver.executeScript("return window.walk ? walk.longestPause() : 0")).doubleValue();
    }

    /** The page in use beside its own address opened anew. Looked at again where they differ: no sign tells of all work. */
    Compared compare() {
        Compared compared = compareOnce();
        for (int i = 0; i < 2 && !compared.areAlike(); i++) {
            compared = compareOnce();
        }
        return compared;
    }

    private Compared compareOnce() {
        Look used = look();
        return new Compared(used, freshLook(used.address()));
    }

    /** How the page in use looks once all is put away that lies open on it. */
    private Look look() {
        for (int i = 0; i < 4 && (i == 0 || driver.executeScript("return walk.hasOpen()") == Boolean.TRUE); i++) {
            press("Escape", 27, 0);
            settle();
        }
        if (driver.executeScript("return walk.hasAnswer()") == Boolean.TRUE) {
            driver.navigate().refresh(); // what is answered to a press is said once
            settle();
        }
        if (((Number) driver.executeScript("return walk.closeForms()")).intValue() > 0) {
            settle();
        }
        return putAwayAndLook();
    }

    /** How the address of the page in use looks when it is opened anew. */
    private Look freshLook(String address) {
        Object drafts = driver.executeScript("return JSON.stringify({...sessionStorage})");
        driver.switchTo().window(fresh);
        String take = "if (window === top) { sessionStorage.clear(); Object.assign(sessionStorage, " + drafts + "); }";
        @SuppressWarnings("unchecked")
        Map<String, Object> script =
                (Map<String, Object>) command("Page.addScriptToEvaluateOnNewDocument", Map.of("source", take));
        driver.get(address);
        command("Page.removeScriptToEvaluateOnNewDocument", script);
        settle();
        Look look = putAwayAndLook();
        use(current);
        return look;
    }

    private Look putAwayAndLook() {
        leaveWithTheMouse();
        driver.executeScript("walk.putAway()");
        settle();
        driver.executeScript("walk.putAway()");
        @SuppressWarnings("unchecked")
        Map<String, Object> shape =
                (Map<String, Object>) driver.executeScript("return walk.shape(arguments[0])", String.join(", ", MASKS));
        Map<String, Object> clip =
                Map.of("x", 0, "y", 0, "width", shape.get("width"), "height", shape.get("height"), "scale", 1);
        @SuppressWarnings("unchecked")
        Map<String, Object> shot = (Map<String, Object>) command(
                "Page.captureScreenshot",
                Map.of("format", "png", "optimizeForSpeed", true, "captureBeyondViewport", true, "clip", clip));
        @SuppressWarnings("unchecked")
        List<List<Number>> boxes = (List<List<Number>>) shape.get("boxes");
        List<Rectangle> masks = boxes.stream()
                .map(box -> new Rectangle(
                        box.get(0).intValue(),
                        box.get(1).intValue(),
                        box.get(2).intValue(),
                        box.get(3).intValue()))
                .toList();
        Dimension size =
                new Dimension(((Number) shape.get("width")).intValue(), ((Number) shape.get("height")).intValue());
        return new Look(
                page.address(),
                driver.getTitle(),
                (String) shape.get("pointedAt"),
                (String) shot.get("data"),
                size,
                masks);
    }

    /** Moves the mouse away, first over what keeps the look of being pointed at. */
    private void leaveWithTheMouse() {
        @SuppressWarnings("unchecked")
        List<List<Number>> hovered = (List<List<Number>>) driver.executeScript("return walk.hovered()");
        for (List<Number> place : hovered) {
            command("Input.dispatchMouseEvent", Map.of("type", "mouseMoved", "x", place.get(0), "y", place.get(1)));
        }
        command("Input.dispatchMouseEvent", Map.of("type", "mouseMoved", "x", 0, "y", 0));
    }

    /** Clicks a point of the page in use. */
    void click(int x, int y, boolean withControl) {
        int held = withControl ? 2 : 0;
        command("Input.dispatchMouseEvent", Map.of("type", "mouseMoved", "x", x, "y", y));
        command("Input.dispatchMouseEvent", mouse("mousePressed", x, y, held));
        command("Input.dispatchMouseEvent", mouse("mouseReleased", x, y, held));
    }

    private static Map<String, Object> mouse(String type, int x, int y, int held) {
        return Map.of("type", type, "x", x, "y", y, "button", "left", "clickCount", 1, "modifiers", held);
    }

    /** Presses a key; held: 8 with Shift. */
    void press(String key, int code, int held) {
        String text = key.equals("Enter") ? "\r" : key.equals("Space") ? " " : "";
        String name = key.equals("Space") ? " " : key;
        command(
                "Input.dispatchKeyEvent",
                Map.of(
                        "type", text.isEmpty() ? "rawKeyDown" : "keyDown",
                        "key", name,
                        "code", key,
                        "text", text,
                        "windowsVirtualKeyCode", code,
                        "modifiers", held));
        command(
                "Input.dispatchKeyEvent",
                Map.of("type", "keyUp", "key", name, "code", key, "windowsVirtualKeyCode", code, "modifiers", held));
    }

    /** Types over what stands in the field that has the focus. */
    void type(String text) {
        command(
                "Input.dispatchKeyEvent",
                Map.of(
                        "type",
                        "rawKeyDown",
                        "key",
                        "a",
                        "code",
                        "KeyA",
                        "windowsVirtualKeyCode",
                        65,
                        "modifiers",
                        2,
                        "commands",
                        List.of("selectAll")));
        command(
                "Input.dispatchKeyEvent",
                Map.of("type", "keyUp", "key", "a", "code", "KeyA", "windowsVirtualKeyCode", 65, "modifiers", 2));
        command("Input.insertText", Map.of("text", text));
    }

    private static String script(String name) {
        try (var in = Windows.class.getResourceAsStream("/walk/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
