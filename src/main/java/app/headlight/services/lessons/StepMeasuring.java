package app.headlight.services.lessons;

import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.transformer.HeadId;
import app.headlight.services.edits.AskedEdit;
import app.headlight.services.lab.Laboratory;
import app.headlight.services.lab.Measurement;
import app.headlight.services.lessons.language.Clicked;
import app.headlight.services.lessons.language.Condition;
import app.headlight.services.lessons.language.Evaluation;
import app.headlight.services.lessons.language.Expression;
import app.headlight.services.lessons.language.Scene;
import app.headlight.services.lessons.language.Sort;
import app.headlight.services.lessons.language.Template;
import app.headlight.services.measures.Measures;
import app.headlight.services.models.OpenModel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Measures all that a step of a lesson shows. */
@Service
public class StepMeasuring {

    private final Laboratory lab;
    private final Measures measures;
    private final Judge judge;

    StepMeasuring(Laboratory lab, Measures measures, Judge judge) {
        this.lab = lab;
        this.measures = measures;
        this.judge = judge;
    }

    /**
     * What an address of a view selects.
     *
     * @param head null: none
     * @param destination negative: none
     * @param source likewise
     */
    public record Selected(List<AskedEdit> edits, @Nullable HeadId head, int destination, int source) {

        /** Nothing. */
        public static final Selected NOTHING = new Selected(List.of(), null, -1, -1);

        /** What a view shows that selects this in a sentence. */
        public Scene in(Scene sentence) {
            return sentence.selecting(edits, head, destination, source);
        }
    }

    /**
     * The question to the laboratory.
     *
     * @param sentence that the view shows; empty where it shows none
     * @param others the models that the step names beside its own
     * @param selected reads the parameters of the view's address
     */
    public Measurement<ShownStep> of(
            Lesson.Step step,
            OpenModel model,
            String sentence,
            Map<String, OpenModel> others,
            Function<Map<String, String>, Selected> selected) {
        return Measurement.slow(
                model.ref(),
                "a step of a lesson",
                List.of(
                        step,
                        sentence,
                        others.values().stream().map(OpenModel::ref).toList()),
                progress -> measured(step, Scene.of(model, sentence, others), selected));
    }

    private ShownStep measured(Lesson.Step step, Scene sentence, Function<Map<String, String>, Selected> selected) {
        Map<String, String> view = new LinkedHashMap<>();
        if (step.view() != null) {
            Evaluation before = new Evaluation(lab, measures, sentence, Clicked.NOTHING);
            step.view().parameters().forEach((name, value) -> view.put(name, filled(value, before::bare)));
            view.put("model", sentence.model().name());
        }
        Selected chosen = selected.apply(view);
        Scene scene = chosen.in(sentence);
        Evaluation evaluation = new Evaluation(lab, measures, scene, Clicked.NOTHING);
        List<ShownStep.Figure> figures = new ArrayList<>();
        Function<Expression, String> write = asked -> {
            String shown = evaluation.shown(asked);
            if (asked.sort() == Sort.NUMBER) {
                figures.add(
                        new ShownStep.Figure(shown, asked.text(), scene.model().name()));
            }
            return asked.sort() == Sort.TOKEN ? "`" + shown + "`" : shown;
        };
        Question question = step.question();
        String text = filled(step.text(), write);
        String look = step.look() == null ? "" : filled(step.look(), write);
        String asked = question == null ? "" : filled(question.words(), write);
        List<String> options = question instanceof Question.Choose choose
                ? choose.options().stream()
                        .map(option -> filled(option.words(), evaluation::shown))
                        .toList()
                : List.of();
        return new ShownStep(
                text,
                figures,
                view,
                look,
                asked,
                options,
                isAnswerable(question, scene),
                failing(step, scene),
                named(step, evaluation),
                chosen);
    }

    private static List<String> named(Lesson.Step step, Evaluation evaluation) {
        return step.holds().stream()
                .flatMap(condition -> condition.comparisons().stream())
                .flatMap(comparison -> evaluation.named(comparison).stream())
                .toList();
    }

    private List<String> failing(Lesson.Step step, Scene scene) {
        return step.holds().stream()
                .filter(condition -> !judge.holds(condition, scene))
                .map(Condition::text)
                .toList();
    }

    private boolean isAnswerable(@Nullable Question question, Scene scene) {
        return switch (question) {
            case null -> true;
            case Question.Click click -> !judge.answers(click, scene).right().isEmpty();
            case Question.Choose choose -> choose.options().stream().anyMatch(option -> judge.isRight(option, scene));
        };
    }

    /** What cannot be measured is said where it would stand. */
    private static String filled(Template template, Function<Expression, String> write) {
        return template.filled(asked -> {
            try {
                return write.apply(asked);
            } catch (Refusal impossible) {
                return "(not measured: " + impossible.getMessage() + ")";
            }
        });
    }
}
