package app.headlight.engine.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.text.BpeTraining.Alphabet;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.FieldSource;
import tools.jackson.databind.json.JsonMapper;

class BpeTrainingTest {

    private static final String END = "<|endoftext|>";

    private static final String STORY = """
        The cat's mat was the cat's, and the other cat sat on the other mat. "That's that," said the cat.
        \tDie Katze saß auf der Matte; die andere Katze saß daneben und sah der Katze zu.
        Кошка сидела на коврике, а другая кошка сидела рядом. את החתול ראה החתול השני, והחתול ישב על השטיח.
        猫坐在垫子上,另一只猫坐在旁边。猫坐在垫子上。बिल्ली चटाई पर बैठी थी, दूसरी बिल्ली चटाई के पास बैठी थी।

        In 1998 and in 1999:   12 cats 😀😀, 13 mats 👨‍👩‍👧, 14 hats 👨‍👩‍👧!!!
        """;

    static final List<String> TEXTS = List.of(
            "",
            " ",
            "  two  spaces  \n\n  and\tlines\r\n \n",
            "I'll say we've it's don't 'tis 's",
            "2048 tokens, 1½ ²x ٣٤ Ⅷ",
            "cafe\u0301 é \u0301 \u0301x",
            "a😀b 😀 c👨‍👩‍👧 🏳️‍🌈❤️ ❤️",
            "猫坐在垫子上,另一只。 カタカナ 한국어",
            "שלום עולם \u202Ehi العَرَبِيَّة",
            "हिन्दी में",
            "nul\0nul\u0001\u007F\u0085\u00A0nbsp\u2028\u3000x",
            "\uFFFD ﬁ İi ß ſ",
            "▁ Ġ <0xE2> <|endoftext");

