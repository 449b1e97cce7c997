package app.headlight.web.explore;

import app.headlight.text.Encoding;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tokens as users write them. */
final class Vocabulary {

    private Vocabulary() {}

    private static final Pattern DIFFERENCE = Pattern.compile("(.+?) (?:−|-) (.+)", Pattern.DOTALL);

    /**
     * One token, or the difference of two.
     *
     * @param lowered −1: none
     */
    record Asked(int raised, int lowered) {

        String name(Exploration exploration) {
            String name = exploration.piece(raised).label();
            return lowered < 0
                    ? name
                    : name + " − " + exploration.piece(lowered).label();
        }
    }

    /**
     * What a user wrote as {@code a} or {@code a − b}.
     *
     * @throws IllegalArgumentException if a part of it is no single token
     */
    static Asked asked(Exploration exploration, String written) {
        Matcher difference = DIFFERENCE.matcher(written);
        return difference.matches()
                ? new Asked(token(exploration, difference.group(1)), token(exploration, difference.group(2)))
                : new Asked(token(exploration, written), -1);
    }

    /**
     * The token that a word means: the word as it stands, {@code ·} being a space; else with a space before it.
     *
     * @throws IllegalArgumentException if it is no single token
     */
    static int token(Exploration exploration, String written) {
        String word = written.replace('·', ' ');
        for (String candidate : new String[] {word, " " + word.strip(), word.strip()}) {
            if (!candidate.isEmpty()) {
                Encoding encoding = exploration.model().tokenizer().encodeWithSlices(candidate);
                if (encoding.pieces().size() == 1) {
                    return encoding.pieces().getFirst().id();
                }
            }
        }
        throw new IllegalArgumentException("“" + Shorten.to(30, written) + "” is not one token of this model.");
    }
}
