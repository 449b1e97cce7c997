package app.headlight.engine.text;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** Small tokenizer.json files of the kinds that large models come with. */
final class TokenizerFiles {

    private TokenizerFiles() {}

    /** GPT-2's kind: all 256 bytes, and merges for " x" and for the first two bytes of most emoji. */
    static String byteLevel() {
        Map<String, Integer> vocab = new LinkedHashMap<>();
        int moved = 256;
        for (int b = 0; b < 256; b++) {
            boolean printable = b >= '!' && b <= '~' || b >= 0xA1 && b <= 0xAC || b >= 0xAE;
            vocab.put(String.valueOf((char) (printable ? b : moved++)), b);
        }
        vocab.put("Ġx", 256);
        vocab.put("ðŁ", 257);
        vocab.put("<|endoftext|>", 258);
        Map<String, Object> byteLevel =
                Map.of("type", "ByteLevel", "add_prefix_space", false, "trim_offsets", true, "use_regex", true);
        return json(
                Map.of("type", "BPE", "vocab", vocab, "merges", List.of("Ġ x", "ð Ł")),
                byteLevel,
                byteLevel,
                byteLevel,
                258);
    }

    /** Llama's kind: spaces as ▁, and characters outside the vocabulary as bytes. */
    static String byteFallback() {
        Map<String, Integer> vocab = new LinkedHashMap<>();
        vocab.put("<unk>", 0);
        for (int b = 0; b < 256; b++) {
            vocab.put("<0x%02X>".formatted(b), b + 1);
        }
        vocab.put("▁", 257);
        vocab.put("x", 258);
        vocab.put("▁x", 259);
        Map<String, Object> metaspace = Map.of("type", "Metaspace", "replacement", "▁", "prepend_scheme", "never");
        Map<String, Object> decoder = Map.of(
                "type",
                "Sequence",
                "decoders",
                List.of(
                        Map.of("type", "Replace", "pattern", Map.of("String", "▁"), "content", " "),
                        Map.of("type", "ByteFallback"),
                        Map.of("type", "Fuse")));
        Map<String, Object> model = Map.of(
                "type",
                "BPE",
                "unk_token",
                "<unk>",
                "byte_fallback",
                true,
                "vocab",
                vocab,
                "merges",
                List.of(List.of("▁", "x")));
        return json(model, metaspace, null, decoder, -1);
    }

    private static String json(Object model, Object preTokenizer, Object postProcessor, Object decoder, int special) {
        Map<String, Object> file = new LinkedHashMap<>();
        file.put("version", "1.0");
        file.put("added_tokens", special < 0 ? List.of() : List.of(special(special)));
        file.put("pre_tokenizer", preTokenizer);
        file.put("post_processor", postProcessor);
        file.put("decoder", decoder);
        file.put("model", model);
        return JsonMapper.shared().writeValueAsString(file);
    }

    private static Map<String, Object> special(int id) {
        return Map.of(
                "id",
                id,
                "content",
                "<|endoftext|>",
                "special",
                true,
                "single_word",
                false,
                "lstrip",
                false,
                "rstrip",
                false,
                "normalized",
                false);
    }
}
