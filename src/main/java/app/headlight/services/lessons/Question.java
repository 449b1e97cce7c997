package app.headlight.services.lessons;

import app.headlight.services.lessons.language.Condition;
import app.headlight.services.lessons.language.Template;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a step asks. The right answers are not written down: they are computed on the model. */
public sealed interface Question {

    /** What is asked. */
    Template words();

    /** The names of other models that it is measured on. */
    Stream<String> models();

    /** What can be clicked in the live view. */
    enum What {
        HEAD,
        SOURCE,
        DESTINATION;

        /** As a lesson writes it. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A question that is answered by a click in the live view.
     *
     * @param hint for whoever answers wrongly, beside what was clicked; null: none
     */
    record Click(
            Template words,
            What what,
            Condition condition,
            @Nullable Template hint) implements Question {
        @Override
        public Stream<String> models() {
            return Stream.concat(words.models(), condition.models());
        }
    }

    /** A question with answers to choose from. */
    record Choose(Template words, List<Option> options) implements Question {

        public Choose {
            options = List.copyOf(options);
        }

        @Override
        public Stream<String> models() {
            return Stream.concat(
                    words.models(),
                    options.stream()
                            .flatMap(option -> Stream.concat(
                                    option.words().models(), option.condition().models())));
        }
    }

    /**
     * An answer to choose.
     *
     * @param condition whether it is right
     * @param hint for whoever chooses it wrongly; null: none
     */
    record Option(
            Template words, Condition condition, @Nullable Template hint) {}
}
