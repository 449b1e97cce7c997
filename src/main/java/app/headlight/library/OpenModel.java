package app.headlight.library;

import app.headlight.text.Tokenizer;
import app.headlight.transformer.Config;
import app.headlight.transformer.Transformer;

/**
 * A stored model in memory: its network and its tokenizer.
 *
 * @param step after which step of its training; {@link #FINISHED}: the finished model
 */
public record OpenModel(StoredModel stored, long step, Transformer transformer, Tokenizer tokenizer) {

    /** The step of a finished model. */
    public static final long FINISHED = -1;

    /** What tells these weights apart from all others: for caches, and to know what is shown. */
    public String key() {
        return key(stored, step);
    }

    static String key(StoredModel stored, long step) {
        return stored.name() + " " + stored.hash() + " " + step;
    }

    public String name() {
        return stored.name();
    }

    public Config config() {
        return transformer.config();
    }

    /**
     * The tokens of a text as this model takes them, cut to its context.
     *
     * @throws IllegalArgumentException in words for people, where the text cannot be made into tokens
     */
    public Prompt prompt(String text) {
        return Prompt.of(this, text);
    }

    /** An upper bound of the memory that the model holds, in bytes. */
    long bytes() {
        return 2 * transformer.weights().bytes();
    }
}
