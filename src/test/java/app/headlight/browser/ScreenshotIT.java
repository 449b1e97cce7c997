package app.headlight.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;

/**
 * Takes the README's pictures. They go to {@code target/screenshots}, or to the folder that the property
 * {@code headlight.screenshots} names.
 */
@Tag("nightly")
class ScreenshotIT extends BrowserTest {

    @ParameterizedTest
    @CsvSource({
        "explore-light, light, 1440, 960, ''",
        "explore-dark, dark, 1440, 960, ''",
        "explore-phone, light, 400, 900, ''",
        "edits-light, light, 1440, 960, "
                + "'explore?tab=attribution&edits=cut,pattern,head=L0H0,destination=9,source=8&edited=difference'",
        "search-light, light, 1440, 960, 'search?kept=4'"
    })
    void theScreens(String name, String theme, int width, int height, String address) throws IOException {
        page.resize(width, height);
        open(address);
        page.script("localStorage.setItem('headlight-theme', arguments[0])", theme);
        open(address);
        assertThat((Long) page.script("return document.documentElement.scrollWidth"))
                .as("nothing sticks out to the right")
                .isLessThanOrEqualTo((long) width);
        page.until(
                "nothing is being loaded",
                () -> page.driver().findElements(By.cssSelector(".v-loading-indicator")).stream()
                        .noneMatch(bar -> bar.isDisplayed()));
        byte[] png = page.driver().getScreenshotAs(OutputType.BYTES);
        Path folder = Path.of(System.getProperty("headlight.screenshots", "target/screenshots"));
        Files.createDirectories(folder);
        Files.write(folder.resolve(name + ".png"), png);
        var image = ImageIO.read(new ByteArrayInputStream(png));
        assertThat(IntStream.range(0, width)
                        .map(x -> image.getRGB(x, height / 2))
                        .distinct()
                        .count())
                .as("colours across the panels")
                .isGreaterThan(3);
    }

    private void open(String address) {
        if (!address.startsWith("search")) {
            page.open(address);
            return;
        }
        page.driver().get(page.root() + address);
        page.until(
                "the graph",
                () -> page.script("return document.getElementById('edge-graph')?.shadowRoot?.querySelectorAll('path')"
                                + ".length > 0")
                        == Boolean.TRUE);
        page.settle();
    }
}
