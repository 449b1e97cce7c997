package app.headlight.services.lessons;

import app.headlight.services.lessons.language.Condition;
import app.headlight.services.lessons.language.Template;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A lesson: steps of text, each with a live view and perhaps a question.
 *
 * @param name in addresses: that of its file, or its number
 * @param order among the others
 * @param minutes that it takes
 * @param models that it is about, the first that is stored; {@code language} and {@code mlps} stand for kinds of models
 */
public record Lesson(String name, String title, int order, int minutes, List<String> models, List<Step> steps) {

    /**
     * A step.
     *
     * @param heading different from those of the other steps
     * @param look what to look at in the view; null: nothing in particular
     * @param holds what the text takes for granted of the model
     */
    public record Step(
            String heading,
            Template text,
            @Nullable View view,
            @Nullable Template look,
            @Nullable Question question,
            List<Condition> holds) {

        public Step {
            holds = List.copyOf(holds);
        }

        /** The names of other models that something is measured on. */
        public Stream<String> models() {
            return Stream.of(
                            Optional.of(text.models()),
                            Optional.ofNullable(view)
                                    .map(shown ->
                                            shown.parameters().values().stream().flatMap(Template::models)),
                            Optional.ofNullable(look).map(Template::models),
                            Optional.ofNullable(question).map(Question::models),
                            Optional.of(holds.stream().flatMap(Condition::models)))
                    .flatMap(Optional::stream)
                    .flatMap(names -> names);
        }
    }

    /**
     * A live view: an address of a page whose panels can stand in others.
     *
     * @param path {@code explore} or {@code circuits}
     * @param parameters of the address, not escaped
     */
    public record View(String path, Map<String, Template> parameters) {
        public View {
            parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
        }
    }

    public Lesson {
        models = List.copyOf(models);
        steps = List.copyOf(steps);
    }

    /** The steps that ask something, by the name that progress is kept under. */
    public List<String> questions() {
        return steps.stream()
                .filter(step -> step.question() != null)
                .map(Step::heading)
                .toList();
    }
}
