package app.headlight.library;

import app.headlight.transformer.Config;
import org.jspecify.annotations.Nullable;

/**
 * A stored model without its weights.
 *
 * @param id its row
 * @param name unique among the stored models
 * @param hash SHA-256 over its files, in hexadecimal: what tells two versions of a model apart
 * @param config its sizes and kinds
 * @param card what people should know about it, in Markdown
 */
public record StoredModel(
        long id,
        String name,
        String hash,
        Config config,
        @Nullable String card) {}
