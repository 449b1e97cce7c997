package app.headlight.tools;

import app.headlight.engine.formats.ModelFiles;
import app.headlight.engine.formats.Safetensors;
import app.headlight.engine.formats.SafetensorsWriter.Precision;
import app.headlight.engine.formats.WeightsDifference;
import app.headlight.engine.transformer.Config;
import app.headlight.engine.transformer.Weights;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/**
 * The checkpoints of a training as files: now and then one whole, in float16, and between these differences of half the
 * size.
 */
final class CheckpointFiles {

    /** So many checkpoints from one that is whole to the next: reading one takes up to so many files. */
    private static final int WHOLE_EVERY = 20;

    private final Path folder;
    private final Config config;

    CheckpointFiles(Path folder, Config config) {
        this.folder = folder;
        this.config = config;
    }

    /**
     * Writes a checkpoint.
     *
     * @param steps those of all checkpoints so far; the last is the one to be written
     * @param whole whether it must not be a difference
     */
    void write(List<Long> steps, Weights weights, boolean whole) throws IOException {
        int number = steps.size() - 1;
        Files.createDirectories(folder);
        byte[] file = whole || number % WHOLE_EVERY == 0
                ? ModelFiles.writeWeights(config, weights, Precision.F16)
                : WeightsDifference.write(steps.get(number - 1), read(steps.get(number - 1)), weights);
        Files.write(path(steps.getLast()), file);
    }

    /** The weights of a checkpoint, as whoever stores the model reads them. */
    Weights read(long step) throws IOException {
        try (SeekableByteChannel channel = Files.newByteChannel(path(step))) {
            Safetensors file = Safetensors.open(channel);
            OptionalLong since = WeightsDifference.since(file);
            return since.isEmpty()
                    ? ModelFiles.readWeights(config, file)
                    : WeightsDifference.read(config, read(since.getAsLong()), file);
        }
    }

    Path path(long step) {
        return folder.resolve(step + ".safetensors");
    }
}
