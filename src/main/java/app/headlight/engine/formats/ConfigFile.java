package app.headlight.engine.formats;

import app.headlight.engine.transformer.Config;
import java.util.List;
import java.util.OptionalInt;

/**
 * The content of a {@code config.json}.
 *
 * @param config the sizes and kinds
 * @param family how the model's tensors are named
 * @param traits what it says of the file of the weights
 * @param warnings sentences for people about fields that were ignored
 */
public record ConfigFile(Config config, Family family, FileTraits traits, List<String> warnings) {

    public ConfigFile {
        warnings = List.copyOf(warnings);
    }

    /** The configuration of our own files, by TransformerLens's names. */
    public static ConfigFile of(Config config) {
        return new ConfigFile(config, Family.ALL.getFirst(), new FileTraits(false, true), List.of());
    }

    /**
     * The configuration with the token that texts begin with, where the tokenizer decides it. A TransformerLens model
     * that wants one and does not say which gets the tokenizer's. A model of the transformers package begins a text only
     * with what its tokenizer itself puts in front.
     *
     * @param known the tokenizer's beginning-of-sequence token
     * @param inFront the token that the tokenizer puts in front of a text by itself
     */
    public Config withBeginning(OptionalInt known, OptionalInt inFront) {
        boolean asTheTokenizerSays = family.beginsAsItsTokenizerSays();
        boolean open = asTheTokenizerSays || config.prependBos() && config.bosToken() == null;
        OptionalInt token = asTheTokenizerSays ? inFront : known;
        return open && token.isPresent() && token.getAsInt() < config.dVocab()
                ? config.toBuilder().prependBos(true).bosToken(token.getAsInt()).build()
                : config;
    }
}
