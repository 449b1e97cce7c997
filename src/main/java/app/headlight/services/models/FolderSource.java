package app.headlight.services.models;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A model in a folder on disk. One with a link that leads out of the folder cannot be read. */
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
        if (!Files.isRegularFile(path)) {
            return null;
        }
        if (!path.toRealPath().startsWith(folder.toRealPath())) {
            throw new IOException(file + " leads out of the model's folder by a link, which is not followed");
        }
        return Files.newInputStream(path);
    }
}
