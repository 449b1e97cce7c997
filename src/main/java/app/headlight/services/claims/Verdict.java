package app.headlight.services.claims;

import java.util.Collection;
import java.util.Optional;

/** What measurements say of a claim; the first of some verdicts is the one to tell first. */
public enum Verdict {
    /** mean + 2 SE lies below the bound (of “at most”: mean − 2 SE above it). */
    FAILS("fails", "✗"),
    /** The measure has no value on this model. */
    IMPOSSIBLE("cannot be measured", "∅"),
    /** The bound lies within 2 SE of the mean. */
    UNDECIDED("undecided", "?"),
    /** Not measured on the weights that the model has now, or too few times. */
    UNMEASURED("not measured yet", "…"),
    /** mean − 2 SE is at least the bound (of “at most”: mean + 2 SE at most it). */
    HOLDS("holds", "✓");

    private final String words;
    private final String mark;

    Verdict(String words, String mark) {
        this.words = words;
        this.mark = mark;
    }

    public String words() {
        return words;
    }

    /** In one character. */
    public String mark() {
        return mark;
    }

    /** The one to tell first of some; empty if there are none. */
    public static Optional<Verdict> first(Collection<Verdict> some) {
        return some.stream().min(Verdict::compareTo);
    }

    /**
     * The verdict on a statement by all measurements on some weights ({@code docs/maths.md}, "Claims that are measured").
     */
    static Verdict of(Statement statement, Pooled pooled) {
        boolean drawn = statement.measure().isDrawn();
        if (pooled.count() < (drawn ? Pooled.LEAST : 1)) {
            return pooled.impossible() >= (drawn ? Pooled.GIVEN_UP : 1) ? IMPOSSIBLE : UNMEASURED;
        }
        double margin = drawn ? 2 * pooled.error() : 0;
        boolean atLeast = statement.comparison() == Comparison.AT_LEAST;
        double above = atLeast ? pooled.mean() - statement.bound() : statement.bound() - pooled.mean();
        return above - margin >= 0 ? HOLDS : above + margin < 0 ? FAILS : UNDECIDED;
    }
}
