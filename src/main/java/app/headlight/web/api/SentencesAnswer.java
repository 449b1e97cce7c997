package app.headlight.web.api;

import app.headlight.engine.circuits.HeadOverSentences;
import app.headlight.engine.circuits.HeadOverSentences.Asked;
import app.headlight.engine.circuits.HeadOverSentences.InSentence;
import app.headlight.engine.circuits.HeadOverSentences.Quantity;
import app.headlight.engine.circuits.HeadOverSentences.Role;
import app.headlight.engine.circuits.HeadOverSentences.Summary;
import app.headlight.services.sentences.SentenceSet;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The answer with what a head does over many sentences. */
record SentencesAnswer(
        String head,

        @Schema(description = "What the model ran on, sentence by sentence.")
        List<List<Integer>> tokens,

        @Schema(description = "How the sentences of a set were chosen; left out where there is nothing to say.")
        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        String note,

        @Schema(
                description =
                        "The attention to previous, first, same, induction and itself: the mean over those positions"
                                + " after the first that have such a token.")
        Map<String, Over> attention,

        @Schema(
                description =
                        "What the head writes at the last position adds to the logit over mean of the likeliest next"
                                + " token there.")
        Over attribution,

        @Schema(
                description =
                        "Change of the mean log-probability of the tokens that follow where the head writes nothing,"
                                + " in nats.")
        @JsonProperty("cut_next")
        Over cutNext,

        @Schema(
                description =
                        "Change of the logit over mean of the likeliest next token at the last position where the head writes"
                                + " nothing.")
        @JsonProperty("cut_top")
        Over cutTop,

        @Schema(description = "The likeliest next token at the last position of each sentence.")
        List<Integer> top) {

    /** A quantity over the sentences that have it. */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Over(
            @Schema(description = "Null where no sentence has a value.") @Nullable
            Double mean,

            @Schema(description = "The standard deviation; null where fewer than two sentences have a value.") @Nullable
            Double deviation,

            @Nullable Double least,

            @Nullable Double most,

            @Schema(description = "How many sentences have a value.")
            int count,

            @Schema(description = "By sentence; null where a sentence has no such value.")
            List<@Nullable Double> values) {

        private static Over of(HeadOverSentences found, Asked asked) {
            Summary summary = found.summary(asked);
            return new Over(
                    defined(summary.spread().mean()),
                    defined(summary.spread().deviation()),
                    defined(summary.least()),
                    defined(summary.most()),
                    summary.count(),
                    found.values(asked).stream()
                            .<@Nullable Double>map(Over::defined)
                            .toList());
        }

        private static @Nullable Double defined(double value) {
            return Double.isNaN(value) ? null : (Double) value;
        }
    }

    static SentencesAnswer of(SentenceSet set, HeadOverSentences found) {
        Map<String, Over> attention = new LinkedHashMap<>();
        for (Role role : Role.values()) {
            attention.put(role.name().toLowerCase(Locale.ROOT), Over.of(found, new Asked(Quantity.ATTENTION, role)));
        }
        return new SentencesAnswer(
                found.head().toString(),
                set.sentences().stream().map(SentenceSet.Sentence::tokens).toList(),
                set.note(),
                attention,
                Over.of(found, new Asked(Quantity.ATTRIBUTION, Role.ITSELF)),
                Over.of(found, new Asked(Quantity.CUT_NEXT, Role.ITSELF)),
                Over.of(found, new Asked(Quantity.CUT_TOP, Role.ITSELF)),
                found.sentences().stream().map(InSentence::top).toList());
    }
}
