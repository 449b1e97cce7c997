package app.headlight.web.learn;

import app.headlight.services.lessons.Lesson.Step;
import app.headlight.services.lessons.ShownStep;
import app.headlight.web.page.MarkdownText;
import com.vaadin.flow.component.Text;
import com.vaadin.flow.component.details.Details;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Code;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.UnorderedList;
import java.util.List;

/** The text of a step, and what the numbers in it were measured as. */
class StepText extends Div {

    private static final String MODELS = "models";

    private final H2 heading = new H2();
    private final Div rest = new Div();

    StepText() {
        addClassName("hl-lesson-text");
        heading.setId("step-heading");
        add(heading, rest);
    }

    /** The heading alone, while the rest is measured. */
    void heading(Step step) {
        heading.setText(step.heading());
        rest.removeAll();
    }

    void show(Step step, ShownStep shown, String model) {
        heading(step);
        shown.failing().forEach(condition -> {
            Paragraph notice = new Paragraph("This text was written for other weights: on " + model
                    + ", as it is stored here, it does not hold that " + condition + ".");
            notice.addClassName("hl-notice");
            rest.add(notice);
        });
        rest.add(new MarkdownText(shown.markdown()));
        if (!shown.figures().isEmpty()) {
            UnorderedList list = new UnorderedList();
            shown.figures().forEach(figure -> {
                Code measured = new Code(figure.measured());
                list.add(new ListItem(new Text(figure.shown() + " is "), measured));
            });
            Details details = new Details("Where the numbers come from", list);
            details.addClassName("hl-lesson-figures");
            details.setId("figures");
            Paragraph of = new Paragraph("Measured on " + model + ", when this page was opened.");
            of.addClassName("hl-muted");
            details.addComponentAsFirst(of);
            rest.add(details);
        }
    }

    /** In place of a step whose models are not stored. */
    void missing(Step step, List<String> models) {
        heading(step);
        Paragraph words = new Paragraph(
                new Text("This step is about " + (models.isEmpty() ? "a stored model" : String.join(" or ", models))
                        + ", and no such model is stored here. See "),
                new Anchor(MODELS, "Models"),
                new Text(" for those that are, and to add one."));
        words.addClassName("hl-notice");
        rest.add(words);
    }
}
