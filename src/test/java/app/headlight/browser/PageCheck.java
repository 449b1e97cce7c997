package app.headlight.browser;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.openqa.selenium.Keys;
import org.openqa.selenium.chrome.ChromeDriver;

/** Checks of whatever page is open; each answers with what is wrong, a line each. */
final class PageCheck {

    private static final String AXE = read("/axe.min.js");
    private static final String AXE_RUN = read("/browser/axe-run.js");
    private static final String TOO_WIDE = read("/browser/too-wide.js");
    private static final String FOCUS = read("/browser/focus.js");

    private final ChromeDriver driver;

    PageCheck(ChromeDriver driver) {
        this.driver = driver;
    }

    /** What axe-core finds serious or critical in the elements of a selector. */
    List<String> axe(String part) {
        return axe(part, true);
    }

    /** Of that, what depends on the colours alone. */
    List<String> axeOfColours(String part) {
        return axe(part, false);
    }

    @SuppressWarnings("unchecked")
    private List<String> axe(String part, boolean all) {
        if (driver.executeScript("return !!window.axe") != Boolean.TRUE) {
            driver.executeScript(AXE);
        }
        return (List<String>) driver.executeAsyncScript(AXE_RUN, part, all);
    }

    /** What sticks out to the side, and words without room. */
    @SuppressWarnings("unchecked")
    List<String> width() {
        return (List<String>) driver.executeScript(TOO_WIDE);
    }

    /** Elements of components that are not in Vaadin's bundle: they draw nothing, and nothing complains. */
    @SuppressWarnings("unchecked")
    List<String> undefined() {
        return (List<String>)
                driver.executeScript(
                        "return [...new Set([...document.querySelectorAll(':not(:defined)')].map(e => e.localName))]"
                                + ".filter(name => !name.startsWith('flow-container-')).map(name => name + ' is not in the bundle')");
    }

    /** Stops of the Tab key without size, without a sign of the focus, or with a cut one. */
    @SuppressWarnings("unchecked")
    List<String> focus() {
        driver.switchTo().activeElement().sendKeys(Keys.TAB);
        return (List<String>) driver.executeScript(FOCUS);
    }

    private static String read(String resource) {
        try (InputStream in = PageCheck.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("there is no " + resource + " on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
