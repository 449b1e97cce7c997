package app.headlight.web.explore;

import static org.assertj.core.api.Assertions.assertThat;

import app.headlight.Nightly;
import app.headlight.browser.BrowserTest;
import app.headlight.browser.ExplorePage;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.interactions.WheelInput;

/** What is selected in sentences that are longer than the panel is high. */
class LongSentencesIT extends BrowserTest {

    /** Where in the attention picture's window the two ends can be pointed at: the boxes of those places. */
    private static final String ENDS = """
            const view = document.getElementById('attention-view');
            const frame = view.shadowRoot.querySelector('.window');
            const overlay = view.shadowRoot.querySelectorAll('canvas')[1];
            const box = frame.getBoundingClientRect();
            const seen = { destination: null, source: null };
            const grow = (end, x, y) => {
                const old = seen[end] ?? { left: x, right: x, top: y, bottom: y };
                seen[end] = { left: Math.min(old.left, x), right: Math.max(old.right, x),
                    top: Math.min(old.top, y), bottom: Math.max(old.bottom, y) };
            };
            const inColumns = view.mode === 'lines';
            for (let y = inColumns ? 25 : frame.clientHeight - 42; y < frame.clientHeight; y += 2) {
                for (let x = 1; x < frame.clientWidth; x += inColumns ? frame.clientWidth - 3 : 2) {
                    const hit = view.painter.hit(view.scene, box.left + x, box.top + y);
                    const [d, s] = hit ? [hit.destination, hit.source] : [-1, -1];
                    if (s === view.source && (d < 0 || inColumns)) grow('source', x, y);
                    if (d === view.destination && s < 0) grow('destination', x, y);
                }
            }
            const copy = Object.assign(document.createElement('canvas'), { width: overlay.width, height: overlay.height });
            const context = copy.getContext('2d', { willReadFrequently: true });
            context.drawImage(overlay, 0, 0);
            const accent = getComputedStyle(view).getPropertyValue('--hl-accent').trim().match(/\\w\\w/g).map(h => parseInt(h, 16));
            return ['destination', 'source'].map(end => {
                if (!seen[end]) return 'the ' + end + ' cannot be seen';
                let { left, right, top, bottom } = seen[end];
                if (inColumns) [left, right] = end === 'source' ? [frame.clientWidth * 0.6, frame.clientWidth] : [0, frame.clientWidth * 0.3];
                else [top, bottom] = [frame.clientHeight - 44, frame.clientHeight - 20];
                const pixels = context.getImageData(left, top, right - left + 1, bottom - top + 1).data;
                let drawn = 0;
                for (let i = 0; i < pixels.length; i += 4)
                    if (pixels[i + 3] > 200 && accent.every((channel, c) => Math.abs(channel - pixels[i + c]) < 30)) drawn++;
                return drawn > 8 ? 'seen' : 'the ' + end + ' is not drawn as selected';
            }).join(', ');
            """;

    private static final String CELL = """
            const view = document.getElementById('attention-view');
            const frame = view.shadowRoot.querySelector('.window');
            const box = frame.getBoundingClientRect();
            for (let y = 0; y < frame.clientHeight; y++)
                for (let x = 0; x < frame.clientWidth; x++) {
                    const hit = view.painter.hit(view.scene, box.left + x, box.top + y);
                    if (hit && hit.destination === view.destination && hit.source === view.source) return 'seen';
                }
            return 'not seen';
            """;

    private static final String STRIP = """
            const strip = document.getElementById('token-strip').shadowRoot;
            const list = strip.querySelector('.tokens').getBoundingClientRect();
            const token = strip.querySelector('.destination').getBoundingClientRect();
            return token.top >= list.top - 1 && token.bottom <= list.bottom + 1 ? 'seen' : 'not seen';
            """;

    private static final String SHOWN = """
            const view = document.getElementById('attention-view');
            return view.painter.shows(view.scene);
            """;

    static List<Integer> lengths() {
        return Nightly.some(5, List.of(256, 41, 64, 128, 512));
    }

    @ParameterizedTest
    @MethodSource("lengths")
    void bothEndsOfTheSelectedLineAreSeen(int tokens) {
        for (String drawn : Nightly.some(2, List.of("lines", "arcs", "matrix"))) {
            page.resize(1440, 960);
            page.open(address(tokens, tokens - 1, 2) + "&view=" + drawn);
            for (int width : new int[] {1440, 390}) {
                page.resize(width, 960);
                page.settle();
                String what = "%d tokens as %s at %d px".formatted(tokens, drawn, width);
                assertThat(page.script(drawn.equals("matrix") ? CELL : ENDS))
                        .as(what)
                        .asString()
                        .doesNotContain("not");
                assertThat(page.script(STRIP)).as("in the strip, " + what).isEqualTo("seen");
            }
            if (!drawn.equals("matrix")) {
                wheel(4000, 4000);
                assertThat(page.script(ENDS))
                        .as("scrolled, %d tokens as %s", tokens, drawn)
                        .isEqualTo("seen, seen");
            }
        }
    }

    /** What was selected is revealed when it is selected; who scrolls away from it stays where he is. */
    @Test
    void aWindowOfAnotherSizeFollowsWhatIsSelectedUntilItIsScrolledAway() {
        String window = "document.getElementById('attention-view').shadowRoot.querySelector('.window')";
        page.resize(1440, 960);
        page.open(address(64, 60, 50));
        page.until("it is revealed", () -> page.script("return " + window + ".scrollTop > 0") == Boolean.TRUE);
        page.resize(1440, 1300);
        page.resize(1440, 960);
        page.until("what is selected is seen", () -> page.script(SHOWN) == Boolean.TRUE);
        AtomicInteger size = new AtomicInteger(970);
        page.until("what is scrolled by nobody is seen again", () -> {
            page.resize(1440, size.getAndAdd(2)); // It comes back once in each size, and may have done so in the last.
            page.settle();
            page.script(window + ".scrollTo(0, 0)"); // As a browser does by itself, which is nobody's wish.
            page.settle();
            return page.script(SHOWN) == Boolean.TRUE;
        });
        page.resize(1440, 1010);
        page.settle();
        assertThat(page.script(SHOWN)).as("in a higher window").isEqualTo(true);
        page.resize(1440, 960);
        page.settle();

        wheel(0, -4000);
        page.until(
                "the window is at its top", () -> page.script("return " + window + ".scrollTop === 0") == Boolean.TRUE);
        page.settle();
        for (int height : new int[] {1010, 960}) {
            page.resize(1440, height);
            page.settle();
            assertThat(page.script("return " + window + ".scrollTop"))
                    .as("in a window of %d px", height)
                    .isEqualTo(0L);
        }
    }

    /** Turns the wheel over the picture. */
    private void wheel(int right, int down) {
        WebElement scrolled = (WebElement)
                page.script("return document.getElementById('attention-view').shadowRoot.querySelector('.window')");
        new Actions(page.driver())
                .scrollFromOrigin(WheelInput.ScrollOrigin.fromElement(scrolled), right, down)
                .perform();
        page.settle();
    }

    private static String address(int tokens, int destination, int source) {
        String text = IntStream.range(0, tokens)
                .mapToObj(at -> String.valueOf(at * 37 % 100))
                .collect(Collectors.joining(" "));
        return "explore?model=" + LONG_MODEL + "&text=" + ExplorePage.escaped(text) + "&dest=" + destination + "&src="
                + source;
    }
}
