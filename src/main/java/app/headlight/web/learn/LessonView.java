package app.headlight.web.learn;

import app.headlight.services.lessons.Fault;
import app.headlight.services.lessons.Judge;
import app.headlight.services.lessons.Judge.Judgement;
import app.headlight.services.lessons.Lesson;
import app.headlight.services.lessons.Lesson.Step;
import app.headlight.services.lessons.Question;
import app.headlight.services.lessons.ShownStep;
import app.headlight.services.lessons.language.Clicked;
import app.headlight.services.lessons.language.Scene;
import app.headlight.web.learn.StepWork.Prepared;
import app.headlight.web.page.LongWork;
import app.headlight.web.panels.EmbeddablePage;
import app.headlight.web.view.Address;
import app.headlight.web.view.AddressBar;
import app.headlight.web.view.LongAddresses;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Route;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A lesson, a step at a time: its text, its live view, and its question, which is answered there. */
@Route(LessonAddress.PATH + "/:lesson")
public class LessonView extends Main implements BeforeEnterObserver, HasDynamicTitle {

    private final transient Shelf shelf;
    private final transient StepWork steps;
    private final transient Judge judge;
    private final transient LongAddresses addresses;
    private final transient AddressBar bar = new AddressBar();
    private final Div notices = new Div();
    private final LessonHeading heading = new LessonHeading();
    private final LongWork work = new LongWork();
    private final StepText text = new StepText();
    private final QuestionPanel question = new QuestionPanel();
    private final StepMoves moves = new StepMoves();
    private final LessonPicture picture;
    private final LessonProgress progress;
    private transient LessonAddress address = LessonAddress.of("", 1);
    private transient @Nullable Lesson lesson;
    private transient @Nullable Prepared prepared;
    private transient @Nullable ShownStep shown;

    LessonView(Shelf shelf, StepWork steps, Judge judge, List<EmbeddablePage> pages, LongAddresses addresses) {
        this.shelf = shelf;
        this.steps = steps;
        this.judge = judge;
        this.addresses = addresses;
        picture = new LessonPicture(pages, this::changed);
        progress = shelf.progress(this::marked);
        addClassName("hl-lesson");
        notices.addClassName("hl-notices");
        notices.getElement().setAttribute("role", "status");
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        bar.entered(event.getLocation());
        removeAll();
        notices.removeAll();
        Map<String, String> given =
                addresses.spelledOut(Address.of(event.getLocation()).parameters(), this::notice);
        String name = event.getRouteParameters().get("lesson").orElse("");
        Optional<Lesson> found = shelf.find(name);
        lesson = found.orElse(null);
        if (found.isEmpty()) {
            missing(name);
            return;
        }
        int asked = LessonAddress.STEP.in(given, this::notice);
        int step = Math.min(asked, found.get().steps().size());
        if (asked > step) {
            notice("The address asks for step " + asked + "; this lesson has " + step + ". The last one is shown.");
        }
        address = new LessonAddress(
                name,
                step,
                LessonAddress.VIEW.in(given, this::notice),
                LessonAddress.ANSWER.in(given, this::notice) - 1);
        show(found.get(), found.get().steps().get(step - 1));
    }

    private void missing(String name) {
        List<Fault> faults = shelf.faults(name);
        Div nothing = new Div(new Paragraph(
                faults.isEmpty()
                        ? "There is no lesson “" + name + "” here (any more)."
                        : "This lesson cannot be read."));
        faults.forEach(fault -> nothing.add(new Paragraph(fault.toString())));
        nothing.add(new Anchor(LessonAddress.PATH, "All lessons"));
        nothing.addClassName("hl-empty");
        add(nothing);
    }

    private void show(Lesson of, Step step) {
        shown = null;
        Div words = new Div(work, text, question, moves);
        words.addClassName("hl-lesson-words");
        Div columns = new Div(words, picture);
        columns.addClassName("hl-lesson-columns");
        add(notices, heading, columns);
        heading.show(of, shelf.place(of), address.step(), LessonLinks.of(of.name(), shelf));
        moves.show(of, address.step(), shelf.after(of));
        question.setVisible(false);
        picture.setVisible(false);
        progress.begin(of);
        Optional<Prepared> ready = steps.prepare(of, step);
        prepared = ready.orElse(null);
        if (ready.isEmpty()) {
            text.missing(step, of.models());
            work.end();
            return;
        }
        text.heading(step);
        work.await(steps.ask(ready.get()), "Measuring what this step shows", measured -> draw(ready.get(), measured));
    }

