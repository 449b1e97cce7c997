package app.headlight.engine.circuits;

import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a head is known for: the kind of attention that it pays most, by {@link DetectorScores}. The one place that decides
 * it, whatever shows it.
 *
 * @param score of that kind, in [0, 1]
 */
public record HeadLabel(Kind kind, double score) {

    /** Below it a head is known for nothing. */
    private static final double LEAST = 0.2;

    /** From it on the head does mostly that. */
    private static final double STRONG = 0.5;

    /** A kind of head that a detector looks for. */
    public enum Kind {
        PREVIOUS("prev", "previous token", "attention to the previous token"),
        DUPLICATE("dup", "duplicate token", "attention to the same token earlier"),
        INDUCTION("ind", "induction", "attention to what followed the same token earlier"),
        FIRST("first", "first token", "attention to the first token");

        private final String mark;
        private final String title;
        private final String explanation;

        Kind(String mark, String title, String explanation) {
            this.mark = mark;
            this.title = title;
            this.explanation = explanation;
        }

        /** In a few letters. */
        public String mark() {
            return mark;
        }

        /** The field's name of such heads. */
        public String title() {
            return title;
        }

        public String explanation() {
            return explanation;
        }
    }

    /** The kind with the highest score; empty where none is high. */
    public static Optional<HeadLabel> of(DetectorScores scores) {
        return Optional.of(strongest(scores)).filter(label -> label.score >= LEAST);
    }

    /** The kind with the highest score, however low. */
    public static HeadLabel strongest(DetectorScores scores) {
        return Stream.of(
                        new HeadLabel(Kind.PREVIOUS, scores.previous()),
                        new HeadLabel(Kind.DUPLICATE, scores.duplicate()),
                        new HeadLabel(Kind.INDUCTION, scores.induction()),
                        new HeadLabel(Kind.FIRST, scores.first()))
                .filter(label -> !Double.isNaN(label.score)) // a text in which no token comes twice has no such score
                .max(Comparator.comparingDouble(HeadLabel::score))
                .orElseThrow();
    }

    public boolean isStrong() {
        return score >= STRONG;
    }
}
