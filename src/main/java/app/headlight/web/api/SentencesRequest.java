package app.headlight.web.api;

import app.headlight.engine.refusal.Fields;
import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.transformer.HeadId;
import app.headlight.services.models.OpenModel;
import app.headlight.services.search.ReadyPair.Template;
import app.headlight.services.sentences.SentenceSet;
import app.headlight.services.sentences.SentenceSet.Sentence;
import app.headlight.services.sentences.StoredText;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The request for what a head does over many sentences: those that are given, or a set that is made. */
@Schema(requiredProperties = {"head"})
record SentencesRequest(
        @Schema(description = "The head.", example = "L1H3", pattern = FindingsController.HEAD) @Nullable
        String head,

        @Schema(description = "Sentences, each as text or tokens; 64 at most.") @Nullable
        List<SentenceRequest> sentences,

        @Schema(
                description = "In place of sentences: text for pieces of the model's own text; induction, two_names,"
                        + " greater_than, article or number for sentences of that kind, made of the model's words.",
                example = "induction")
        @Nullable
        String set,

        @Schema(description = "How many sentences of the set; 16 if it is not given.", minimum = "1", maximum = "64")
        @Nullable
        Integer count,

        @Schema(description = "Another turn takes other sentences of the set; 1 if it is not given.", minimum = "1")
        @Nullable
        Integer turn) {

    private static final int COUNT = 16;

    /** @throws Refusal if it is missing, or not the name of a head */
    HeadId id() {
        return HeadId.parse(Fields.needed("head", head));
    }

    /**
     * The sentences.
     *
     * @throws Refusal naming what is missing, given twice or cannot be read, a sentence by its index
     */
    SentenceSet set(OpenModel model, StoredText text) {
        if ((sentences == null) == (set == null)) {
            throw new Refusal("Give either “sentences” or “set”.");
        }
        if (sentences != null) {
            if (count != null || turn != null) {
                throw new Refusal(
                        (count != null ? "“count”" : "“turn”") + " is given beside “sentences”; it belongs to a “set”");
            }
            return given(model, sentences);
        }
        if (turn != null && turn < 1) {
            throw Refusal.of("“turn”", turn, "1 or more");
        }
        int many = count == null ? COUNT : count;
        int which = turn == null ? 1 : turn;
        Optional<Template> template = Fields.oneOf(
                "set",
                Fields.needed("set", set),
                Map.of(
                        "text", Optional.empty(),
                        "induction", Optional.of(Template.INDUCTION),
                        "two_names", Optional.of(Template.TWO_NAMES),
                        "greater_than", Optional.of(Template.GREATER_THAN),
                        "article", Optional.of(Template.ARTICLE),
                        "number", Optional.of(Template.NUMBER)));
        return template.isEmpty() ? text.of(model, many, which) : SentenceSet.made(model, template.get(), many, which);
    }

    private static SentenceSet given(OpenModel model, List<SentenceRequest> sentences) {
        SentenceSet.checkCount(sentences.size());
        List<Sentence> read = new ArrayList<>();
        for (SentenceRequest sentence : sentences) {
            String name = "sentences[" + read.size() + "]";
            try {
                read.add(read(model, Fields.needed(name, sentence)));
            } catch (Refusal unfit) {
                throw new Refusal(name + ": " + unfit.getMessage());
            } catch (Problem unreadable) {
                throw Problem.bad(
                        "Cannot be run", name + ": " + unreadable.getBody().getDetail());
            }
        }
        return new SentenceSet(read, "");
    }

    private static Sentence read(OpenModel model, SentenceRequest sentence) {
        return sentence.text() != null && sentence.tokens() == null
                ? SentenceSet.read(model, sentence.text())
                : SentenceSet.of("", sentence.prompt(model));
    }
}
