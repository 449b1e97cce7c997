package app.headlight.library;

import app.headlight.text.Tokenizer;
import app.headlight.transformer.Config;
import app.headlight.transformer.Transformer;

/** A stored model in memory: its network and its tokenizer. */
public record OpenModel(StoredModel stored, Transformer transformer, Tokenizer tokenizer) {

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
