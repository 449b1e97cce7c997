package app.headlight.library;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A model in a folder on disk. */
record FolderSource(Path folder) implements ModelSource {

    @Override
    public String name() {
        return folder.getFileName().toString();
    }

    @Override
    public String place() {
        return folder.toString();
    }

    @Override
    public @Nullable InputStream open(String file) throws IOException {
        Path path = folder.resolve(file);
        return Files.isRegularFile(path) ? Files.newInputStream(path) : null;
    }
}
