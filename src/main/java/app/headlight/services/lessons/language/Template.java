package app.headlight.services.lessons.language;

import app.headlight.engine.refusal.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A text with places for what is measured when it is shown: {@code the score is {{score(head(induction), induction)}}}. */
public record Template(List<Part> parts) {

    private static final Pattern PLACE = Pattern.compile("\\{\\{(.*?)}}", Pattern.DOTALL);

    /**
     * A piece of the text, or something to be measured.
     *
     * @param text as it is written
     * @param asked null: a piece of text as it is
     */
    public record Part(String text, @Nullable Expression asked) {}

    public Template {
        parts = List.copyOf(parts);
    }

    /**
     * Reads a text.
     *
     * @throws Refusal naming what stands between {{ and }} and why it cannot be read
     */
    public static Template of(String text) {
        List<Part> parts = new ArrayList<>();
        Matcher places = PLACE.matcher(text);
        int end = 0;
        while (places.find()) {
            if (places.start() > end) {
                parts.add(new Part(text.substring(end, places.start()), null));
            }
            parts.add(new Part(places.group(1).strip(), asked(places.group(1).strip())));
            end = places.end();
        }
        String rest = text.substring(end);
        if (rest.contains("{{") || rest.contains("}}")) {
            throw new Refusal("“{{” and “}}” do not stand in pairs");
        }
        if (!rest.isEmpty()) {
            parts.add(new Part(rest, null));
        }
        return new Template(parts);
    }

    private static Expression asked(String text) {
        try {
            return ExpressionReader.shown(text);
        } catch (Refusal unreadable) {
            throw new Refusal("“{{" + text + "}}”: " + unreadable.getMessage());
        }
    }

    /** Whether nothing in it is measured. */
    public boolean isFixed() {
        return parts.stream().allMatch(part -> part.asked() == null);
    }

    /** The text between the places, of which nothing is measured; “…” stands for each place. */
    public String typed() {
        return parts.stream()
                .filter(part -> part.asked() == null)
                .map(Part::text)
                .collect(Collectors.joining("…"));
    }

    /** With each measured thing as a text. */
    public String filled(Function<Expression, String> write) {
        StringBuilder filled = new StringBuilder();
        parts.forEach(part -> filled.append(part.asked() == null ? part.text() : write.apply(part.asked())));
        return filled.toString();
    }

    /** What is measured. */
    public Stream<Expression> asked() {
        return parts.stream().map(Part::asked).filter(Objects::nonNull);
    }

    /** The names of other models that something is measured on. */
    public Stream<String> models() {
        return asked().flatMap(Expression::models);
    }
}