    private void draw(Prepared ready, ShownStep measured) {
        shown = measured;
        Step step = ready.step();
        text.show(step, measured, ready.model().name());
        if (step.view() != null) {
            picture.setVisible(true);
            picture.show(step.view().path(), measured.view(), measured.look(), address.view());
        }
        Question asked = step.question();
        if (asked == null) {
            return;
        }
        Scene scene = ready.scene(measured);
        List<Clicked> all = asked instanceof Question.Click click && measured.isAnswerable()
                ? judge.answers(click, scene).all()
                : List.of();
        Function<Clicked, String> label = each ->
                each.head() != null ? each.head().toString() : scene.label(each.place()) + " (" + each.place() + ")";
        question.setVisible(true);
        question.show(asked, measured, all, label, address.answer(), new QuestionPanel.Answering() {
            @Override
            public void clicked(Clicked what) {
                chosenFromList(what);
            }

            @Override
            public void chosen(int option) {
                address = address.withAnswer(option);
                write();
                answered(true);
            }
        });
        progress.again();
        answered(false);
    }

    private void chosenFromList(Clicked what) {
        Step step = prepared == null ? null : prepared.step();
        if (step != null && step.question() instanceof Question.Click click) {
            picture.go(Answering.selecting(what, click.what(), picture.first()));
        }
    }

    /** The reader changed something in the live view. */
    private void changed(String now) {
        String before = address.view().isEmpty() ? picture.first() : address.view();
        address = address.withView(now.equals(picture.first()) ? "" : now);
        write();
        if (prepared != null && prepared.step().question() instanceof Question.Click click) {
            if (Answering.isOwnSentence(picture.first(), now)) {
                question.note("This is a sentence of your own. The question is about the lesson’s: go back to it to"
                        + " answer.");
            } else {
                Answering.clicked(click.what(), before, now).ifPresent(what -> judged(click, what, true));
            }
        }
    }

    /** Judges what the address has as an answer; a fresh load of it shows the same as the click did. */
    private void answered(boolean isNew) {
        if (prepared == null || shown == null || !shown.isAnswerable()) {
            return;
        }
        switch (prepared.step().question()) {
            case Question.Click click
            when !address.view().isEmpty() -> {
                if (Answering.isOwnSentence(picture.first(), address.view())) {
                    question.note("This is a sentence of your own. The question is about the lesson’s: go back to it to"
                            + " answer.");
                } else {
                    Answering.clicked(click.what(), picture.first(), address.view())
                            .ifPresent(what -> judged(click, what, isNew));
                }
            }
            case Question.Choose choose
            when address.answer() >= 0 && address.answer() < choose.options().size() ->
                judged(judge.judge(choose, address.answer(), prepared.scene(shown)), isNew);
            case null, default -> {}
        }
    }

    private void judged(Question.Click click, Clicked what, boolean isNew) {
        if (prepared != null && shown != null && shown.isAnswerable()) {
            judged(judge.judge(click, prepared.scene(shown), what), isNew);
        }
    }

    private void judged(Judgement judgement, boolean isNew) {
        question.say(judgement);
        if (isNew && prepared != null) {
            progress.answered(prepared.step().heading(), judgement.isRight());
        }
    }

    /** Which questions the reader has answered. */
    private void marked(List<String> solved) {
        if (lesson != null) {
            heading.mark(solved);
            if (prepared != null && solved.contains(prepared.step().heading())) {
                question.solved();
            }
        }
    }

    private void write() {
        LessonAddress written = address.withAnswer(address.answer() < 0 ? -1 : address.answer() + 1);
        bar.replace(addresses.shortened(written.toString(), this::notice));
    }

    private void notice(String words) {
        Paragraph notice = new Paragraph(words);
        notice.addClassName("hl-notice");
        notices.add(notice);
    }

    @Override
    public String getPageTitle() {
        return "Headlight · " + (lesson == null ? "Lesson" : lesson.title());
    }
}
