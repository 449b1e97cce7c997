package app.headlight.web.findings;

import app.headlight.services.findings.Content;
import app.headlight.services.findings.Version;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.Paragraph;

/** Two texts of one finding side by side, and the choice between them. */
class ConflictPanel extends Div {

    ConflictPanel(Version theirs, Content yours, Runnable keepMine, Runnable takeTheirs, Runnable merge) {
        addClassName("hl-conflict");
        String editor = theirs.editor().name();
        Paragraph words = new Paragraph(editor + " saved version " + theirs.number()
                + " while you were writing. Both texts are here; nothing of yours is stored yet.");
        words.getElement().setAttribute("role", "alert");
        String their = Source.of(theirs.content());
        String your = Source.of(yours);
        Div sides = new Div(text(editor + " saved", their, your), text("You wrote", your, their));
        sides.addClassName("hl-sides");
        Button mine = button("Keep mine", "keep-mine", keepMine);
        mine.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
        Div choice = new Div(
                mine, button("Take theirs", "take-theirs", takeTheirs), button("Edit a merged text", "merge", merge));
        choice.addClassName("hl-finding-line");
        Paragraph kept = new Paragraph("If you keep yours, theirs stays among the earlier versions.");
        kept.addClassName("hl-muted");
        add(words, sides, choice, kept);
    }

    /** A text with its heading, marked where it differs from the other. */
    static Div text(String heading, String text, String other) {
        Div side = new Div(new H3(heading), DiffText.side(text, other));
        side.addClassName("hl-side");
        return side;
    }

    private static Button button(String text, String id, Runnable action) {
        Button button = new Button(text, event -> action.run());
        button.setId(id);
        return button;
    }
}
