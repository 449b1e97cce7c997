package app.headlight.web.learn;

import app.headlight.services.lessons.Lesson;
import app.headlight.web.component.OneStop;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.Nav;
import com.vaadin.flow.component.html.Span;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The title of a lesson, and its steps. */
class LessonHeading extends Div {

    private final Map<String, Anchor> questions = new LinkedHashMap<>();

    LessonHeading() {
        addClassName("hl-lesson-heading");
    }

    /**
     * A lesson.
     *
     * @param place such as “Lesson 3 of 8”; empty for one of a member
     * @param step that is open, from 1
     * @param more links for whoever looks after it
     */
    void show(Lesson lesson, String place, int step, List<Anchor> more) {
        removeAll();
        questions.clear();
        Span about = new Span((place.isEmpty() ? "" : place + " · ") + lesson.minutes() + " minutes");
        about.addClassName("hl-muted");
        Anchor all = new Anchor(LessonAddress.PATH, "All lessons");
        Div line = new Div(all, about);
        line.addClassName("hl-lesson-line");
        List<Component> links = new ArrayList<>();
        for (int i = 1; i <= lesson.steps().size(); i++) {
            links.add(link(lesson, i, i == step));
        }
        Nav steps = new Nav(new OneStop("Steps", links.toArray(Component[]::new)));
        steps.addClassName("hl-lesson-steps");
        steps.getElement().setAttribute("aria-label", "Steps of the lesson");
        add(line, new H1(lesson.title()), steps);
        more.forEach(line::add);
    }

    private Anchor link(Lesson lesson, int number, boolean isOpen) {
        Lesson.Step step = lesson.steps().get(number - 1);
        Anchor link = new Anchor(LessonAddress.of(lesson.name(), number).toString(), String.valueOf(number));
        String title = "Step " + number + ": " + step.heading();
        link.setTitle(title);
        link.getElement().setAttribute("aria-label", title + (step.question() == null ? "" : ", with a question"));
        if (isOpen) {
            link.getElement().setAttribute("aria-current", "step");
        }
        if (step.question() != null) {
            link.addClassName("hl-asks");
            questions.put(step.heading(), link);
        }
        return link;
    }

    /** Marks the steps whose questions the reader has answered. */
    void mark(List<String> solved) {
        questions.forEach((heading, link) -> {
            boolean is = solved.contains(heading);
            link.setClassName("hl-done", is);
            String label = link.getElement().getAttribute("aria-label").replace(", answered", "");
            link.getElement().setAttribute("aria-label", is ? label + ", answered" : label);
        });
    }
}
