package app.headlight.library;

import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A model in a folder on disk. Links that lead out of the folder are not followed. */
record FolderSource(Path folder) implements ModelSource {

    private static final Logger LOG = System.getLogger(FolderSource.class.getName());

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
            LOG.log(Level.WARNING, "{0} leads out of its model''s folder by a link; it is not followed", path);
            return null;
        }
        return Files.newInputStream(path);
    }
}
