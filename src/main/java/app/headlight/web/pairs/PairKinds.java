package app.headlight.web.pairs;

import app.headlight.services.search.KnownTemplates.Known;
import app.headlight.services.search.ReadyPair.Template;

/** The kinds of pairs that are made from a model's words, in words. */
public final class PairKinds {

    private PairKinds() {}

    public static String label(Template template) {
        return switch (template) {
            case INDUCTION -> "a passage said twice";
            case TWO_NAMES -> "two names";
            case GREATER_THAN -> "a later year";
            case ARTICLE -> "a or an";
            case NUMBER -> "was or were";
        };
    }

    /** What the sentences are, and what should follow. */
    public static String meaning(Template template) {
        return switch (template) {
            case INDUCTION ->
                "Words of which the first come again, so that what followed them follows again. In the second sentence"
                        + " one of them was another word the first time.";
            case TWO_NAMES ->
                "Of two names one comes again, so that the other is meant. In the second sentence the other comes again.";
            case GREATER_THAN ->
                "Something lasted from one year to another, which must be later. In the second sentence it began earlier.";
            case ARTICLE -> "The article fits the word that follows. In the second sentence that is another word.";
            case NUMBER ->
                "The verb fits its subject. In the second sentence the subject is one in place of several, or the reverse.";
        };
    }

    /** Why a kind is not offered. */
    public static String notOffered(Template template, Known known) {
        return label(template) + " ("
                + (known.pairs() == 0
                        ? "this model's vocabulary has too few of " + needed(template) + " as single tokens"
                        : "the model prefers the right token in both sentences on " + known.known() + " of "
                                + known.pairs() + (known.pairs() == 1 ? " pair" : " pairs"))
                + ")";
    }

    private static String needed(Template template) {
        return switch (template) {
            case INDUCTION -> "words";
            case TWO_NAMES -> "the names";
            case GREATER_THAN -> "the numbers 02 to 98";
            case ARTICLE -> "the words after “an” and “a”";
            case NUMBER -> "the words, such as boy and boys,";
        };
    }
}
