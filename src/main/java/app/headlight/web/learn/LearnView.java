package app.headlight.web.learn;

import app.headlight.ground.people.Account;
import app.headlight.ground.people.SignedIn;
import app.headlight.services.lessons.Fault;
import app.headlight.services.lessons.Lesson;
import app.headlight.web.security.SignInLink;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.OrderedList;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.Menu;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The page of all lessons. */
@Route(LessonAddress.PATH)
@PageTitle("Headlight · Learn")
@Menu(title = "Learn", order = 1.5)
public class LearnView extends Main {

    private final Map<String, Span> progress = new LinkedHashMap<>();

    LearnView(Shelf shelf, SignedIn signedIn) {
        addClassName("hl-learn");
        Paragraph about = new Paragraph("Small transformers taken apart step by step, on the models that are stored"
                + " here. Every picture is live: click in it, type a sentence of your own, or open it in Explore."
                + " Questions are answered by clicking.");
        about.addClassName("hl-muted");
        OrderedList list = new OrderedList();
        list.setId("lessons");
        list.addClassName("hl-lessons");
        shelf.shipped().forEach(lesson -> list.add(item(lesson)));
        Paragraph glossary = new Paragraph(new Anchor(GlossaryView.PATH, "Glossary: every term in a sentence or two"));
        glossary.setId("to-glossary");
        add(new H1("Learn"), about, list, glossary);
        add(own(shelf, signedIn.member().isPresent()));
        if (signedIn.current().filter(Account::isAdmin).isPresent()
                && !shelf.faults().isEmpty()) {
            add(faults(shelf.faults()));
        }
        shelf.shipped()
                .forEach(
                        lesson -> shelf.progress(solved -> mark(lesson, solved)).begin(lesson));
    }

    private void mark(Lesson lesson, List<String> solved) {
        long answered = lesson.questions().stream().filter(solved::contains).count();
        int all = lesson.questions().size();
        progress.get(lesson.name())
                .setText(answered == 0 ? "" : answered == all ? "✓ all answered" : answered + " answered");
    }

    private ListItem item(Lesson lesson) {
        Anchor name = new Anchor(LessonAddress.PATH + "/" + lesson.name(), lesson.title());
        Span more =
                new Span(lesson.minutes() + " minutes, " + lesson.questions().size() + " questions");
        more.addClassName("hl-muted");
        Span done = new Span();
        done.addClassName("hl-lesson-done");
        progress.put(lesson.name(), done);
        Div text = new Div(name, more, done);
        text.addClassName("hl-list-text");
        return new ListItem(text);
    }

    private static Div own(Shelf shelf, boolean isMember) {
        Div panel = new Div(new H2("Lessons by members"));
        panel.addClassName("hl-panel");
        panel.setId("own-lessons");
        Div list = new Div();
        list.addClassName("hl-list");
        shelf.own().forEach(lesson -> {
            Span by = new Span(
                    "by " + lesson.by() + ", seen by " + lesson.audience().words());
            by.addClassName("hl-muted");
            Div text = new Div(new Anchor(LessonAddress.PATH + "/" + lesson.name(), lesson.title()), by);
            text.addClassName("hl-list-text");
            list.add(new Div(text));
        });
        panel.add(list);
        if (isMember) {
            Anchor make = new Anchor(LessonAddress.PATH + "/new", "Write a lesson");
            make.setId("new-lesson");
            panel.add(new Paragraph(make));
        } else {
            Paragraph invitation = new Paragraph(
                    new SignInLink("Sign in"),
                    new Span(" as a member to write one, or to keep your answers with your account."));
            invitation.addClassName("hl-muted");
            panel.add(invitation);
        }
        return panel;
    }

    private static Div faults(List<Fault> faults) {
        Div panel = new Div(new H2("Lessons that cannot be read"));
        panel.addClassName("hl-notice");
        panel.setId("lesson-faults");
        faults.forEach(fault -> panel.add(new Paragraph(fault.toString())));
        return panel;
    }
}
