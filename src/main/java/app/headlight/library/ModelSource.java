package app.headlight.library;

import app.headlight.training.TextFigures;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * The files of one model, wherever they lie: a folder on disk, the program's own jar.
 *
 * <p>File names: {@code config.json} and {@code model.safetensors} must be there; {@code tokenizer.json},
 * {@code card.md}, {@code training.json} and {@code text.json} may be, and the checkpoints that the record of the training names must be,
 * but for the last: that is the model itself.
 */
interface ModelSource {

    String CONFIG = "config.json";
    String WEIGHTS = "model.safetensors";
    String TOKENIZER = "tokenizer.json";
    String CARD = "card.md";
    String TRAINING = "training.json";
    String TEXT = TextFigures.FILE;

    /** The file of the weights as they were after some steps of the training. */
    static String checkpoint(long step) {
        return "checkpoints/" + step + ".safetensors";
    }

    /** The model's name: that of its folder. */
    String name();

    /** Where the files lie, for messages. */
    String place();

    /**
     * Opens one of the files.
     *
     * @return null where there is no such file
     */
    @Nullable
    InputStream open(String file) throws IOException;
}
