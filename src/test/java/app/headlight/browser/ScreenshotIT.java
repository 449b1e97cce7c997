package app.headlight.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.OutputType;

/**
 * Takes the README's pictures. They go to {@code target/screenshots}, or to the folder that the property
 * {@code headlight.screenshots} names.
 */
class ScreenshotIT extends BrowserTest {

    @ParameterizedTest
    @CsvSource({"explore-light, light, 1440, 960", "explore-dark, dark, 1440, 960", "explore-phone, light, 400, 900"})
    void theFirstScreen(String name, String theme, int width, int height) throws IOException {
        page.resize(width, height);
        page.open("");
        page.script("localStorage.setItem('headlight-theme', arguments[0])", theme);
        page.open("");
        assertThat((Long) page.script("return document.documentElement.scrollWidth"))
                .as("nothing sticks out to the right")
                .isLessThanOrEqualTo((long) width);
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
}
