package app.headlight.web.component;

import com.vaadin.flow.server.streams.UploadHandler;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.BiConsumer;

/** Takes an uploaded file into memory, up to a size; a larger one is not read to its end, whatever its browser said. */
public final class FileInMemory {

    private FileInMemory() {}

    /**
     * A handler of uploads.
     *
     * @param most bytes of a file
     * @param then told the name and the bytes, while the page is locked
     */
    public static UploadHandler of(int most, BiConsumer<String, byte[]> then) {
        return event -> {
            try (InputStream in = event.getInputStream()) {
                byte[] bytes = in.readNBytes(most + 1);
                if (bytes.length > most) {
                    event.reject("The file is larger than " + most + " bytes");
                    return;
                }
                event.getUI().access(() -> then.accept(event.getFileName(), bytes));
            } catch (IOException brokenOff) {
                event.reject("The file did not arrive whole");
            }
        };
    }
}
