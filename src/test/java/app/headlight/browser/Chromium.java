package app.headlight.browser;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/**
 * A headless Chrome or Chromium with its driver: one that stands on the machine, or Debian's, installed where that is
 * allowed. Where there is none, the tests fail and say what to install.
 */
public final class Chromium {

    private static final List<String> BROWSERS = List.of(
            "/usr/bin/chromium",
            "/usr/bin/chromium-browser",
            "/usr/bin/google-chrome",
            "/snap/bin/chromium",
            "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
            "/Applications/Chromium.app/Contents/MacOS/Chromium");
    private static final List<String> DRIVERS = List.of(
            "/usr/bin/chromedriver",
            "/usr/lib/chromium/chromedriver",
            "/usr/lib/chromium-browser/chromedriver",
            "/snap/bin/chromium.chromedriver",
            "/usr/local/bin/chromedriver",
            "/opt/homebrew/bin/chromedriver");

    private Chromium() {}

    /** A new browser of its own profile, the window as wide and high as given. */
    public static ChromeDriver open(int width, int height) {
        Path browser = found(BROWSERS)
                .or(Chromium::install)
                .orElseThrow(() -> new IllegalStateException(
                        "The browser tests need Chrome or Chromium with its chromedriver: install them (Debian: apt-get install"
                                + " chromium chromium-driver) and run this again."));
        ChromeOptions options = new ChromeOptions();
        options.setBinary(browser.toFile());
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-dev-shm-usage",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--force-color-profile=srgb",
                "--window-size=" + width + "," + height);
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        options.setCapability("goog:loggingPrefs", logs);
        ChromeDriverService.Builder service = new ChromeDriverService.Builder();
        found(DRIVERS).ifPresent(driver -> service.usingDriverExecutable(driver.toFile()));
        return new ChromeDriver(service.build(), options);
    }

    private static Optional<Path> found(List<String> places) {
        return places.stream().map(Path::of).filter(Files::isExecutable).findFirst();
    }

    private static Optional<Path> install() {
        if (!Files.isExecutable(Path.of("/usr/bin/apt-get")) || !"root".equals(System.getProperty("user.name"))) {
            return Optional.empty();
        }
        Path lock = Path.of(System.getProperty("java.io.tmpdir"), "headlight-chromium.lock");
        // One at a time: the tests run in several processes.
        try (FileChannel file = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock held = file.lock()) {
            if (held.isValid() && found(BROWSERS).isEmpty()) {
                run("apt-get", "update", "-qq");
                run("apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium", "chromium-driver");
            }
        } catch (IOException failed) {
            return Optional.empty();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
        return found(BROWSERS);
    }

    private static void run(String... command) throws IOException, InterruptedException {
        ProcessBuilder process = new ProcessBuilder(command).inheritIO();
        process.environment().put("DEBIAN_FRONTEND", "noninteractive");
        int status = process.start().waitFor();
        if (status != 0) {
            throw new IOException(String.join(" ", command) + " ended with " + status);
        }
    }
}
