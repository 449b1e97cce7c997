package app.headlight.web.learn;

import app.headlight.services.lessons.Fault;
import app.headlight.services.lessons.Lesson;
import app.headlight.services.lessons.Lesson.Step;
import app.headlight.services.lessons.LessonReader;
import app.headlight.services.lessons.LessonReader.Read;
import app.headlight.services.lessons.ShownStep;
import app.headlight.web.component.Segmented;
import app.headlight.web.learn.StepWork.Prepared;
import app.headlight.web.page.LongWork;
import app.headlight.web.panels.EmbeddablePage;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.UnorderedList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What the text of a lesson becomes: its faults by line, or one of its steps as readers see it. */
class LessonPreview extends Section {

    private final transient StepWork work;
    private final Div steps = new Div();
    private final Div faults = new Div();
    private final LongWork measuring = new LongWork();
    private final StepText text = new StepText();
    private final Paragraph asked = new Paragraph();
    private final LessonPicture picture;
    private transient @Nullable Lesson lesson;
    private int open;

    LessonPreview(StepWork work, List<EmbeddablePage> pages) {
        this.work = work;
        picture = new LessonPicture(pages, any -> {});
        addClassName("hl-lesson-preview");
        getElement().setAttribute("aria-label", "Preview");
        faults.setId("lesson-faults");
        faults.getElement().setAttribute("role", "status");
        add(steps, faults, measuring, text, asked, picture);
    }

    void show(String markdown) {
        Read read = LessonReader.read("preview", "the lesson", markdown);
        faults.removeAll();
        lesson = read.lesson().orElse(null);
        steps.removeAll();
        if (lesson == null) {
            faults.add(list(read.faults()));
            text.setVisible(false);
            asked.setVisible(false);
            picture.setVisible(false);
            measuring.end();
            return;
        }
        open = Math.min(open, lesson.steps().size() - 1);
        if (lesson.steps().size() > 1) {
            Segmented choice = new Segmented(
                    "Step",
                    IntStream.rangeClosed(1, lesson.steps().size())
                            .mapToObj(number -> new Segmented.Choice(
                                    String.valueOf(number), String.valueOf(number), "Show step " + number))
                            .toList());
            choice.setValue(String.valueOf(open + 1));
            choice.addChoiceListener(event -> {
                open = Integer.parseInt(event.value()) - 1;
                showStep();
            });
            steps.add(choice);
        }
        showStep();
    }

    private void showStep() {
        if (lesson == null) {
            return;
        }
        Step step = lesson.steps().get(open);
        text.setVisible(true);
        asked.setVisible(false);
        picture.setVisible(false);
        Optional<Prepared> ready = work.prepare(lesson, step);
        if (ready.isEmpty()) {
            text.missing(step, lesson.models());
            measuring.end();
            return;
        }
        measuring.await(work.ask(ready.get()), "Measuring what this step shows", shown -> draw(ready.get(), shown));
    }

    private void draw(Prepared ready, ShownStep shown) {
        Step step = ready.step();
        text.show(step, shown, ready.model().name());
        asked.setVisible(step.question() != null);
        asked.setText(
                step.question() == null
                        ? ""
                        : "Question: " + shown.asked().replace("`", "")
                                + (shown.isAnswerable() ? "" : " (Nothing on this model is a right answer.)"));
        if (step.view() != null) {
            picture.setVisible(true);
            picture.show(step.view().path(), shown.view(), shown.look(), "");
        }
    }

    private static UnorderedList list(List<Fault> faults) {
        UnorderedList list = new UnorderedList();
        faults.forEach(fault -> list.add(new ListItem("Line " + fault.line() + ": " + fault.words())));
        list.addClassName("hl-notice");
        return list;
    }
}
