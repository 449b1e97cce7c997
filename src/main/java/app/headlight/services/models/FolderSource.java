package app.headlight.services.models;

import app.headlight.engine.formats.ShardedWeights;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
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

    /** The size of the weights, in one file or in shards, in bytes. */
    long weightsBytes() throws IOException {
        long bytes = 0;
        for (String file : weights()) {
            bytes += Files.size(inside(file));
        }
        return bytes;
    }

    /** What changes when a file of the weights, or of a checkpoint, is replaced. */
    String state() throws IOException {
        List<String> files = new ArrayList<>(weights());
        Path checkpoints = folder.resolve("checkpoints");
        if (Files.isDirectory(checkpoints)) {
            try (Stream<Path> inside = Files.list(checkpoints)) {
                inside.sorted().forEach(file -> files.add("checkpoints/" + file.getFileName()));
            }
        }
        StringBuilder state = new StringBuilder();
        for (String file : files) {
            Path path = inside(file);
            state.append(file)
                    .append(' ')
                    .append(Files.size(path))
                    .append(' ')
                    .append(Files.getLastModifiedTime(path))
                    .append('\n');
        }
        return state.toString();
    }

    /** The files of the finished model's weights that are there. */
    private List<String> weights() throws IOException {
        String index = Files.isRegularFile(folder.resolve(WEIGHTS)) ? null : text(ShardedWeights.INDEX);
        return (index == null ? Set.of(WEIGHTS) : ShardedWeights.files(index))
                .stream()
                        .filter(file -> Files.isRegularFile(folder.resolve(file)))
                        .toList();
    }

    /**
     * Opens one of the files to read it at any place.
     *
     * @throws NoSuchFileException if there is no such file
     */
    SeekableByteChannel channel(String file) throws IOException {
        return Files.newByteChannel(inside(file));
    }

    @Override
    public @Nullable InputStream open(String file) throws IOException {
        return Files.isRegularFile(folder.resolve(file)) ? Files.newInputStream(inside(file)) : null;
    }

    private Path inside(String file) throws IOException {
        Path path = folder.resolve(file);
        if (!path.toRealPath().startsWith(folder.toRealPath())) {
            throw new IOException(file + " leads out of the model's folder by a link, which is not followed");
        }
        return path;
    }
}
