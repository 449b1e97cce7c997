package app.headlight.tools;

import app.headlight.engine.formats.ModelFiles;
import app.headlight.engine.tensor.MatrixProducts;
import app.headlight.engine.training.TextFigures;
import app.headlight.engine.training.TrainingLog;
import app.headlight.engine.transformer.Transformer;
import app.headlight.engine.transformer.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** The folder of a trained model, which Headlight stores at its next start. The finished weights are float16. */
record ModelFolder(Path path) {

    /** Writes the last checkpoint of a log. */
    void writeCheckpoint(TrainingLog log, Weights weights) throws IOException {
        List<Long> steps = log.checkpoints();
        checkpoints(log).write(steps, weights, steps.getLast() == log.recipe().steps());
    }

    private CheckpointFiles checkpoints(TrainingLog log) {
        return new CheckpointFiles(path.resolve("checkpoints"), log.recipe().config());
    }

    /** Moves the last checkpoint to the file of the model, and writes the other files beside it. */
    void write(String tokenizer, TrainingLog log, String card, TextFigures figures) throws IOException {
        Files.move(
                checkpoints(log).path(log.checkpoints().getLast()),
                path.resolve("model.safetensors"),
                StandardCopyOption.REPLACE_EXISTING);
        Files.writeString(
                path.resolve("config.json"), ModelFiles.writeConfig(log.recipe().config()));
        Files.writeString(path.resolve("tokenizer.json"), tokenizer);
        Files.writeString(path.resolve("training.json"), log.json() + "\n");
        Files.writeString(path.resolve("card.md"), card);
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
        Weights weights = checkpoints(log).read(log.checkpoints().getLast());
        return new Transformer(log.recipe().config(), weights, MatrixProducts.fastest());
    }
}
