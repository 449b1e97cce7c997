package app.headlight.services.hub;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Has a hub of its own, and a folder that a model is fetched to. */
abstract class FetchingTest {

    static final String WEIGHTS = "model.safetensors";
    static final String BLOB = "/blobs/" + WEIGHTS;

    @TempDir
    Path folders;

    final LocalHub hub = new LocalHub();
    Path folder;

    @BeforeEach
    void name() {
        folder = folders.resolve("model");
    }

    @AfterEach
    void close() {
        hub.close();
    }
}
