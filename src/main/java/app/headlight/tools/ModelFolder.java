package app.headlight.tools;

import app.headlight.engine.formats.ModelFiles;
import app.headlight.engine.formats.Safetensors;
import app.headlight.engine.tensor.MatrixProducts;
import app.headlight.engine.training.TextFigures;
import app.headlight.engine.training.TrainingLog;
import app.headlight.engine.transformer.Config;
import app.headlight.engine.transformer.Transformer;
import app.headlight.engine.transformer.Weights;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** The folder of a trained model, which Headlight stores at its next start. The finished weights are float16. */
record ModelFolder(Path path) {

    private static final String WEIGHTS = "model.safetensors";
    private static final String LOG = "training.json";
    private static final String CARD = "card.md";

    /** Writes the last checkpoint of a log. */
    void writeCheckpoint(TrainingLog log, Weights weights) throws IOException {
        List<Long> steps = log.checkpoints();
        checkpoints(log).write(steps, weights, steps.getLast() == log.recipe().steps());
    }

    private CheckpointFiles checkpoints(TrainingLog log) {
        return new CheckpointFiles(path.resolve("checkpoints"), log.recipe().config());
    }

    /** Moves the last checkpoint to the file of the model, and writes beside it what it was made of. */
    void write(String tokenizer, TrainingLog log) throws IOException {
        Files.move(
                checkpoints(log).path(log.checkpoints().getLast()),
                path.resolve(WEIGHTS),
                StandardCopyOption.REPLACE_EXISTING);
        Files.writeString(
                path.resolve("config.json"), ModelFiles.writeConfig(log.recipe().config()));
        Files.writeString(path.resolve("tokenizer.json"), tokenizer);
        Files.writeString(path.resolve(LOG), log.json() + "\n");
    }

    /** Writes what was measured on the finished model; the card comes last, since a folder with a card is whole. */
    void write(String card, TextFigures figures) throws IOException {
        Files.writeString(path.resolve(TextFigures.FILE), figures.json() + "\n");
        Files.writeString(path.resolve(CARD), card);
    }

    /** Whether a training has been finished here. */
    boolean isWritten() {
        return Files.exists(path.resolve(CARD));
    }

    TrainingLog log() throws IOException {
        return TrainingLog.of(Files.readString(path.resolve(LOG)));
    }

    /** The finished model, as it is read from its file. */
    Transformer model(Config config) throws IOException {
        try (SeekableByteChannel file = Files.newByteChannel(path.resolve(WEIGHTS))) {
            Weights weights = ModelFiles.readWeights(config, Safetensors.open(file));
            return new Transformer(config, weights, MatrixProducts.fastest());
        }
    }
}
