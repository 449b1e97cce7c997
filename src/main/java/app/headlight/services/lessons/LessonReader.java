package app.headlight.services.lessons;

import app.headlight.engine.refusal.Refusal;
import app.headlight.services.lessons.language.Template;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads a lesson from its file: between lines of three dashes its title, model, order and minutes, then a step for each
 * heading of the second level. In a step, a line that begins with {@code view:}, {@code look:}, {@code question:}, {@code
 * click:}, {@code option:}, {@code hint:} or {@code holds:} says more than text. All faults are found, each with its line.
 */
public final class LessonReader {

    /** How many steps a lesson may have. */
    public static final int MOST_STEPS = 30;

    private static final String HEADING = "## ";
    private static final int LONGEST_LINE = 200;
    private static final List<String> FRONT = List.of("title", "order", "minutes", "model");

    private final String file;
    private final List<String> lines;
    private final List<Fault> faults = new ArrayList<>();
    private final Map<String, String> front = new LinkedHashMap<>();
    private final List<Lesson.Step> steps = new ArrayList<>();
    private final Set<String> headings = new HashSet<>();

    private LessonReader(String file, String text) {
        this.file = file;
        this.lines = text.replace("\r\n", "\n").lines().toList();
    }

    /**
     * What was read.
     *
     * @param lesson empty where there are faults
     */
    public record Read(Optional<Lesson> lesson, List<Fault> faults) {
        public Read {
            faults = List.copyOf(faults);
        }
    }

    /**
     * Reads a lesson.
     *
     * @param name of the lesson in addresses
     * @param file that faults name
     */
    public static Read read(String name, String file, String text) {
        return new LessonReader(file, text).read(name);
    }

    private Read read(String name) {
        int at = readFront();
        while (at < lines.size() && !lines.get(at).startsWith(HEADING)) {
            if (!lines.get(at).isBlank()) {
                fault(at, "text stands before the first step; a step begins with “## ” and its heading");
                break;
            }
            at++;
        }
        while (at < lines.size()) {
            int end = at + 1;
            boolean inCode = false;
            while (end < lines.size() && (inCode || !lines.get(end).startsWith(HEADING))) {
                inCode ^= lines.get(end).startsWith("```");
                end++;
            }
            if (lines.get(at).startsWith(HEADING)) {
                readStep(at, end);
            }
            at = end;
        }
        if (steps.isEmpty() && faults.isEmpty()) {
            fault(Math.max(0, lines.size() - 1), "there is no step; a step begins with “## ” and its heading");
        }
        if (steps.size() > MOST_STEPS) {
            fault(0, "there are " + steps.size() + " steps; a lesson has at most " + MOST_STEPS);
        }
        return new Read(faults.isEmpty() ? Optional.of(lesson(name)) : Optional.empty(), faults);
    }

    private Lesson lesson(String name) {
        return new Lesson(
                name,
                front.get("title"),
                Integer.parseInt(front.getOrDefault("order", "100")),
                Integer.parseInt(front.getOrDefault("minutes", "5")),
                Stream.of(front.getOrDefault("model", "").split(","))
                        .map(String::strip)
                        .filter(model -> !model.isEmpty())
                        .toList(),
                steps);
    }

    /** @return the line after it */
    private int readFront() {
        if (lines.isEmpty() || !lines.getFirst().equals("---")) {
            fault(0, "the first line is not “---”, after which the title stands");
            return 0;
        }
        int at = 1;
        for (; at < lines.size() && !lines.get(at).equals("---"); at++) {
            readFront(at, lines.get(at));
        }
        if (at == lines.size()) {
            fault(0, "no second line “---” ends what stands before the steps");
        }
        if (front.getOrDefault("title", "").isBlank()) {
            fault(0, "the lesson has no title; write “title: …” between the lines “---”");
        }
        return Math.min(at + 1, lines.size());
    }

    private void readFront(int at, String line) {
        if (line.isBlank()) {
            return;
        }
        int colon = line.indexOf(':');
        String key = colon < 0 ? line.strip() : line.substring(0, colon).strip();
        String value = colon < 0 ? "" : line.substring(colon + 1).strip();
        if (!FRONT.contains(key)) {
            fault(at, "“" + key + "” is not known here; known are " + String.join(", ", FRONT));
        } else if (front.put(key, value) != null) {
            fault(at, "“" + key + "” stands here twice");
        } else if (value.length() > LONGEST_LINE) {
            fault(at, "“" + key + "” has " + value.length() + " characters; at most " + LONGEST_LINE + " are kept");
        } else if (Set.of("order", "minutes").contains(key) && !value.matches("\\d{1,3}")) {
            fault(at, "“" + key + ": " + value + "” is no whole number from 0 to 999");
        }
    }

    private void readStep(int from, int to) {
        String heading = lines.get(from).substring(HEADING.length()).strip();
        if (heading.isEmpty() || heading.length() > LONGEST_LINE) {
            fault(from, "the heading of the step is empty, or longer than " + LONGEST_LINE + " characters");
        } else if (!headings.add(heading)) {
            fault(from, "the heading “" + heading + "” stands here twice; progress is kept by it");
        }
        StepReader reader = new StepReader(this);
        int textFrom = -1;
        StringBuilder text = new StringBuilder();
        boolean inCode = false;
        for (int at = from + 1; at < to; at++) {
            String line = lines.get(at);
            inCode ^= line.startsWith("```");
            if (inCode || !reader.take(at, line)) {
                textFrom = textFrom < 0 && !line.isBlank() ? at : textFrom;
                text.append(line).append('\n');
            }
        }
        Template words =
                template(textFrom < 0 ? from : textFrom, text.toString().strip());
        steps.add(reader.step(from, heading, words));
    }

    /** A text with places; of one that cannot be read, the fault is noted where the place stands. */
    Template template(int at, String text) {
        try {
            return Template.of(text);
        } catch (Refusal unreadable) {
            int line = at;
            String start = unreadable.getMessage().replaceFirst("(?s)^“(\\{\\{[^\n]*?}}).*", "$1");
            for (int i = at; i < lines.size(); i++) {
                if (lines.get(i).contains(start)) {
                    line = i;
                    break;
                }
            }
            fault(line, unreadable.getMessage());
            return new Template(List.of());
        }
    }

    /** Reads something on a line; null where it cannot be read, which is noted. */
    <V> @Nullable V tried(int at, Supplier<V> reading) {
        try {
            return reading.get();
        } catch (Refusal unreadable) {
            fault(at, unreadable.getMessage());
            return null;
        }
    }

    /** @param at counted from 0 */
    void fault(int at, String words) {
        faults.add(new Fault(file, at + 1, words));
    }
}
