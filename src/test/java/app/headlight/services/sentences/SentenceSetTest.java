package app.headlight.services.sentences;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.headlight.SharedServer;
import app.headlight.engine.circuits.HeadOverSentences;
import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.training.TextFigures;
import app.headlight.engine.transformer.HeadId;
import app.headlight.engine.transformer.Progress;
import app.headlight.services.lab.Laboratory;
import app.headlight.services.models.ModelLibrary;
import app.headlight.services.models.OpenModel;
import app.headlight.services.models.StoredModel;
import app.headlight.services.search.ReadyPair.Template;
import app.headlight.services.sentences.SentenceSet.Sentence;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Sentences are read whole, or refused by their line. */
class SentenceSetTest extends SharedServer {

    @Autowired
    private ModelLibrary library;

    @Autowired
    private StoredText text;

    @Autowired
    private Laboratory lab;

    private OpenModel model(String name) {
        return library.open(name).orElseThrow();
    }

    @Test
    void aPersonsLinesAreReadAsTheyStand() {
        OpenModel model = model("storybook-2l");
        SentenceSet set = SentenceSet.ofLines(model, "The cat sat on the mat\n\n  Uncle Henry  \r\nOh");
        assertThat(set.sentences())
                .extracting(Sentence::text)
                .containsExactly("The cat sat on the mat", "Uncle Henry", "Oh");
        for (Sentence sentence : set.sentences()) {
            assertThat(model.prompt(sentence.text()).tokens())
                    .containsExactly(sentence.tokens().stream()
                            .mapToInt(Integer::intValue)
                            .toArray());
        }
        assertThat(set.note()).isEmpty();
    }

    @Test
    void aLineThatCannotBeReadIsNamed() {
        OpenModel model = model("storybook-2l");
        refused(() -> SentenceSet.ofLines(model, "The cat\n\nThe ♞ and the 日"), "Line 3: ", "“♞”, “日”");
        refused(
                () -> SentenceSet.ofLines(
                        model, "The cat\n" + "cat ".repeat(model.config().nCtx() + 1)),
                "Line 2: ",
                model.config().nCtx() + " at most");
        refused(() -> SentenceSet.ofLines(model, " \n"), "one a line");
        refused(() -> SentenceSet.ofLines(model, "a cat\n".repeat(65)), "65", "1 to 64");
        assertThat(SentenceSet.ofLines(model, "a cat\n".repeat(64)).sentences()).hasSize(64);
        refused(() -> SentenceSet.ofLines(model("modular-addition"), "3 7 =\n1 x ="), "Line 2: ", "“x”");
    }

    private static void refused(Runnable reading, String... parts) {
        assertThatThrownBy(reading::run).isInstanceOf(Refusal.class).hasMessageContainingAll(parts);
    }

    @ParameterizedTest
    @EnumSource(
            value = Template.class,
            names = {"INDUCTION", "NUMBER", "TWO_NAMES"})
    void aTemplateMakesSentencesThatAreNotAlike(Template template) {
        OpenModel model = model("storybook-2l");
        SentenceSet first = SentenceSet.made(model, template, 8, 1);
        assertThat(first.sentences()).extracting(Sentence::text).doesNotHaveDuplicates();
        assertThat(first).isEqualTo(SentenceSet.made(model, template, 8, 1));
        if (template == Template.TWO_NAMES) { // of which the vocabulary has two
            assertThat(first.sentences()).hasSize(2);
            assertThat(first.note()).contains("no more than 2 ");
        } else {
            assertThat(first.sentences()).hasSize(8);
            assertThat(first.note()).isEmpty();
            assertThat(SentenceSet.made(model, template, 8, 2)).isNotEqualTo(first);
        }
        refused(() -> SentenceSet.made(model, template, 0, 1), "There are 0 sentences; expected 1 to 64");
        refused(() -> SentenceSet.made(model, template, 65, 1), "65");
    }

    @Test
    void aTemplateWithoutWordsIsRefused() {
        refused(() -> SentenceSet.made(model("storybook-2l"), Template.GREATER_THAN, 8, 1), "too few of the words");
    }

    /** Every sentence stands in a window of the text that is stored, from a multiple of 32 tokens on. */
    @Test
    void theModelsTextIsTakenPieceByPiece() {
        OpenModel model = model("storybook-2l");
        TextFigures stored = library.textFigures(model.stored()).orElseThrow();
        SentenceSet set = text.of(model, 64, 1);
        assertThat(set.sentences()).hasSize(64).doesNotHaveDuplicates();
        for (Sentence sentence : set.sentences()) {
            int[] tokens =
                    sentence.tokens().stream().mapToInt(Integer::intValue).toArray();
            assertThat(model.prompt(sentence.text()).tokens()).containsExactly(tokens);
            assertThat(stored.unseen())
                    .anyMatch(window -> IntStream.range(0, window.length / 32)
                            .anyMatch(i -> Arrays.equals(window, 32 * i, 32 * i + 32, tokens, 0, tokens.length)));
        }
        assertThat(set.note()).startsWith("Pieces of a text that storybook-2l was not trained on.");
        List<Sentence> others = text.of(model, 16, 2).sentences();
        assertThat(others).isEqualTo(set.sentences().subList(16, 32));
        assertThat(text.of(model("modular-addition"), 4, 1).sentences())
                .allSatisfy(sentence -> assertThat(sentence.tokens()).hasSize(3));
    }

    @Test
    void aModelWithoutATextReadsThePlainSentences() {
        OpenModel model = withoutText(model("storybook-2l"));
        assertThat(library.textFigures(model.stored())).isEmpty();
        SentenceSet set = text.of(model, 4, 1);
        assertThat(set.note()).startsWith("No text is stored with a copy; these are plain sentences");
        assertThat(set.sentences()).hasSize(4).doesNotHaveDuplicates();
        assertThat(set.sentences().getFirst().text()).startsWith("The old man and the young boy walked");
        assertThat(model.prompt(set.sentences().getFirst().text()).unknown()).isEmpty();
        refused(() -> text.of(model("induction-by-hand"), 4, 1), "induction-by-hand reads none of the 32 sentences");
    }
    /** The model under the row of one that has no text. */
    private OpenModel withoutText(OpenModel model) {
        StoredModel stored = model.stored();
        StoredModel copy = new StoredModel(
                model("induction-by-hand").stored().id(),
                "a copy",
                "0".repeat(64),
                stored.file(),
                List.of(),
                null,
                stored.folding(),
                stored.inFolder(),
                stored.uploaded(),
                stored.owner(),
                stored.audience());
        return new OpenModel(copy, model.step(), model.transformer(), model.tokenizer());
    }

    @Test
    void whatTakesTooLongIsRefusedAndTheLaboratoryAnswersWhatTheEngineDoes() {
        OpenModel model = model("storybook-2l");
        SentenceSet set = SentenceSet.made(model, Template.INDUCTION, 3, 1);
        OverSentences.checkTime(model, set, 60);
        refused(() -> OverSentences.checkTime(model, set, 1e-9), "3 sentences", "take fewer of them");
        HeadId head = new HeadId(1, 0);
        assertThat(lab.get(OverSentences.of(model, head, set)))
                .isEqualTo(HeadOverSentences.of(model.transformer(), head, set.tokens(), Progress.UNWATCHED));
        refused(() -> OverSentences.of(model, new HeadId(5, 0), set), "L5H0");
    }
}
