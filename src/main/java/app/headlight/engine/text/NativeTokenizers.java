package app.headlight.engine.text;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Makes the settings of the tokenizer library that are needed before its first use: no network, no usage reports, and
 * its unpacked native part in the user's cache folder. A setting that was made by environment or system property stays
 * as it is.
 */
final class NativeTokenizers {

    static {
        preset("ai.djl.offline", "true");
        preset("OPT_OUT_TRACKING", "true");
        if (System.getenv("DJL_CACHE_DIR") == null && System.getProperty("DJL_CACHE_DIR") == null) {
            preset("ENGINE_CACHE_DIR", cacheFolder().toString());
        }
    }

    private NativeTokenizers() {}

    /** Makes the settings once. */
    static void prepare() {}

    private static void preset(String name, String value) {
        if (System.getenv(name) == null && System.getProperty(name) == null) {
            System.setProperty(name, value);
        }
    }

    private static Path cacheFolder() {
        String home = System.getenv().getOrDefault("XDG_CACHE_HOME", System.getProperty("user.home") + "/.cache");
        try {
            return Files.createDirectories(Path.of(home, "headlight"));
        } catch (IOException | RuntimeException noHome) {
            return freshTemporaryFolder();
        }
    }

    /**
     * A new folder, never one with a fixed name: code is loaded from it, and other users may write to the temporary
     * folder.
     */
    private static Path freshTemporaryFolder() {
        try {
            return Files.createTempDirectory("headlight");
        } catch (IOException e) {
            throw new UncheckedIOException("no folder to unpack the tokenizer library into; set DJL_CACHE_DIR", e);
        }
    }
}
