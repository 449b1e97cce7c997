package app.headlight.engine.text;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * A vocabulary that {@link BpeTraining} has learned.
 *
 * @param alphabet what the tokens are made of, and how a text is cut before its letters are merged
 * @param specialTokens the first of the tokens, each with its own meaning
 * @param tokens all tokens in order of id: the special ones, the alphabet, then the learned ones. Tokens of bytes are
 *     written in GPT-2's byte alphabet
 * @param merges the pairs of tokens to join, in the order in which they were learned
 */
public record BpeVocabulary(
        BpeTraining.Alphabet alphabet, List<String> specialTokens, List<String> tokens, List<List<String>> merges) {

    /** Copies the lists. */
    public BpeVocabulary {
        specialTokens = List.copyOf(specialTokens);
        tokens = List.copyOf(tokens);
        merges = List.copyOf(merges);
    }

    /** How many tokens there are. */
    public int size() {
        return tokens.size();
    }

    /** The vocabulary as Hugging Face's tokenizer.json, which {@link HuggingFaceTokenizer#of} reads. */
    public String tokenizerJson() {
        boolean bytes = alphabet == BpeTraining.Alphabet.BYTES;
        Map<String, Object> file = new LinkedHashMap<>();
        file.put("version", "1.0");
        file.put("truncation", null);
        file.put("padding", null);
        file.put("added_tokens", addedTokens());
        file.put("normalizer", null);
        file.put("pre_tokenizer", bytes ? byteLevel() : split());
        file.put("post_processor", null);
        file.put("decoder", bytes ? byteLevel() : Map.of("type", "Fuse"));
        file.put("model", model(bytes ? null : specialTokens.getFirst()));
        return JsonMapper.shared().writeValueAsString(file);
    }

    private List<Map<String, Object>> addedTokens() {
        List<Map<String, Object>> added = new ArrayList<>();
        for (String token : specialTokens) {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("id", added.size());
            entry.put("content", token);
            for (String no : List.of("single_word", "lstrip", "rstrip", "normalized")) {
                entry.put(no, false);
            }
            entry.put("special", true);
            added.add(entry);
        }
        return added;
    }

    private Map<String, Object> split() {
        Map<String, Object> split = new LinkedHashMap<>();
        split.put("type", "Split");
        split.put("pattern", Map.of("Regex", alphabet.regex()));
        split.put("behavior", "Isolated");
        split.put("invert", false);
        return split;
    }

    private static Map<String, Object> byteLevel() {
        Map<String, Object> byteLevel = new LinkedHashMap<>();
        byteLevel.put("type", "ByteLevel");
        byteLevel.put("add_prefix_space", false);
        byteLevel.put("trim_offsets", true);
        byteLevel.put("use_regex", true);
        return byteLevel;
    }

    private Map<String, Object> model(@Nullable String unknown) {
        Map<String, Integer> vocab = new LinkedHashMap<>();
        tokens.forEach(token -> vocab.put(token, vocab.size()));
        Map<String, Object> model = new LinkedHashMap<>();
        model.put("type", "BPE");
        model.put("dropout", null);
        model.put("unk_token", unknown);
        model.put("continuing_subword_prefix", null);
        model.put("end_of_word_suffix", null);
        model.put("fuse_unk", false);
        model.put("byte_fallback", false);
        model.put("ignore_merges", false);
        model.put("vocab", vocab);
        model.put("merges", merges);
        return model;
    }
}
