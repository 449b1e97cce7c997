package app.headlight.web.learn;

import app.headlight.web.component.GlossaryList;
import com.vaadin.flow.component.Text;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;

/** The page of all terms. */
@Route(GlossaryView.PATH)
@PageTitle("Headlight · Glossary")
public class GlossaryView extends Main {

    static final String PATH = "glossary";

    GlossaryView() {
        addClassNames("hl-learn", "hl-glossary");
        Paragraph about = new Paragraph(
                new Text(
                        "The words of the field, as Headlight uses them. On every page they are underlined with dots, and"
                                + " explain themselves at a click. They are told at length in the "),
                new Anchor(LessonAddress.PATH, "lessons"),
                new Text("."));
        about.addClassName("hl-muted");
        add(new H1("Glossary"), about, new GlossaryList());
    }
}
