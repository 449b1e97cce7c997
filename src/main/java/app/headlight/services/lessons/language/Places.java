package app.headlight.services.lessons.language;

import app.headlight.engine.refusal.Refusal;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** Places in a sentence, counted from 0, as they stand to a destination. */
final class Places {

    private final int[] tokens;
    private final int destination;

    Places(int[] tokens, int destination) {
        this.tokens = tokens;
        this.destination = destination;
    }

    /** The place of the last earlier copy of the token at the destination. */
    OptionalInt same() {
        return IntStream.range(0, destination)
                .filter(place -> tokens[place] == tokens[destination])
                .max();
    }

    /**
     * The place that a word stands for.
     *
     * @throws Refusal if the sentence has no such place
     */
    int named(String word) {
        return switch (word) {
            case "first" -> 0;
            case "last" -> tokens.length - 1;
            case "self" -> destination;
            case "previous" -> in(destination - 1, "a token before the destination");
            case "same" -> same().orElseThrow(Places::noCopy);
            case "after-same" -> same().orElseThrow(Places::noCopy) + 1;
            default -> throw new IllegalArgumentException("no place “" + word + "”");
        };
    }

    /** @throws Refusal if it is outside the sentence */
    int in(int place, String what) {
        if (place < 0 || place >= tokens.length) {
            throw new Refusal("the sentence has no " + what.replaceFirst("^a ", ""));
        }
        return place;
    }

    /** Where a token first stands, or where last. */
    int of(int token, boolean last, String label) {
        IntStream places = IntStream.range(0, tokens.length).filter(place -> tokens[place] == token);
        return (last ? places.max() : places.min())
                .orElseThrow(() -> new Refusal("“" + label + "” is no token of the sentence"));
    }

    /** How a source stands to the destination, for people; empty if in no way that tells something. */
    String relation(int source) {
        if (source == destination) {
            return "the token itself";
        }
        if (source > 0 && source <= destination && tokens[source - 1] == tokens[destination]) {
            return "the token that followed an earlier copy of this one";
        }
        if (tokens[source] == tokens[destination]) {
            return "an earlier copy of the same token";
        }
        if (source == destination - 1) {
            return "the token just before";
        }
        return source == 0 ? "the first token" : "";
    }

    private static Refusal noCopy() {
        return new Refusal("the token at the destination stands nowhere earlier in the sentence");
    }
}
