package app.headlight.web.explore;

import app.headlight.web.TokenNames;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tokens as users write them. */
final class Vocabulary {

    private Vocabulary() {}

    private static final Pattern LOG_PROBABILITY = Pattern.compile("log ?p ?\\((.+)\\)", Pattern.DOTALL);

    private static final Pattern DIFFERENCE = Pattern.compile("(.+?) (?:−|-) (.+)", Pattern.DOTALL);

    /**
     * One token's logit, its log-probability, or the difference of two tokens.
     *
     * @param lowered −1: none
     */
    record Asked(int raised, int lowered, boolean logProbability) {

        String name(Exploration exploration) {
            String name = exploration.piece(raised).label();
            if (logProbability) {
                return logProbabilityOf(name);
            }
            return lowered < 0
                    ? name
                    : name + " − " + exploration.piece(lowered).label();
        }
    }

    /** As a user writes it. */
    static String logProbabilityOf(String token) {
        return "log p(" + token + ")";
    }

    /**
     * What a user wrote as {@code a}, {@code log p(a)} or {@code a − b}.
     *
     * @throws IllegalArgumentException if a part of it is no single token
     */
    static Asked asked(Exploration exploration, String written) {
        Matcher probability = LOG_PROBABILITY.matcher(written.strip());
        if (probability.matches()) {
            return new Asked(token(exploration, probability.group(1)), -1, true);
        }
        Matcher difference = DIFFERENCE.matcher(written);
        return difference.matches()
                ? new Asked(token(exploration, difference.group(1)), token(exploration, difference.group(2)), false)
                : new Asked(token(exploration, written), -1, false);
    }

    private static int token(Exploration exploration, String written) {
        return TokenNames.id(exploration.model(), written);
    }
}
