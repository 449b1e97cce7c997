package app.headlight.engine.text;

import java.util.List;
import java.util.OptionalInt;
import tools.jackson.databind.JsonNode;

/**
 * Finds the token that a tokenizer begins its texts with, as TransformerLens does: {@code bos_token} of
 * tokenizer_config.json; otherwise the token that tokenizer.json itself puts in front of a text; otherwise
 * {@code eos_token} of tokenizer_config.json; otherwise a token with a well-known name.
 */
final class BeginningToken {

    private static final List<String> USUAL = List.of(
            "<|begin_of_text|>", "<|startoftext|>", "<|bos|>", "<bos>", "<BOS>", "[BOS]", "<s>", "<|endoftext|>");

    private BeginningToken() {}

    /** The ids of tokens, by their texts. */
    @FunctionalInterface
    interface Ids {

        /** @return empty if there is no such token */
        OptionalInt of(String token);
    }

    /**
     * @param tokenizer tokenizer.json, without its tokens
     * @param config tokenizer_config.json; missing if there is none
     * @return empty if neither names a token of the vocabulary
     */
    static OptionalInt of(JsonNode tokenizer, JsonNode config, Ids ids) {
        OptionalInt named = named(ids, config.path("bos_token"));
        if (named.isPresent()) {
            return named;
        }
        OptionalInt inFront = ofProcessor(ids, tokenizer.path("post_processor"));
        if (inFront.isPresent()) {
            return inFront;
        }
        OptionalInt ending = named(ids, config.path("eos_token"));
        return ending.isPresent()
                ? ending
                : USUAL.stream()
                        .map(ids::of)
                        .filter(OptionalInt::isPresent)
                        .findFirst()
                        .orElse(OptionalInt.empty());
    }

    /**
     * The token that the transformers package puts in front of a text with this tokenizer: that of the post-processor,
     * unless {@code add_bos_token} of tokenizer_config.json says whether {@code bos_token} is put there.
     *
     * @return empty if it puts none there
     */
    static OptionalInt inFront(JsonNode tokenizer, JsonNode config, Ids ids) {
        JsonNode adds = config.path("add_bos_token");
        if (adds.isBoolean()) {
            return adds.asBoolean() ? named(ids, config.path("bos_token")) : OptionalInt.empty();
        }
        return ofProcessor(ids, tokenizer.path("post_processor"));
    }

    /** The token of a configuration's field: its text, or an object with its text. */
    private static OptionalInt named(Ids ids, JsonNode field) {
        String name = field.isObject() ? field.path("content").asString("") : field.asString("");
        return name.isEmpty() ? OptionalInt.empty() : ids.of(name);
    }

    /** The token that the post-processor puts in front of a single text. */
    private static OptionalInt ofProcessor(Ids ids, JsonNode processor) {
        for (JsonNode part : processor.path("processors")) {
            OptionalInt found = ofProcessor(ids, part);
            if (found.isPresent()) {
                return found;
            }
        }
        JsonNode first = processor.path("single").path(0).path("SpecialToken").path("id");
        String name = first.isString()
                ? first.asString()
                : processor.path("cls").path(0).asString("");
        if (name.isEmpty()) {
            return OptionalInt.empty();
        }
        JsonNode id = processor.path("special_tokens").path(name).path("ids").path(0);
        return id.isInt() ? OptionalInt.of(id.asInt()) : ids.of(name);
    }
}
