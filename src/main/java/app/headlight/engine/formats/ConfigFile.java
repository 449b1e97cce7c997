package app.headlight.engine.formats;

import app.headlight.engine.transformer.Config;
import java.util.List;

/**
 * The content of a {@code config.json}.
 *
 * @param config the sizes and kinds
 * @param tied whether the unembedding is the embedding's transpose, {@code tie_word_embeddings}
 * @param warnings sentences for people about fields that were ignored
 */
public record ConfigFile(Config config, boolean tied, List<String> warnings) {

    public ConfigFile {
        warnings = List.copyOf(warnings);
    }
}
