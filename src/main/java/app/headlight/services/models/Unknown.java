package app.headlight.services.models;

import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.text.Piece;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Makes the messages about a text that a model's tokenizer or vocabulary does not know. */
final class Unknown {

    private static final int LONGEST = 40;
    private static final int MOST = 5;

    private Unknown() {}

    /** A sentence that some parts of a text became no token. */
    static String words(List<String> parts, String model) {
        String named = parts.stream()
                .distinct()
                .limit(MOST)
                .map(part -> "“" + cut(part) + "”")
                .collect(Collectors.joining(", "));
        boolean several = parts.stream().distinct().count() > 1;
        String more = parts.stream().distinct().count() > MOST ? " and others" : "";
        return named + more + (several ? " are" : " is") + " unknown to the tokenizer of " + model
                + ", which makes no token of " + (several ? "them" : "it") + ".";
    }

    /** @throws Refusal naming the token, if the model's vocabulary ends before it */
    static void refuseBeyond(OpenModel model, Piece piece) {
        if (piece.id() >= model.config().dVocab()) {
            throw new Refusal(String.format(
                    Locale.ROOT,
                    "“%s” is token %d of the tokenizer; the vocabulary of %s ends at %d.",
                    cut(piece.label()),
                    piece.id(),
                    model.name(),
                    model.config().dVocab() - 1));
        }
    }

    private static String cut(String text) {
        return text.codePointCount(0, text.length()) <= LONGEST
                ? text
                : text.substring(0, text.offsetByCodePoints(0, LONGEST)) + "…";
    }
}
