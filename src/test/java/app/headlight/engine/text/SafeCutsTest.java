package app.headlight.engine.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.headlight.engine.refusal.Refusal;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/** Random long texts, read in parts and whole, by tokenizers of all kinds. */
class SafeCutsTest {

    private static final List<String> STRANGE = List.of(
            " ",
            "  ",
            "\n",
            "\n\n",
            "\t ",
            " 's",
            "'s",
            "don't",
            "1234567",
            " 42",
            "!!!",
            " …",
            "—",
            "<|endoftext|>",
            "猫坐在垫子上",
            "，",
            "だから。",
            "e\u0301",
            "\u0301",
            "👩\u200d🚀",
            "🇫🇷",
            "\u00a0",
            "x",
            "\ud800",
            "مرحبا",
            "▁",
            " ▁");

    static Stream<Arguments> tokenizers() throws IOException {
        BpeTraining bytes = new BpeTraining(600, BpeTraining.Alphabet.BYTES, List.of("<|endoftext|>"));
        bytes.add(resource("/fable.txt"));
        return Stream.of(
                Arguments.of("storybook", resource("/reference/storybook-2l-torch/tokenizer.json")),
                Arguments.of("GPT-2's kind, learnt", bytes.learn().tokenizerJson()),
                Arguments.of("GPT-2's kind", TokenizerFiles.byteLevel()),
                Arguments.of("Llama's kind", TokenizerFiles.byteFallback()),
                Arguments.of(
                        "Llama's kind, with ▁ in front",
                        TokenizerFiles.byteFallback().replace("\"never\"", "\"always\"")),
                Arguments.of("WordLevel", words("WordLevel")),
                Arguments.of("Unigram", words("Unigram")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("tokenizers")
    void theTokensOfThePartsAreThoseOfTheWhole(String kind, String json) throws IOException {
        List<String> words = List.of(resource("/fable.txt").split("(?= )"));
        try (HuggingFaceTokenizer tokenizer = HuggingFaceTokenizer.of(json)) {
            for (int seed = 0; seed < 3; seed++) {
                String text = text(new Random(seed), words, seed);
                assertThat(SafeCuts.of(text, tokenizer::ids)).as("parts").hasSizeGreaterThan(2);
                assertThat(tokenizer.encode(text)).as("seed " + seed).isEqualTo(tokenizer.ids(text));
                assertThat(tokenizer.encodeWithSlices(text)).as("seed " + seed).isEqualTo(tokenizer.part(text));
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("tokenizers")
    void aTextWithoutAPlaceToCutIsRefusedBeforeItIsRead(String kind, String json) {
        try (HuggingFaceTokenizer tokenizer = HuggingFaceTokenizer.of(json)) {
            String word = "a".repeat(10_000_000);
            assertThatThrownBy(() -> tokenizer.encode("Before " + word))
                    .isInstanceOf(Refusal.class)
                    .hasMessageContaining("without a place");
            assertThatThrownBy(() -> tokenizer.encodeWithSlices(word)).hasMessageContaining("without a place");
        }
    }

    /** @param strangeness 0: prose; 1: some strange parts; 2: nothing else */
    private static String text(Random random, List<String> words, int strangeness) {
        StringBuilder text = new StringBuilder();
        while (text.length() < 5 * SafeCuts.PIECE / 2) {
            boolean strange = strangeness == 2 || strangeness == 1 && random.nextInt(4) == 0;
            List<String> from = strange ? STRANGE : words;
            text.append(from.get(random.nextInt(from.size())));
        }
        return text.toString();
    }

    private static String words(String type) throws IOException {
        List<String> words = Stream.of(resource("/fable.txt").split("\\s+"))
                .filter(word -> !word.isEmpty())
                .distinct()
                .limit(80)
                .toList();
        Object model;
        if (type.equals("WordLevel")) {
            Map<String, Integer> vocab = new LinkedHashMap<>();
            vocab.put("<unk>", 0);
            words.forEach(word -> vocab.put(word, vocab.size()));
            model = Map.of("type", type, "vocab", vocab, "unk_token", "<unk>");
        } else {
            List<List<Object>> vocab = new ArrayList<>(List.of(List.of("<unk>", 0.0), List.of("▁", -2.0)));
            IntStream.rangeClosed('a', 'z').forEach(c -> vocab.add(List.of(Character.toString(c), -5.0)));
            words.stream().filter(word -> word.length() > 1).forEach(word -> vocab.add(List.of("▁" + word, -4.0)));
            model = Map.of("type", type, "vocab", vocab, "unk_id", 0);
        }
        Object whole = Map.of(
                "version",
                "1.0",
                "added_tokens",
                List.of(),
                "pre_tokenizer",
                type.equals("WordLevel")
                        ? Map.of("type", "Whitespace")
                        : Map.of("type", "Metaspace", "replacement", "▁", "prepend_scheme", "always"),
                "model",
                model);
        return JsonMapper.shared().writeValueAsString(whole);
    }

    private static String resource(String path) throws IOException {
        try (InputStream in = SafeCutsTest.class.getResourceAsStream(path)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
