package app.headlight.tools;

import app.headlight.engine.formats.ModelFiles;
import app.headlight.engine.formats.Safetensors;
import app.headlight.engine.formats.SafetensorsWriter.Precision;
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

/** The folder of a trained model, which Headlight stores at its next start. Weights are float16. */
record ModelFolder(Path path) {

    void writeCheckpoint(Config config, long step, Weights weights) throws IOException {
        Path file = checkpoint(step);
        Files.createDirectories(file.getParent());
        Files.write(file, ModelFiles.writeWeights(config, weights, Precision.F16));
    }

    /** Moves the last checkpoint to the file of the model, and writes the other files beside it. */
    void write(String tokenizer, TrainingLog log, Card card, TextFigures figures) throws IOException {
        Files.move(
                checkpoint(log.checkpoints().getLast()),
                path.resolve("model.safetensors"),
                StandardCopyOption.REPLACE_EXISTING);
        Files.writeString(
                path.resolve("config.json"), ModelFiles.writeConfig(log.recipe().config()));
        Files.writeString(path.resolve("tokenizer.json"), tokenizer);
        Files.writeString(path.resolve("training.json"), log.json() + "\n");
        Files.writeString(path.resolve("card.md"), card.markdown());
        write(figures);
    }

    void write(TextFigures figures) throws IOException {
        Files.writeString(path.resolve(TextFigures.FILE), figures.json() + "\n");
    }

    /** Whether a training has been finished here. */
    boolean isWritten() {
        return Files.exists(path.resolve("card.md"));
    }

    /** The model of the last checkpoint, as it is read from its file. */
    Transformer model(TrainingLog log) throws IOException {
        try (SeekableByteChannel file =
                Files.newByteChannel(checkpoint(log.checkpoints().getLast()))) {
            Config config = log.recipe().config();
            return new Transformer(
                    config, ModelFiles.readWeights(config, Safetensors.open(file)), MatrixProducts.fastest());
        }
    }

    private Path checkpoint(long step) {
        return path.resolve("checkpoints").resolve(step + ".safetensors");
    }
}
