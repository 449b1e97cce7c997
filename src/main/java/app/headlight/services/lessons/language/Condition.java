package app.headlight.services.lessons.language;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a right answer fulfils: all of some comparisons. */
public record Condition(List<Comparison> comparisons) {

    /** How two numbers are to stand to each other; the last two compare the answer with all others. */
    public enum Sign {
        AT_LEAST(">=", "at least"),
        AT_MOST("<=", "at most"),
        ABOVE(">", "more than"),
        BELOW("<", "less than"),
        LARGEST("is largest", "the largest of all"),
        SMALLEST("is smallest", "the smallest of all");

        private final String text;
        private final String words;

        Sign(String text, String words) {
            this.text = text;
            this.words = words;
        }

        static Sign of(String text) {
            return Arrays.stream(values())
                    .filter(sign -> sign.text.equals(text))
                    .findFirst()
                    .orElseThrow();
        }

        /** As a lesson writes it. */
        public String text() {
            return text;
        }

        /** For people: “at least”. */
        public String words() {
            return words;
        }

        /** Whether two numbers stand so. */
        public boolean holds(double left, double right) {
            return switch (this) {
                case AT_LEAST, LARGEST -> left >= right;
                case AT_MOST, SMALLEST -> left <= right;
                case ABOVE -> left > right;
                case BELOW -> left < right;
            };
        }
    }

    /**
     * Two numbers, and how they are to stand to each other.
     *
     * @param right null: the same of every other answer
     */
    public record Comparison(
            Expression left, Sign sign, @Nullable Expression right) {

        /** As a lesson writes it. */
        public String text() {
            return left.text() + " " + sign.text() + (right == null ? "" : " " + right.text());
        }
    }

    public Condition {
        comparisons = List.copyOf(comparisons);
    }

    /** As a lesson writes it. */
    public String text() {
        return comparisons.stream().map(Comparison::text).collect(Collectors.joining(" and "));
    }

    /** The names of other models that it is measured on. */
    public Stream<String> models() {
        return comparisons.stream()
                .flatMap(each -> each.right() == null
                        ? each.left().models()
                        : Stream.concat(each.left().models(), each.right().models()));
    }
}
