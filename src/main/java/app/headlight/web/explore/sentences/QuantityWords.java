package app.headlight.web.explore.sentences;

import app.headlight.engine.circuits.HeadOverSentences.Asked;
import app.headlight.engine.circuits.HeadOverSentences.Quantity;
import app.headlight.engine.circuits.HeadOverSentences.Role;
import app.headlight.engine.circuits.HeadOverSentences.Summary;
import app.headlight.engine.transformer.HeadId;
import app.headlight.web.words.Figures;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** What is measured of a head in a sentence, in words. */
final class QuantityWords {

    private QuantityWords() {}

    static String label(Quantity quantity) {
        return switch (quantity) {
            case ATTENTION -> "attention";
            case ATTRIBUTION -> "direct attribution";
            case CUT_NEXT -> "cut: log p of the next tokens";
            case CUT_TOP -> "cut: logit over mean";
        };
    }

    static String label(Role role) {
        return switch (role) {
            case PREVIOUS -> "the previous token";
            case FIRST -> "the first token";
            case SAME -> "the same token earlier";
            case INDUCTION -> "what followed it last time";
            case ITSELF -> "itself";
        };
    }

    static String label(Asked asked) {
        return asked.quantity() == Quantity.ATTENTION ? "attention to " + label(asked.role()) : label(asked.quantity());
    }
    /** The figure of a sentence, in a word. */
    static String figure(Asked asked) {
        return switch (asked.quantity()) {
            case ATTENTION -> "weight";
            case ATTRIBUTION -> "adds";
            case CUT_NEXT -> "Δ log p";
            case CUT_TOP -> "Δ logit";
        };
    }

    /** What the figure is, in full. */
    static String meaning(Asked asked) {
        return switch (asked.quantity()) {
            case ATTENTION ->
                "Weight on " + label(asked.role()) + ", the mean over the positions after the first"
                        + (asked.role() == Role.SAME || asked.role() == Role.INDUCTION
                                ? " whose token has such a place"
                                : "");
            case ATTRIBUTION ->
                "What the head writes at the last position adds to the logit over mean of the likeliest next token";
            case CUT_NEXT ->
                "Change of the log-probability of the tokens that follow, where the head writes nothing: the mean over"
                        + " the sentence, in nats";
            case CUT_TOP ->
                "Change of the logit over mean of the likeliest next token at the last position, where the head writes"
                        + " nothing";
        };
    }

    /** Everything that is measured, attention by each role. */
    static List<Asked> all() {
        return Stream.concat(
                        Arrays.stream(Role.values()).map(role -> new Asked(Quantity.ATTENTION, role)),
                        Stream.of(Quantity.ATTRIBUTION, Quantity.CUT_NEXT, Quantity.CUT_TOP)
                                .map(quantity -> new Asked(quantity, Role.ITSELF)))
                .toList();
    }

    /** Whether both are one quantity: the role says something of attention alone. */
    static boolean isSame(Asked one, Asked other) {
        return one.quantity() == other.quantity()
                && (one.quantity() != Quantity.ATTENTION || one.role() == other.role());
    }

    /** What the head does over some sentences. */
    static String told(HeadId head, Asked asked, Summary summary, int sentences) {
        if (summary.count() == 0) {
            return asked.quantity() == Quantity.ATTENTION
                    ? "In none of the sentences is there such a token, so that nothing can be said of " + head + "."
                    : "Each of the sentences is one token, so that nothing follows in them.";
        }
        String mean = figure(asked, summary.spread().mean());
        String average = summary.count() == 1 ? "" : ", on average over " + summary.count() + " sentences";
        String said = switch (asked.quantity()) {
            case ATTENTION -> head + " gives " + mean + " of its attention to " + label(asked.role());
            case ATTRIBUTION ->
                "What " + head + " writes adds " + mean + " to the logit over mean of the likeliest next token";
            case CUT_NEXT ->
                "Without " + head + " the log-probability of the tokens that follow changes by " + mean + " nats";
            case CUT_TOP -> "Without " + head + " the logit over mean of the likeliest next token changes by " + mean;
        };
        String spread = summary.count() == 1
                ? ", in one sentence"
                : " (standard deviation " + Figures.fixed(summary.spread().deviation(), 3) + ", from "
                        + figure(asked, summary.least()) + " to " + figure(asked, summary.most()) + ")";
        int without = sentences - summary.count();
        return said + average + spread + "."
                + (without == 0
                        ? ""
                        : " " + without + (without == 1 ? " sentence has" : " sentences have") + " no such token and "
                                + (without == 1 ? "is" : "are") + " not counted.");
    }

    private static String figure(Asked asked, double value) {
        return asked.quantity() == Quantity.ATTENTION ? Figures.fixed(value, 3) : Figures.signed(value, 3);
    }
}
