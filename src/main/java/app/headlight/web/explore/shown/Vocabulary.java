package app.headlight.web.explore.shown;

import app.headlight.engine.refusal.Refusal;
import app.headlight.services.models.TokenNames;
import app.headlight.web.words.Quantity;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tokens as users write them. */
public final class Vocabulary {

    private Vocabulary() {}

    private static final Pattern LOG_PROBABILITY = Pattern.compile("log ?p ?\\((.+)\\)", Pattern.DOTALL);

    private static final Pattern OVER_MEAN = Pattern.compile("over mean ?\\((.+)\\)", Pattern.DOTALL);

    private static final Pattern DIFFERENCE = Pattern.compile("(.+?) (?:−|-) (.+)", Pattern.DOTALL);

    /** What is asked of a token. */
    public enum Kind {
        /** Its logit, or the difference of two tokens' logits. */
        LOGIT,
        OVER_MEAN,
        LOG_PROBABILITY;

        /** As a user writes it. */
        public String of(String token) {
            return switch (this) {
                case LOGIT -> token;
                case OVER_MEAN -> "over mean(" + token + ")";
                case LOG_PROBABILITY -> "log p(" + token + ")";
            };
        }
    }

    /**
     * One token's logit, the same over the mean of all, its log-probability, or the difference of two tokens.
     *
     * @param lowered −1: none
     */
    public record Asked(Kind kind, int raised, int lowered) {

        /** As a user writes it. */
        public String name(Exploration exploration) {
            String name = exploration.piece(raised).label();
            return kind.of(
                    lowered < 0
                            ? name
                            : name + " − " + exploration.piece(lowered).label());
        }

        /** What the figures are, of which the parts are shown. */
        public Quantity quantity() {
            return switch (kind) {
                case LOGIT -> lowered < 0 ? Quantity.LOGIT : Quantity.LOGIT_DIFFERENCE;
                case OVER_MEAN -> Quantity.LOGIT_OVER_MEAN;
                case LOG_PROBABILITY -> Quantity.LOGIT_OVER_EXPECTED;
            };
        }
    }

    /** The token, or the two, that was written, whatever is asked of it. */
    public static String tokenIn(String written) {
        String stripped = written.strip();
        for (Pattern kind : new Pattern[] {LOG_PROBABILITY, OVER_MEAN}) {
            Matcher matcher = kind.matcher(stripped);
            if (matcher.matches()) {
                return matcher.group(1);
            }
        }
        return written;
    }

    /**
     * What a user wrote as {@code a}, {@code over mean(a)}, {@code log p(a)} or {@code a − b}.
     *
     * @throws Refusal if a part of it is no single token
     */
    static Asked asked(Exploration exploration, String written) {
        String stripped = written.strip();
        if (LOG_PROBABILITY.matcher(stripped).matches()) {
            return new Asked(Kind.LOG_PROBABILITY, token(exploration, tokenIn(written)), -1);
        }
        if (OVER_MEAN.matcher(stripped).matches()) {
            return new Asked(Kind.OVER_MEAN, token(exploration, tokenIn(written)), -1);
        }
        Matcher difference = DIFFERENCE.matcher(written);
        return difference.matches()
                ? new Asked(
                        Kind.LOGIT, token(exploration, difference.group(1)), token(exploration, difference.group(2)))
                : new Asked(Kind.LOGIT, token(exploration, written), -1);
    }

    private static int token(Exploration exploration, String written) {
        return TokenNames.id(exploration.model(), written);
    }
}
