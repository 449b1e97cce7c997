package app.headlight.web.python;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Values as literals of Python, so that no text that a person wrote can end its own and become code. */
final class Literal {

    private Literal() {}

    /** Texts, numbers, truth values, null, lists and maps of these. */
    static String of(@Nullable Object value) {
        return switch (value) {
            case null -> "None";
            case String text -> text(text);
            case Boolean truth -> truth ? "True" : "False";
            case Number number -> number(number);
            case int[] numbers -> Arrays.toString(numbers);
            case Collection<?> list -> list.stream().map(Literal::of).collect(Collectors.joining(", ", "[", "]"));
            case Map<?, ?> map ->
                map.entrySet().stream()
                        .map(entry -> of(entry.getKey()) + ": " + of(entry.getValue()))
                        .collect(Collectors.joining(", ", "{", "}"));
            default -> throw new IllegalArgumentException("no literal of " + value.getClass());
        };
    }

    /** A tuple. */
    static String tuple(Object... values) {
        String all = Arrays.stream(values).map(Literal::of).collect(Collectors.joining(", "));
        return values.length == 1 ? "(" + all + ",)" : "(" + all + ")";
    }

    /** A list of what are literals already. */
    static String list(List<String> literals) {
        return "[" + String.join(", ", literals) + "]";
    }

    private static String number(Number number) {
        double value = number.doubleValue();
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return "float(\"" + (Double.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf") + "\")";
        }
        return number.toString();
    }

    private static String text(String text) {
        StringBuilder literal = new StringBuilder("\"");
        text.codePoints().forEach(c -> {
            if (c == '"' || c == '\\') {
                literal.append('\\').appendCodePoint(c);
            } else if (c == '\n') {
                literal.append("\\n");
            } else if (isPlain(c)) {
                literal.appendCodePoint(c);
            } else {
                literal.append(String.format(Locale.ROOT, c > 0xFFFF ? "\\U%08x" : "\\u%04x", c));
            }
        });
        return literal.append('"').toString();
    }

    /** A text within one line of a comment. */
    static String comment(String text) {
        StringBuilder line = new StringBuilder();
        text.codePoints().map(c -> isPlain(c) ? c : ' ').forEach(line::appendCodePoint);
        return line.toString();
    }

    /** What can be seen and neither ends a line nor turns the direction of reading. */
    private static boolean isPlain(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.PRIVATE_USE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
