package app.headlight.ground.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.LongSupplier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * The free room on the disk of the embedded database. Another database watches its own disk: for it there is always
 * room.
 */
@Component
class Room {

    /** With less, H2's next write may find none: it then closes itself. */
    private static final long LEAST = 16 << 20;

    private final boolean embedded;
    private volatile LongSupplier usable;

    /** @param folder of the embedded database */
    Room(@Value("${headlight.data}") String folder, @Value("${spring.datasource.url}") String url) {
        embedded = url.startsWith("jdbc:h2:") && !url.startsWith("jdbc:h2:mem:");
        Path path = Path.of(folder);
        usable = () -> usable(path);
    }

    boolean isEmbedded() {
        return embedded;
    }

    /** Another disk, by its usable bytes. */
    void setUsable(LongSupplier bytes) {
        usable = bytes;
    }

    boolean isLeft() {
        return !embedded || usable.getAsLong() >= LEAST;
    }

    private static long usable(Path folder) {
        try {
            return Files.exists(folder) ? Files.getFileStore(folder).getUsableSpace() : Long.MAX_VALUE;
        } catch (IOException unknown) {
            return Long.MAX_VALUE; // the database itself will say
        }
    }
}
