package app.headlight.web.learn;

import app.headlight.services.lessons.Judge.Judgement;
import app.headlight.services.lessons.Question;
import app.headlight.services.lessons.ShownStep;
import app.headlight.services.lessons.language.Clicked;
import app.headlight.web.page.MarkdownText;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.details.Details;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import com.vaadin.flow.component.radiobutton.RadioGroupVariant;
import com.vaadin.flow.component.select.Select;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;

/** The question of a step, how it can be answered, and what came of the last answer. */
class QuestionPanel extends Section {

    private final Div way = new Div();
    private final MarkdownText asked = new MarkdownText();
    private final Div said = new Div();
    private final Span solved = new Span("✓ Answered");

    QuestionPanel() {
        addClassNames("hl-panel", "hl-question");
        setId("question");
        getElement().setAttribute("aria-label", "Question");
        solved.addClassName("hl-solved");
        solved.setVisible(false);
        said.addClassName("hl-question-said");
        said.setId("question-said");
        said.getElement().setAttribute("role", "status");
        add(solved, asked, way, said);
    }

    /** What the reader can do. */
    interface Answering {
        /** A head or a token of the list was chosen. */
        void clicked(Clicked what);

        /** An option was chosen, counted from 0. */
        void chosen(int option);
    }

    /**
     * A question.
     *
     * @param all what can be clicked
     * @param label for one of them
     * @param answer the option that is chosen; negative: none
     */
    void show(
            Question question,
            ShownStep step,
            List<Clicked> all,
            Function<Clicked, String> label,
            int answer,
            Answering answering) {
        asked.show("**Question.** " + step.asked());
        way.removeAll();
        said.removeAll();
        said.setVisible(false);
        solved.setVisible(false);
        if (!step.isAnswerable()) {
            Paragraph none = new Paragraph("On this model nothing fulfils it, so there is nothing to answer: go on. "
                    + "On the models that come with Headlight there is an answer.");
            none.addClassName("hl-muted");
            way.add(none);
            return;
        }
        way.add(
                switch (question) {
                    case Question.Click click -> list(click, all, label, answering::clicked);
                    case Question.Choose choose -> options(step, answer, answering::chosen);
                });
    }

    private static Details list(
            Question.Click question, List<Clicked> all, Function<Clicked, String> label, Consumer<Clicked> clicked) {
        String thing = question.what() == Question.What.HEAD ? "head" : "token";
        Select<Clicked> list = new Select<>();
        list.setId("answers");
        list.setAriaLabel("The " + thing + " that answers the question");
        list.setPlaceholder("Choose a " + thing);
        list.setItems(all);
        list.setItemLabelGenerator(label::apply);
        Button send = new Button("Answer", event -> {
            if (list.getValue() != null) {
                clicked.accept(list.getValue());
            }
        });
        send.setId("answer");
        send.addThemeVariants(ButtonVariant.LUMO_SMALL);
        Div row = new Div(list, send);
        row.addClassName("hl-question-list");
        Details details = new Details("Click it in the picture, or choose from a list", row);
        details.setId("question-list");
        return details;
    }

    private static RadioButtonGroup<Integer> options(ShownStep step, int answer, Consumer<Integer> chosen) {
        RadioButtonGroup<Integer> group = new RadioButtonGroup<>();
        group.setId("options");
        group.setAriaLabel("Answers");
        group.addThemeVariants(RadioGroupVariant.LUMO_VERTICAL);
        group.setItems(IntStream.range(0, step.options().size()).boxed().toList());
        group.setItemLabelGenerator(step.options()::get);
        if (answer >= 0 && answer < step.options().size()) {
            group.setValue(answer);
        }
        group.addValueChangeListener(event -> {
            if (event.isFromClient() && event.getValue() != null) {
                chosen.accept(event.getValue());
            }
        });
        return group;
    }

    /** What came of an answer. */
    void say(Judgement judgement) {
        said.removeAll();
        Span verdict = new Span(judgement.isRight() ? "Right. " : "Not that one. ");
        verdict.addClassName("hl-strong");
        said.add(verdict, new Span(judgement.words()));
        said.setClassName("hl-right", judgement.isRight());
        said.setVisible(true);
        if (judgement.isRight()) {
            solved();
        }
    }

    /** Something that is no judgement. */
    void note(String words) {
        said.removeAll();
        said.add(new Span(words));
        said.setClassName("hl-right", false);
        said.setVisible(true);
    }

    /** Nothing is said. */
    void quiet() {
        said.removeAll();
        said.setVisible(false);
    }

    /** It has been answered rightly, now or earlier. */
    void solved() {
        solved.setVisible(true);
    }
}
