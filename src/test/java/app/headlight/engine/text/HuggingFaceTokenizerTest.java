package app.headlight.engine.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.headlight.engine.refusal.Refusal;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class HuggingFaceTokenizerTest {

    private static final String STORYBOOK = "/reference/storybook-2l-torch/";

    private static HuggingFaceTokenizer storybook;
    private static HuggingFaceTokenizer byteLevel;
    private static HuggingFaceTokenizer byteFallback;

    @BeforeAll
    static void load() throws IOException {
        storybook = HuggingFaceTokenizer.of(resource(STORYBOOK + "tokenizer.json"));
        byteLevel = HuggingFaceTokenizer.of(TokenizerFiles.byteLevel());
        byteFallback = HuggingFaceTokenizer.of(TokenizerFiles.byteFallback());
    }

    @AfterAll
    static void close() {
        List.of(storybook, byteLevel, byteFallback).forEach(Tokenizer::close);
    }

    @Test
    void agreesWithTheReferenceTokensAndPieces() throws IOException {
        JsonNode sentences = JsonMapper.shared()
                .readTree(resource(STORYBOOK + "expected.json"))
                .get("sentences");
        assertThat(sentences.size()).isEqualTo(5);
        for (JsonNode sentence : sentences) {
            String text = sentence.get("text").asString();
            Encoding encoding = storybook.encodeWithSlices(text);
            List<String> pieces =
                    sentence.get("pieces").valueStream().map(JsonNode::asString).toList();
            assertThat(encoding.ids())
                    .containsExactly(sentence.get("tokens")
                            .valueStream()
                            .mapToInt(JsonNode::asInt)
                            .toArray());
            assertThat(encoding.slices()).isEqualTo(pieces);
            assertThat(encoding.pieces()).extracting(Piece::text).isEqualTo(pieces);
            assertThat(storybook.decode(encoding.ids())).isEqualTo(text);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "  two  spaces  ",
                "Mr and Mrs Dursley",
                "a😀b 😀 c",
                "👨‍👩‍👧 and 🏳️‍🌈",
                "cafe\u0301 é \u0301",
                "שלום עולם \u202Ehi",
                "line\r\nline\rline\n",
                "nul\0nul\u0001\u007F",
                "lone \uD83D surrogate \uDE00",
                "\uD83D",
                "a\ttab\u00A0nbsp\u2028",
                "one<|endoftext|>two",
                "▁ Ġ <0xE2>",
            })
    void slicesJoinedGiveTheTextBackAndIdsAloneAreTheSame(String text) {
        for (Tokenizer tokenizer : List.of(storybook, byteLevel, byteFallback)) {
            Encoding encoding = tokenizer.encodeWithSlices(text);
            assertThat(encoding.text()).isEqualTo(text);
            assertThat(tokenizer.encode(text)).isEqualTo(encoding.ids());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " a  b ", "a😀b", "שלום", "x\r\ny\0z", "cafe\u0301", "👨‍👩‍👧"})
    void idsOfAByteLevelTokenizerGiveTheTextBack(String text) {
        assertThat(byteLevel.decode(byteLevel.encode(text))).isEqualTo(text);
    }

    @Test
    void whatIsUnknownIsToldApartWhereverTheTokenForItStands() {
        String words = """
                {"version": "1.0", "pre_tokenizer": {"type": "WhitespaceSplit"},
                 "added_tokens": [{"id": 1, "content": "[UNK]", "special": true, "single_word": false, "lstrip": false,
                                   "rstrip": false, "normalized": false}],
                 "model": {"type": "WordLevel", "vocab": {"known": 0, "[UNK]": 1}, "unk_token": "[UNK]"}}
                """;
        try (Tokenizer tokenizer = HuggingFaceTokenizer.of(words)) {
            assertThat(tokenizer.encodeWithSlices("known quince medlar").pieces())
                    .extracting(Piece::marked)
                    .containsExactly("known", "·quince⟨unk⟩", "·medlar⟨unk⟩");
            assertThat(tokenizer.piece(1).marked()).isEqualTo("[UNK]");
        }
    }

    @Test
    void showsUnknownCharactersAsThemselvesAndMarksThem() {
        Encoding encoding = storybook.encodeWithSlices("a😀é\u0301b\tc\0");
        assertThat(encoding.pieces())
                .containsExactly(
                        storybook.piece(66),
                        new Piece(0, "😀", "😀", Piece.Kind.UNKNOWN),
                        new Piece(0, "é", "é", Piece.Kind.UNKNOWN),
                        new Piece(0, "\u0301", "◌\u0301", Piece.Kind.UNKNOWN),
                        storybook.piece(67),
                        new Piece(0, "\t", "⇥", Piece.Kind.UNKNOWN),
                        storybook.piece(68),
                        new Piece(0, "\0", "␀", Piece.Kind.UNKNOWN));
    }

    @Test
    void readsASpecialTokenTypedAsTextAsThatToken() {
        Encoding encoding = storybook.encodeWithSlices("a<|endoftext|>b");
        assertThat(encoding.slices()).containsExactly("a", "<|endoftext|>", "b");
        assertThat(encoding.pieces().get(1))
                .isEqualTo(new Piece(0, "<|endoftext|>", "<|endoftext|>", Piece.Kind.SPECIAL));
    }

    @Test
    void labelsMakeSpacesAndBytesVisible() {
        assertThat(storybook.encodeWithSlices("He said\n").pieces())
                .extracting(Piece::label)
                .containsExactly("He", "·said", "⏎");
        assertThat(byteLevel.encodeWithSlices(" x😀").pieces())
                .extracting(Piece::label)
                .containsExactly("·x", "⟨0xF0⟩⟨0x9F⟩", "⟨0x98⟩", "⟨0x80⟩");
        assertThat(byteLevel.encodeWithSlices("😀").pieces())
                .extracting(Piece::kind)
                .containsOnly(Piece.Kind.BYTE);
        assertThat(byteFallback.encodeWithSlices(" xé").pieces())
                .extracting(Piece::label)
                .containsExactly("·x", "⟨0xC3⟩", "⟨0xA9⟩");
    }

    @Test
    void givesASharedCharacterToTheFirstOfItsTokens() {
        assertThat(byteLevel.encodeWithSlices("😀").slices()).containsExactly("😀", "", "");
    }

    @Test
    void neitherTruncatesNorPadsWhateverTheFileSays() throws IOException {
        String truncating = resource(STORYBOOK + "tokenizer.json")
                .replace(
                        "\"truncation\": null",
                        "\"truncation\": {\"direction\":\"Right\",\"max_length\":3,\"strategy\":\"LongestFirst\",\"stride\":0}")
                .replace(
                        "\"padding\": null",
                        "\"padding\": {\"strategy\":{\"Fixed\":9},\"direction\":\"Right\",\"pad_to_multiple_of\":null,"
                                + "\"pad_id\":0,\"pad_type_id\":0,\"pad_token\":\"<|endoftext|>\"}");
        assertThat(truncating).contains("max_length").contains("pad_type_id");
        try (Tokenizer tokenizer = HuggingFaceTokenizer.of(truncating)) {
            assertThat(tokenizer.encode("a b c d e")).hasSize(5);
            assertThat(tokenizer.encode("a")).hasSize(1);
        }
    }

    @Test
    void takesAHundredThousandCharacters() {
        String text = "The cat sat on the mat 😀. ".repeat(3800);
        long start = System.nanoTime();
        Encoding encoding = storybook.encodeWithSlices(text);
        assertThat(System.nanoTime() - start).isLessThan(5_000_000_000L);
        assertThat(encoding.text()).isEqualTo(text);
        assertThat(encoding.ids().length).isGreaterThan(20_000);
    }

    @Test
    void namesWhatIsWrongWithABrokenFile() {
        assertThatThrownBy(() -> HuggingFaceTokenizer.of("{\"model\": "))
                .isInstanceOf(UnreadableTokenizerException.class)
                .hasMessageContaining("not JSON");
        for (String empty : List.of("", "{}", "[]", "{\"model\": {\"vocab\": {}}}")) {
            assertThatThrownBy(() -> HuggingFaceTokenizer.of(empty))
                    .isInstanceOf(UnreadableTokenizerException.class)
                    .hasMessageContaining("no tokens");
        }
        assertThatThrownBy(() -> HuggingFaceTokenizer.of("{\"model\": {\"type\": \"Nope\", \"vocab\": {\"a\": 0}}}"))
                .isInstanceOf(UnreadableTokenizerException.class)
                .hasMessageContaining("cannot be read");
        assertThatThrownBy(() -> HuggingFaceTokenizer.of("{\"model\": {\"vocab\": {\"a\": -4}}}"))
                .hasMessageContaining("the token \"a\" has the id -4");
    }

    @Test
    void namesAnIdOutsideTheVocabulary() {
        assertThatThrownBy(() -> storybook.decode(new int[] {5, 2048}))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("2048")
                .hasMessageContaining("0 to 2047");
        assertThat(storybook.piece(2048)).isEqualTo(new Piece(2048, "", "⟨2048⟩", Piece.Kind.UNKNOWN));
        assertThat(storybook.vocabularySize()).isEqualTo(2048);
    }

    @Test
    void saysThatItHasBeenClosed() throws IOException {
        HuggingFaceTokenizer closed = HuggingFaceTokenizer.of(resource(STORYBOOK + "tokenizer.json"));
        closed.close();
        closed.close();
        assertThatThrownBy(() -> closed.encode("a"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
        assertThatThrownBy(() -> closed.encodeWithSlices("a")).isInstanceOf(IllegalStateException.class);
        assertThat(closed.piece(66).text()).isEqualTo("a");
    }

    @Test
    void givesTheSameIdsToManyThreads() throws Exception {
        int[] alone = storybook.encode("Mr and Mrs Dursley of number four");
        try (var threads = Executors.newFixedThreadPool(4)) {
            List<Callable<int[]>> jobs = IntStream.range(0, 400)
                    .mapToObj(i -> (Callable<int[]>) () -> storybook.encode("Mr and Mrs Dursley of number four"))
                    .toList();
            for (Future<int[]> ids : threads.invokeAll(jobs)) {
                assertThat(ids.get()).containsExactly(alone);
            }
        }
    }

    @Test
    void keepsTheLibraryOffTheNetwork() {
        assertThat(System.getProperty("ai.djl.offline")).isEqualTo("true");
        assertThat(System.getProperty("OPT_OUT_TRACKING")).isEqualTo("true");
        assertThat(ai.djl.util.Utils.isOfflineMode()).isTrue();
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = HuggingFaceTokenizerTest.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
