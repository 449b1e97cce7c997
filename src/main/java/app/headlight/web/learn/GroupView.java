package app.headlight.web.learn;

import app.headlight.services.lessons.Lesson;
import app.headlight.services.lessons.LessonAnswers;
import app.headlight.services.lessons.LessonAnswers.Answer;
import app.headlight.services.lessons.LessonAnswers.OfPerson;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.NativeTable;
import com.vaadin.flow.component.html.NativeTableCell;
import com.vaadin.flow.component.html.NativeTableHeaderCell;
import com.vaadin.flow.component.html.NativeTableRow;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import jakarta.annotation.security.PermitAll;
import java.util.List;
import java.util.Optional;

/** How far the group is in a lesson, and which questions fail, for its author and admins. */
@Route(LessonAddress.PATH + "/:lesson/group")
@PageTitle("Headlight · How far the group is")
@PermitAll
public class GroupView extends Main implements BeforeEnterObserver {

    private final transient Shelf shelf;
    private final transient LessonAnswers answers;

    GroupView(Shelf shelf, LessonAnswers answers) {
        this.shelf = shelf;
        this.answers = answers;
        addClassName("hl-learn");
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        removeAll();
        String name = event.getRouteParameters().get("lesson").orElse("");
        Optional<Lesson> lesson = shelf.find(name);
        if (lesson.isEmpty() || !shelf.isTeacher(name)) {
            add(
                    new Paragraph(
                            lesson.isEmpty()
                                    ? "There is no lesson “" + name + "” here (any more)."
                                    : "Only the author of a lesson and admins see how far the group is."),
                    new Anchor(LessonAddress.PATH, "All lessons"));
            return;
        }
        show(lesson.get(), answers.group(name));
    }

    private void show(Lesson lesson, List<OfPerson> people) {
        Paragraph about = new Paragraph("Of everybody with an account who has answered something in “" + lesson.title()
                + "”. Progress without an account stays in the browser and is not counted.");
        about.addClassName("hl-muted");
        add(
                new Anchor(LessonAddress.PATH + "/" + lesson.name(), lesson.title()),
                new H1("How far the group is"),
                about);
        if (people.isEmpty()) {
            Paragraph none = new Paragraph("Nobody has answered anything yet.");
            none.addClassName("hl-empty");
            add(none);
            return;
        }
        NativeTable questions = table("Question", "Tried by", "Answered by", "Wrong answers before");
        questions.setId("group-questions");
        for (String question : lesson.questions()) {
            List<Answer> tries = people.stream()
                    .flatMap(person -> person.answers().stream())
                    .filter(answer -> answer.question().equals(question))
                    .toList();
            long solved =
                    tries.stream().filter(answer -> answer.solvedAt() != null).count();
            int wrong = tries.stream().mapToInt(Answer::wrong).sum();
            row(questions, question, tries.size(), solved, wrong);
        }
        NativeTable names = table("Person", "Answered", "Wrong answers before");
        names.setId("group-people");
        for (OfPerson person : people) {
            long solved = person.answers().stream()
                    .filter(answer ->
                            answer.solvedAt() != null && lesson.questions().contains(answer.question()))
                    .count();
            int wrong = person.answers().stream().mapToInt(Answer::wrong).sum();
            row(names, person.person(), solved + " of " + lesson.questions().size(), wrong);
        }
        add(panel("Questions", questions), panel("People", names));
    }

    private static Div panel(String heading, Component content) {
        Div panel = new Div(new H2(heading), content);
        panel.addClassName("hl-panel");
        return panel;
    }

    private static NativeTable table(String... headings) {
        NativeTable table = new NativeTable();
        table.addClassName("hl-group-table");
        NativeTableRow row = table.getHead().addRow();
        for (String heading : headings) {
            NativeTableHeaderCell cell = row.addHeaderCell();
            cell.setText(heading);
            cell.getElement().setAttribute("scope", "col");
        }
        return table;
    }

    private static void row(NativeTable table, Object... values) {
        NativeTableRow row = table.getBody().addRow();
        for (Object value : values) {
            NativeTableCell cell = row.addDataCell();
            cell.setText(String.valueOf(value));
        }
    }
}
