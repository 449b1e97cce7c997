package app.headlight.engine.formats;

import static app.headlight.engine.formats.SafetensorsFile.channel;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import app.headlight.engine.text.Encoding;
import app.headlight.engine.text.HuggingFaceTokenizer;
import app.headlight.engine.text.Piece;
import app.headlight.engine.transformer.InductionByHand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InductionByHandFilesTest {

    private static final HuggingFaceTokenizer TOKENIZER = tokenizer();

    @AfterAll
    static void close() {
        TOKENIZER.close();
    }

    @Test
    void theStoredFilesAreWhatTheConstructionWrites() throws IOException {
        var files = InductionByHandFiles.files();
        for (String name : files.keySet()) {
            assertThat(Files.readAllBytes(InductionByHandFiles.FOLDER.resolve(name)))
                    .as("db/models/induction-by-hand/%s (run InductionByHandCommand to write it anew)", name)
                    .isEqualTo(files.get(name));
        }
        try (Stream<Path> stored = Files.list(InductionByHandFiles.FOLDER)) {
            assertThat(stored.map(path -> path.getFileName().toString())).hasSameElementsAs(files.keySet());
        }
    }

    @Test
    void theStoredModelIsTheConstruction() throws IOException {
        var config = ModelFiles.readConfig(Files.readString(InductionByHandFiles.FOLDER.resolve("config.json")))
                .config();
        assertThat(config).isEqualTo(InductionByHand.config());
        byte[] file = Files.readAllBytes(InductionByHandFiles.FOLDER.resolve("model.safetensors"));
        assertThat(file.length).isLessThan(2_000_000);
        var weights = ModelFiles.readWeights(config, Safetensors.open(channel(file)));
        assertThat(weights.wU().data).isEqualTo(InductionByHand.weights().wU().data);
        assertThat(weights.layers().getLast().wK().data)
                .isEqualTo(InductionByHand.weights().layers().getLast().wK().data);
    }

    @Test
    void theTokenizerCutsTheSentencesAsTheConstructionDoes() {
        assertThat(TOKENIZER.vocabularySize())
                .isEqualTo(InductionByHand.config().dVocab());
        for (List<String> sentence : InductionByHand.sentences()) {
            Encoding encoding = TOKENIZER.encodeWithSlices(String.join("", sentence));
            assertThat(encoding.slices()).isEqualTo(sentence);
            assertThat(encoding.ids())
                    .containsExactly(sentence.stream()
                            .mapToInt(InductionByHand.vocabulary()::indexOf)
                            .toArray());
            assertThat(TOKENIZER.decode(encoding.ids())).isEqualTo(String.join("", sentence));
        }
    }

    @Test
    void everyTokenIsReadBackFromItsText() {
        List<String> vocabulary = InductionByHand.vocabulary();
        for (int id = 0; id < vocabulary.size(); id++) {
            assertThat(TOKENIZER.piece(id).text()).isEqualTo(vocabulary.get(id));
            if (id != 1) {
                assertThat(TOKENIZER.encode(vocabulary.get(id))).containsExactly(id);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "  the   cat\n\n",
                "The zebra sat.",
                "naïve Ωmega",
                "🙂👩‍👩‍👧 cat",
                "a\tb\r\nc",
                "cat",
                "<unk>",
                "x\u0000y",
                "مرحبا the cat",
                "e\u0301",
                "1 2 3!?"
            })
    void anyTextIsKeptWholeAndUnknownWordsShowThemselves(String text) {
        Encoding encoding = TOKENIZER.encodeWithSlices(text);
        assertThat(String.join("", encoding.slices())).isEqualTo(text);
        for (int i = 0; i < encoding.pieces().size(); i++) {
            Piece piece = encoding.pieces().get(i);
            assertThat(piece.text()).isEqualTo(encoding.slices().get(i));
            assertThat(piece.kind()).isEqualTo(piece.id() == 1 ? Piece.Kind.UNKNOWN : Piece.Kind.TEXT);
        }
    }

    @Test
    void anUnknownWordIsOneToken() {
        assertThat(TOKENIZER.encodeWithSlices("The zebra sat").slices()).containsExactly("The", " zebra", " sat");
        assertThat(TOKENIZER.encode("The zebra sat")).containsExactly(2, 1, 4);
    }

    private static HuggingFaceTokenizer tokenizer() {
        return HuggingFaceTokenizer.of(new String(InductionByHandFiles.files().get("tokenizer.json"), UTF_8));
    }
}
