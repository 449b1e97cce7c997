package app.headlight.web.explore;

import static org.assertj.core.api.Assertions.assertThat;

import app.headlight.Nightly;
import app.headlight.browser.BrowserTest;
import app.headlight.browser.ExplorePage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.interactions.Actions;

/**
 * Measures the page in the browser, by night with longer sentences too, and writes the figures to {@code target/page-timings.txt}. It judges no time, since
 * machines differ; it fails where something is not drawn at all.
 */
class PageTimingsIT extends BrowserTest {

    private static final int ROUNDS = Nightly.times(3, 7);
    private static final int PIXELS_APART = Nightly.times(60, 12);

    @Tag("nightly")
    @Test
    void everySizeIsDrawnAndMeasured() throws IOException {
        List<String> report = new ArrayList<>();
        for (int length : Nightly.some(3, List.of(64, 256, 512))) {
            report.add(enterToDrawn(page, length));
            for (String view : List.of("lines", "arcs", "matrix")) {
                report.add(hovering(page, length, view));
            }
        }
        report.forEach(System.out::println);
        Files.write(Path.of("target", "page-timings.txt"), report);
    }

    private static String enterToDrawn(ExplorePage page, int length) {
        page.open("explore?model=" + LONG_MODEL + "&text=1+2+3");
        List<Double> times = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            page.script("performance.clearMeasures(); performance.clearMarks()");
            page.paste(ids(length, round));
            page.until(length + " tokens", () -> page.tokens().size() == length);
            page.until(
                    "everything is drawn",
                    () -> measured(page)
                            .containsAll(List.of(
                                    "token-strip",
                                    "head-grid",
                                    "attention-view",
                                    "heatmap",
                                    "ranked-tokens",
                                    "layer-lines")));
            page.settle();
            times.add(((Number) page.script("return Math.max(...performance.getEntriesByType('measure')"
                            + ".filter(m => m.name.startsWith('headlight:drawn:')).map(m => m.duration))"))
                    .doubleValue());
        }
        return line("Enter to all panels drawn, " + length + " tokens", times.subList(2, times.size()));
    }

    private static String hovering(ExplorePage page, int length, String view) {
        page.open("explore?model=" + LONG_MODEL + "&text=" + ExplorePage.escaped(ids(length, 0)) + "&view=" + view);
        WebElement canvas = page.inside("attention-view").findElement(By.cssSelector("canvas"));
        page.script("performance.clearMeasures('headlight:hover')");
        int half = canvas.getSize().height / 2;
        for (int y = -half + 20; y < half - 20; y += PIXELS_APART) {
            new Actions(page.driver()).moveToElement(canvas, y % 60 - 200, y).perform();
        }
        @SuppressWarnings("unchecked")
        List<Number> times = (List<Number>)
                page.script("return performance.getEntriesByName('headlight:hover').map(m => m.duration)");
        assertThat(times)
                .as("hovers measured over %s at %s tokens", view, length)
                .isNotEmpty();
        return line(
                "hover redraw, " + view + ", " + length + " tokens",
                times.stream().map(Number::doubleValue).toList());
    }

    @SuppressWarnings("unchecked")
    private static List<String> measured(ExplorePage page) {
        return (List<String>) page.script("return performance.getEntriesByType('measure').map(m => m.name.slice(16))");
    }

    private static String ids(int length, int round) {
        return IntStream.range(0, length)
                .mapToObj(i -> Integer.toString((i * 37 + i / 9 + round * 11) % 100))
                .collect(Collectors.joining(" "));
    }

    private static String line(String what, List<Double> times) {
        List<Double> sorted = times.stream().sorted().toList();
        return String.format(
                Locale.ROOT,
                "%-45s median %6.1f ms, p95 %6.1f ms, most %6.1f ms (n = %d)",
                what,
                sorted.get(sorted.size() / 2),
                sorted.get((int) (0.95 * (sorted.size() - 1))),
                sorted.getLast(),
                sorted.size());
    }
}