    @ParameterizedTest
    @EnumSource
    void learnsAsManyTokensAsAskedForInTheOrderOfTheFile(Alphabet alphabet) {
        BpeVocabulary vocabulary = learnt(270, alphabet, STORY.repeat(2));
        int letters = vocabulary.size() - 2 - vocabulary.merges().size();
        assertThat(vocabulary.size()).isEqualTo(270);
        assertThat(vocabulary.tokens()).startsWith(END, "<|pad|>").doesNotHaveDuplicates();
        assertThat(vocabulary.tokens().subList(2, 2 + letters))
                .isSorted()
                .allMatch(t -> t.codePointCount(0, t.length()) == 1);
        assertThat(vocabulary.tokens().subList(2 + letters, 270))
                .isEqualTo(vocabulary.merges().stream()
                        .map(m -> String.join("", m))
                        .toList());
        try (Tokenizer tokenizer = HuggingFaceTokenizer.of(vocabulary.tokenizerJson())) {
            assertThat(tokenizer.vocabularySize()).isEqualTo(270);
            assertThat(tokenizer.piece(0).kind()).isEqualTo(Piece.Kind.SPECIAL);
            assertThat(tokenizer.encode("cat" + END)).endsWith(0);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aLearntTokenThatIsAWholeWordIsEncodedAsItself(Alphabet alphabet) {
        BpeVocabulary vocabulary = learnt(600, alphabet, STORY.repeat(2));
        int words = 0;
        try (Tokenizer tokenizer = HuggingFaceTokenizer.of(vocabulary.tokenizerJson())) {
            for (int id = vocabulary.size() - vocabulary.merges().size(); id < vocabulary.size(); id++) {
                Piece piece = tokenizer.piece(id);
                if (piece.kind() == Piece.Kind.TEXT
                        && split(alphabet, piece.text()).size() == 1) {
                    assertThat(tokenizer.encode(piece.text())).containsExactly(id);
                    words++;
                }
            }
            assertThat(tokenizer.encode(" the cat")).hasSize(2);
        }
        assertThat(words).isGreaterThan(100);
    }

    @ParameterizedTest
    @FieldSource("TEXTS")
    void splitsAsTheLibraryDoes(String text) throws IOException {
        for (Alphabet alphabet : Alphabet.values()) {
            String json = learnt(400, alphabet, STORY).tokenizerJson();
            assertThat(split(alphabet, text)).isEqualTo(splitByTheLibrary(json, text));
            assertThat(String.join("", split(alphabet, text))).isEqualTo(text);
        }
    }

    @Test
    void splitsEnglishAsTheStoredModelDoes() throws IOException {
        Pattern stored = Pattern.compile(JsonMapper.shared()
                .readTree(Files.readString(Path.of("src/test/resources/reference/storybook-2l-torch/tokenizer.json")))
                .at("/pre_tokenizer/pattern/Regex")
                .asString());
        Random random = new Random(1);
        for (int i = 0; i < 1000; i++) {
            String text = random.ints(40, 0, 128)
                    .mapToObj(c -> random.nextInt(4) == 0 ? " '\n019stredl".charAt(c % 12) : (char) c)
                    .filter(c -> c >= ' ' || c == '\n' || c == '\t' || c == '\r')
                    .map(String::valueOf)
                    .collect(Collectors.joining());
            assertThat(split(Alphabet.CHARACTERS, text))
                    .isEqualTo(stored.matcher(text)
                            .results()
                            .map(MatchResult::group)
                            .toList());
        }
    }

    @ParameterizedTest
    @FieldSource("TEXTS")
    void idsOfBytesGiveAnyTextBack(String text) {
        try (Tokenizer tokenizer =
                HuggingFaceTokenizer.of(learnt(300, Alphabet.BYTES, STORY).tokenizerJson())) {
            assertThat(tokenizer.decode(tokenizer.encode(text))).isEqualTo(text);
            assertThat(tokenizer.encodeWithSlices(text + "\uD83D").text()).isEqualTo(text + "\uD83D");
        }
    }

    @Test
    void idsOfCharactersGiveTheTextBackAndAnythingElseIsUnknown() {
        try (Tokenizer tokenizer =
                HuggingFaceTokenizer.of(learnt(400, Alphabet.CHARACTERS, STORY).tokenizerJson())) {
            assertThat(tokenizer.decode(tokenizer.encode(STORY))).isEqualTo(STORY);
            assertThat(tokenizer.encodeWithSlices("cat犬\uD83D\uDE03").pieces())
                    .filteredOn(piece -> piece.kind() == Piece.Kind.UNKNOWN)
                    .extracting(Piece::text)
                    .containsExactly("犬", "😃");
        }
    }

    @Test
    void leavesTheRarestCharactersOutWhenThereAreTooMany() {
        String all = IntStream.range(0x4E00, 0x4E00 + 1000)
                .mapToObj(Character::toString)
                .collect(Collectors.joining(" "));
        String frequent = all.substring(all.length() - 400).repeat(2);
        BpeVocabulary vocabulary = learnt(300, Alphabet.CHARACTERS, all + frequent);
        List<String> letters = vocabulary.tokens().stream()
                .filter(t -> t.codePointCount(0, t.length()) == 1)
                .toList();
        assertThat(vocabulary.tokens()).doesNotContain("  ");
        assertThat(letters)
                .hasSize(256)
                .contains(" ")
                .contains(frequent.replace(" ", "").split(""));
        assertThat(learnt(1002, Alphabet.CHARACTERS, all + frequent).tokens().stream()
                        .filter(t -> t.codePointCount(0, t.length()) == 1))
                .hasSize(500);
    }

    @Test
    void learnsNothingOfSpecialTokensInTheText() {
        BpeVocabulary vocabulary = learnt(400, Alphabet.CHARACTERS, ("x" + END + "y " + END + "\n").repeat(50));
        assertThat(vocabulary.tokens()).containsExactly(END, "<|pad|>", "\n", " ", "x", "y");
    }

    @Test
    void stopsEarlyWhenTheTextHasNoPairTwice() {
        assertThat(learnt(400, Alphabet.CHARACTERS, "abc abd").tokens())
                .containsExactly(END, "<|pad|>", " ", "a", "b", "c", "d", "ab");
        assertThat(learnt(400, Alphabet.BYTES, "abc abd").size()).isEqualTo(2 + 256 + 1);
    }

    @ParameterizedTest
    @EnumSource
    void givesTheSameFileForTheSameText(Alphabet alphabet) {
        String json = learnt(500, alphabet, STORY).tokenizerJson();
        BpeTraining lineByLine = new BpeTraining(500, alphabet, List.of(END, "<|pad|>"));
        STORY.lines().forEach(line -> lineByLine.add(line + "\n"));
        assertThat(learnt(500, alphabet, STORY).tokenizerJson()).isEqualTo(json);
        assertThat(lineByLine.learn().tokenizerJson()).isEqualTo(json);
        assertThat(lineByLine.learn().tokenizerJson()).isEqualTo(json);
    }

    @Test
    void readsALoneSurrogateAsTheTokenizerDoesAndCutsAnEndlessWord() {
        BpeVocabulary vocabulary = learnt(400, Alphabet.CHARACTERS, "\uD83D" + "😀".repeat(999) + "b".repeat(999));
        assertThat(vocabulary.tokens()).startsWith(END, "<|pad|>", "b", "\uFFFD", "😀", "bb", "😀😀");
        assertThat(vocabulary.tokens()).extracting(String::length).contains(128).allMatch(length -> length <= 256);
    }

    @Test
    void namesWhatIsWrong() {
        assertThatThrownBy(() -> learnt(400, Alphabet.BYTES, END))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("there is no text");
        assertThatThrownBy(() -> learnt(8, Alphabet.CHARACTERS, "abcdefg"))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("vocabulary of 8 tokens")
                .hasMessageContaining("alphabet of 7")
                .hasMessageContaining("at least 9");
        assertThat(learnt(9, Alphabet.CHARACTERS, "abcdefg").size()).isEqualTo(9);
        assertThatThrownBy(() -> new BpeTraining(256, Alphabet.BYTES, List.of(END)))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("at least 257");
        assertThatThrownBy(() -> new BpeTraining(999, Alphabet.CHARACTERS, List.of()))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("at least one");
        assertThatThrownBy(() -> new BpeTraining(999, Alphabet.BYTES, List.of(END, "Ġ")))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("the special token \"Ġ\"");
        assertThatThrownBy(() -> new BpeTraining(999, Alphabet.CHARACTERS, List.of(END, "")))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("the special token \"\"");
        assertThatThrownBy(() -> new BpeTraining(999, Alphabet.CHARACTERS, List.of(END, END)))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("each of them once");
    }

    private static BpeVocabulary learnt(int vocabulary, Alphabet alphabet, String text) {
        BpeTraining training = new BpeTraining(vocabulary, alphabet, List.of(END, "<|pad|>"));
        training.add(text);
        return training.learn();
    }

    private static List<String> split(Alphabet alphabet, String text) {
        return alphabet.preTokens(text).results().map(MatchResult::group).toList();
    }

    /** The library tells for each token the number of its pre-token. */
    private static List<String> splitByTheLibrary(String json, String text) throws IOException {
        NativeTokenizers.prepare();
        try (var in = new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8));
                var library = ai.djl.huggingface.tokenizers.HuggingFaceTokenizer.newInstance(
                        in, Map.of("addSpecialTokens", "false", "truncation", "do_not_truncate"))) {
            var encoding = library.encode(text, false, false);
            long[] numbers = encoding.getWordIds();
            List<Integer> starts = new ArrayList<>();
            for (int i = 0; i < numbers.length; i++) {
                if (i == 0 || numbers[i] != numbers[i - 1]) {
                    starts.add(text.offsetByCodePoints(0, encoding.getCharTokenSpans()[i].getStart()));
                }
            }
            starts.add(text.length());
            return IntStream.range(1, starts.size())
                    .mapToObj(i -> text.substring(starts.get(i - 1), starts.get(i)))
                    .toList();
        }
    }
}
