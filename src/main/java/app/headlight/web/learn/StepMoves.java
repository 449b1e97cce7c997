package app.headlight.web.learn;

import app.headlight.services.lessons.Lesson;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Nav;
import java.util.Optional;

/** Back, and on to the next step or lesson. */
class StepMoves extends Nav {

    StepMoves() {
        addClassName("hl-lesson-moves");
        getElement().setAttribute("aria-label", "Back and next");
    }

    /** @param step that is open, from 1 */
    void show(Lesson lesson, int step, Optional<Lesson> after) {
        removeAll();
        if (step > 1) {
            Anchor back = new Anchor(LessonAddress.of(lesson.name(), step - 1).toString(), "‹ Back");
            back.setId("step-back");
            add(back);
        }
        Anchor next = step < lesson.steps().size()
                ? new Anchor(LessonAddress.of(lesson.name(), step + 1).toString(), "Next ›")
                : after.map(other -> new Anchor(
                                LessonAddress.of(other.name(), 1).toString(), "Next lesson: " + other.title() + " ›"))
                        .orElseGet(() -> new Anchor(LessonAddress.PATH, "All lessons ›"));
        next.setId("step-next");
        next.addClassName("hl-primary-link");
        add(next);
    }
}
