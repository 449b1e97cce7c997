package app.headlight.formats;

import app.headlight.transformer.Config;
import java.util.List;

/**
 * A {@code config.json} that has been read.
 *
 * @param config the sizes and kinds
 * @param tied whether the unembedding is the embedding's transpose, {@code tie_word_embeddings}
 * @param warnings fields that were passed over, in words for people
 */
public record ConfigFile(Config config, boolean tied, List<String> warnings) {

    public ConfigFile {
        warnings = List.copyOf(warnings);
    }
}
