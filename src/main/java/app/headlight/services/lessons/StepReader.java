package app.headlight.services.lessons;

import app.headlight.engine.refusal.Refusal;
import app.headlight.ground.addresses.ViewAddress;
import app.headlight.services.lessons.Question.Option;
import app.headlight.services.lessons.Question.What;
import app.headlight.services.lessons.language.Condition;
import app.headlight.services.lessons.language.ExpressionReader;
import app.headlight.services.lessons.language.Template;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the lines of a step that are more than text. */
final class StepReader {

    private static final Pattern LINE = Pattern.compile("(view|look|question|click|option|hint|holds): *(.*)");
    private static final List<String> PATHS = List.of("explore", "circuits");

    /** Always wrong: nothing is at most a number below it. */
    private static final String NEVER = "0 >= 1";

    private final LessonReader reader;
    private Lesson.@Nullable View view;
    private @Nullable Template look;
    private @Nullable Template question;
    private int asked;
    private @Nullable What what;
    private @Nullable Condition condition;
    private @Nullable Template hint;
    private final List<Option> options = new ArrayList<>();
    private final List<Condition> holds = new ArrayList<>();

    StepReader(LessonReader reader) {
        this.reader = reader;
    }

    /** Whether a line is more than text. */
    static boolean isMore(String line) {
        return LINE.matcher(line).matches();
    }

    /** @return whether the line is more than text */
    boolean take(int at, String line) {
        Matcher matcher = LINE.matcher(line);
        if (!matcher.matches()) {
            return false;
        }
        String rest = matcher.group(2).strip();
        switch (matcher.group(1)) {
            case "view" -> {
                once(at, "view", view);
                view = reader.tried(at, () -> view(at, rest));
            }
            case "look" -> {
                once(at, "look", look);
                look = reader.template(at, rest);
            }
            case "question" -> {
                once(at, "question", question);
                question = reader.template(at, rest);
                asked = at;
            }
            case "click" -> {
                once(at, "click", condition);
                reader.tried(at, () -> click(rest));
            }
            case "hint" -> {
                once(at, "hint", hint);
                hint = reader.template(at, rest);
            }
            case "holds" -> {
                Condition read = reader.tried(at, () -> ExpressionReader.condition(rest));
                if (read != null) {
                    holds.add(read);
                }
            }
            default -> options.add(option(at, rest));
        }
        return true;
    }

    private void once(int at, String name, @Nullable Object before) {
        if (before != null) {
            reader.fault(at, "“" + name + ":” stands twice in this step");
        }
    }

    private Lesson.View view(int at, String address) {
        int mark = address.indexOf('?');
        String path = mark < 0 ? address : address.substring(0, mark);
        if (!PATHS.contains(path)) {
            throw new Refusal(
                    "“" + path + "” has no live view; those of " + String.join(" and ", PATHS) + " are there");
        }
        Map<String, Template> parameters = new LinkedHashMap<>();
        ViewAddress.parameters(address).forEach((name, value) -> parameters.put(name, reader.template(at, value)));
        return new Lesson.View(path, parameters);
    }

    private boolean click(String rest) {
        Matcher matcher = Pattern.compile("([a-z]+) +where +(.*)").matcher(rest);
        if (!matcher.matches()) {
            throw new Refusal("“click: " + rest + "” cannot be read; expected such as"
                    + " “click: head where attends(after-same) >= 0.4”");
        }
        what = Arrays.stream(What.values())
                .filter(each -> each.text().equals(matcher.group(1)))
                .findFirst()
                .orElseThrow(() -> new Refusal(
                        "“" + matcher.group(1) + "” cannot be clicked; expected head, source or destination"));
        condition = ExpressionReader.condition(matcher.group(2));
        return true;
    }

    /** {@code words | right if condition | hint}; without a condition it is wrong. */
    private Option option(int at, String rest) {
        List<String> parts =
                Arrays.stream(rest.split(" \\| ", -1)).map(String::strip).toList();
        Template words = reader.template(at, parts.getFirst());
        Condition right = ExpressionReader.condition(NEVER);
        Template said = null;
        for (String part : parts.subList(1, parts.size())) {
            if (part.startsWith("right if ")) {
                Condition read =
                        reader.tried(at, () -> ExpressionReader.condition(part.substring("right if ".length())));
                right = read == null ? right : read;
            } else {
                said = reader.template(at, part);
            }
        }
        return new Option(words, right, said);
    }

    /** The step, whose faults are noted. */
    Lesson.Step step(int at, String heading, Template text) {
        return new Lesson.Step(heading, text, view, look, question(at), holds);
    }

    private @Nullable Question question(int at) {
        Template words = question;
        if (words == null) {
            if (condition != null || !options.isEmpty() || hint != null) {
                reader.fault(at, "the step has an answer and no “question:”");
            }
            return null;
        }
        if (condition != null && what != null && options.isEmpty()) {
            if (view == null) {
                reader.fault(asked, "the question is answered in the view, and the step has no “view:”");
            }
            return new Question.Click(words, what, condition, hint);
        }
        if (condition == null && options.size() >= 2) {
            return new Question.Choose(words, options);
        }
        reader.fault(
                asked,
                condition == null
                        ? "the question has no “click:”, and fewer than two “option:”"
                        : "the question has both “click:” and “option:”; it takes one of them");
        return null;
    }
}
