package app.headlight.web.learn;

import app.headlight.services.lab.Laboratory;
import app.headlight.services.lab.Ticket;
import app.headlight.services.lessons.Lesson;
import app.headlight.services.lessons.Lesson.Step;
import app.headlight.services.lessons.LessonModels;
import app.headlight.services.lessons.ShownStep;
import app.headlight.services.lessons.StepMeasuring;
import app.headlight.services.lessons.StepMeasuring.Selected;
import app.headlight.services.lessons.language.Scene;
import app.headlight.services.models.OpenModel;
import app.headlight.web.view.ExploreAddress;
import app.headlight.web.view.ViewState;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Asks for what the steps of lessons show, of the models that whoever asks may see. */
@Component
class StepWork {

    private final LessonModels models;
    private final StepMeasuring measuring;
    private final Laboratory lab;

    StepWork(LessonModels models, StepMeasuring measuring, Laboratory lab) {
        this.models = models;
        this.measuring = measuring;
        this.lab = lab;
    }

    /**
     * A step on the models that it is shown on.
     *
     * @param sentence that the lesson's view shows; empty where it shows none
     */
    record Prepared(Step step, OpenModel model, String sentence, Map<String, OpenModel> others) {

        /** What the view shows, with what the lesson selects in it. */
        Scene scene(ShownStep shown) {
            return shown.selected().in(Scene.of(model, sentence, others));
        }
    }

    /** Opens the models; empty where none of those that the step is about is stored. */
    Optional<Prepared> prepare(Lesson lesson, Step step) {
        Map<String, String> typed = new LinkedHashMap<>();
        if (step.view() != null) {
            step.view().parameters().forEach((name, value) -> {
                if (value.isFixed()) {
                    typed.put(name, value.filled(any -> ""));
                }
            });
        }
        String own = typed.getOrDefault(ExploreAddress.MODEL.name(), "");
        return models.open(own.isEmpty() ? lesson.models() : List.of(own))
                .map(model -> new Prepared(step, model, sentence(step, typed), models.others(step.models())));
    }

    private static String sentence(Step step, Map<String, String> typed) {
        boolean isOfSentence = step.view() != null && step.view().path().equals(ExploreAddress.PATH);
        return isOfSentence ? ExploreAddress.read(typed).state().sentence() : "";
    }

    /** Begins to measure. */
    Ticket<ShownStep> ask(Prepared prepared) {
        boolean isOfSentence = !prepared.sentence().isEmpty();
        return lab.ask(measuring.of(
                prepared.step(),
                prepared.model(),
                prepared.sentence(),
                prepared.others(),
                parameters -> isOfSentence ? selected(parameters) : Selected.NOTHING));
    }

    private static Selected selected(Map<String, String> parameters) {
        ViewState state = ExploreAddress.read(parameters).state();
        return new Selected(
                state.edits().asked(),
                state.heads().isEmpty() ? null : state.heads().getFirst(),
                state.destination(),
                state.source());
    }
}
