package app.headlight.services.models;

import app.headlight.engine.formats.ShardedWeights;
import app.headlight.engine.text.ByteOrderMark;
import app.headlight.engine.training.TextFigures;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The files of one model, in a folder on disk or in the program's own jar.
 *
 * <p>File names: {@code config.json} and {@code model.safetensors} must be there; {@code tokenizer.json},
 * {@code tokenizer_config.json}, {@code card.md}, {@code training.json}, {@code text.json} and {@code fold} may be, and all
 * checkpoints that the record of the training names must be there except the last, which is the model itself.
 */
interface ModelSource {

    String CONFIG = "config.json";
    String WEIGHTS = "model.safetensors";
    String TOKENIZER = "tokenizer.json";
    String TOKENIZER_CONFIG = "tokenizer_config.json";
    String CARD = "card.md";
    String TRAINING = "training.json";
    String TEXT = TextFigures.FILE;

    /** The steps by which the weights are folded when they are read, as TransformerLens names them. */
    String FOLD = "fold";

    /** An empty file beside the model that opens where an address names none; it is no part of the model's hash. */
    String OPENS_FIRST = "opens-first";

    /** The file of the weights as they were after some steps of the training. */
    static String checkpoint(long step) {
        return "checkpoints/" + step + ".safetensors";
    }

    /** The model's name, which is that of its folder. */
    String name();

    /** The place of the files, for messages. */
    String place();

    /**
     * Opens one of the files.
     *
     * @return null if there is no such file
     */
    @Nullable
    InputStream open(String file) throws IOException;

    /**
     * Opens the weights of the finished model, which may lie in shards.
     *
     * @throws IOException naming what is missing, or there twice
     */
    default InputStream openWeights() throws IOException {
        InputStream whole = open(WEIGHTS);
        String index = text(ShardedWeights.INDEX);
        if (whole != null && index != null) {
            whole.close();
            throw new IOException(WEIGHTS + " and " + ShardedWeights.INDEX + " are both there; remove one of them");
        }
        if (whole == null && index == null) {
            throw new IOException(WEIGHTS + " is missing");
        }
        return whole == null ? ShardedWeights.open(index, this::open) : whole;
    }

    /** The text of one of the files; null if there is no such file. */
    default @Nullable String text(String file) throws IOException {
        try (InputStream in = open(file)) {
            return in == null ? null : ByteOrderMark.strip(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }
}
