package app.headlight.services.lessons.language;

import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.transformer.HeadId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads expressions and conditions, and checks all that can be checked without a model. Faults are {@link Refusal}s. */
public final class ExpressionReader {

    private static final Pattern PART = Pattern.compile(
            "\\s*(?:\"([^\"]*)\"|([A-Za-z][A-Za-z0-9-]*)|(\\d+(?:\\.\\d+)?)" + "|(>=|<=|[>()<,+−-]))\\s*");

    /** What stands for itself in a text by one word. */
    private static final List<Sort> SHOWN = List.of(Sort.TOKEN, Sort.HEAD);

    private static final List<String> COMPARISONS = List.of(">=", "<=", ">", "<");

    /** A piece of what is written: the text, and whether it stood in quotation marks. */
    private record Part(String text, boolean quoted) {}

    private final List<Part> parts = new ArrayList<>();
    private int at;

    private ExpressionReader(String text) {
        Matcher matcher = PART.matcher(text);
        int end = 0;
        while (end < text.length()) {
            if (!matcher.find(end) || matcher.start() != end) {
                throw new Refusal("“" + text.substring(end).strip() + "” cannot be read");
            }
            parts.add(
                    matcher.group(1) != null
                            ? new Part(matcher.group(1), true)
                            : new Part(matcher.group().strip(), false));
            end = matcher.end();
        }
    }

    /** Something to be shown in a text: a number, a head, a token or a name. */
    public static Expression shown(String text) {
        ExpressionReader reader = new ExpressionReader(text);
        Expression read = reader.sum(null);
        reader.end();
        return read;
    }

    /** A condition, such as {@code attends(after-same) >= 0.4 and score(this, induction) is largest}. */
    public static Condition condition(String text) {
        ExpressionReader reader = new ExpressionReader(text);
        List<Condition.Comparison> comparisons = new ArrayList<>();
        do {
            comparisons.add(reader.comparison());
        } while (reader.took("and"));
        reader.end();
        return new Condition(comparisons);
    }

    private Condition.Comparison comparison() {
        Expression left = sum(Sort.NUMBER);
        if (took("is")) {
            String which = next("“largest” or “smallest”").text();
            return switch (which) {
                case "largest" -> new Condition.Comparison(left, Condition.Sign.LARGEST, null);
                case "smallest" -> new Condition.Comparison(left, Condition.Sign.SMALLEST, null);
                default -> throw new Refusal("“is " + which + "” is none of: is largest, is smallest");
            };
        }
        String sign = next("one of " + String.join(" ", COMPARISONS) + " or “is largest”")
                .text();
        if (!COMPARISONS.contains(sign)) {
            throw new Refusal("“" + sign + "” stands after “" + left.text() + "”; expected one of "
                    + String.join(" ", COMPARISONS) + " or “is largest”");
        }
        return new Condition.Comparison(left, Condition.Sign.of(sign), sum(Sort.NUMBER));
    }

    /** @param wanted null: anything that can be shown */
    private Expression sum(@Nullable Sort wanted) {
        Expression sum = one(wanted);
        while (sum.sort() == Sort.NUMBER && (isNext("+") || isNext("-") || isNext("−"))) {
            boolean isDifference = !next("a sign").text().equals("+");
            sum = new Expression.Sum(sum, isDifference, one(Sort.NUMBER));
        }
        return sum;
    }

    private Expression one(@Nullable Sort wanted) {
        Expression read = alone(wanted);
        if (took("on")) {
            return new Expression.On(read, name());
        }
        return read;
    }

    /** Models have names such as {@code storybook-1l}, which no sign splits. */
    private String name() {
        return next("the name of a model").text();
    }

    private Expression alone(@Nullable Sort wanted) {
        Part part = next(wanted == null ? "what is to be shown" : wanted.words());
        if (part.quoted()) {
            return checked(new Expression.Token(part.text()), wanted);
        }
        if (Character.isDigit(part.text().charAt(0))) {
            return checked(new Expression.Amount(Double.parseDouble(part.text()), part.text()), wanted);
        }
        for (Sort sort : wanted == null ? SHOWN : List.of(wanted)) {
            if (sort.known().contains(part.text()) && !isNext("(")) {
                return new Expression.Word(part.text(), sort);
            }
        }
        if (wanted == Sort.HEAD && part.text().matches("L\\d+H\\d+")) {
            return new Expression.Word(HeadId.parse(part.text()).toString(), Sort.HEAD);
        }
        Function function = Function.of(part.text()).orElseThrow(() -> new Refusal(unknown(part.text(), wanted)));
        return checked(new Expression.Call(function, arguments(function)), wanted);
    }

    private List<Expression> arguments(Function function) {
        List<Expression> given = new ArrayList<>();
        if (took("(")) {
            while (!took(")")) {
                if (!given.isEmpty()) {
                    expect(",");
                }
                if (given.size() == function.parameters().size()) {
                    throw new Refusal(function.text() + " takes " + count(function) + "; more are given");
                }
                given.add(sum(function.parameters().get(given.size())));
            }
        }
        if (given.size() < function.least()) {
            throw new Refusal(function.text() + " takes " + count(function) + "; " + given.size() + " are given");
        }
        return given;
    }

    private static String count(Function function) {
        String sorts = function.parameters().stream().map(Sort::words).collect(Collectors.joining(", "));
        return sorts.isEmpty() ? "nothing" : sorts;
    }

    private static Expression checked(Expression read, @Nullable Sort wanted) {
        if (wanted != null && read.sort() != wanted) {
            throw new Refusal("“" + read.text() + "” is " + read.sort().words() + "; expected " + wanted.words());
        }
        return read;
    }

    private static String unknown(String word, @Nullable Sort wanted) {
        String all = Arrays.stream(Function.values())
                .filter(each -> wanted == null || each.result() == wanted)
                .map(Function::text)
                .collect(Collectors.joining(", "));
        String known = wanted == null ? "" : String.join(", ", wanted.known());
        return "“" + word + "” is not known"
                + (wanted == null ? "" : "; expected " + wanted.words())
                + ": one of " + known + (known.isEmpty() || all.isEmpty() ? "" : ", ") + all;
    }

    private Part next(String expected) {
        if (at >= parts.size()) {
            throw new Refusal("it ends where " + expected + " is expected");
        }
        return parts.get(at++);
    }

    private boolean isNext(String text) {
        return at < parts.size()
                && !parts.get(at).quoted()
                && parts.get(at).text().equals(text);
    }

    private boolean took(String text) {
        boolean is = isNext(text);
        if (is) {
            at++;
        }
        return is;
    }

    private void expect(String text) {
        Part part = next("“" + text + "”");
        if (part.quoted() || !part.text().equals(text)) {
            throw new Refusal("“" + part.text() + "” stands where “" + text + "” is expected");
        }
    }

    private void end() {
        if (at < parts.size()) {
            throw new Refusal("“" + parts.get(at).text() + "” stands after the end of what can be read");
        }
    }
}
