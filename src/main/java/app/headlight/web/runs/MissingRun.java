package app.headlight.web.runs;

import app.headlight.web.security.SignInLink;
import app.headlight.web.view.RunAddress;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;

/** The message in place of a run that is not stored here (any more), or not shown to whoever asks. */
class MissingRun extends Div {

    static final String WORDS = "It may have been deleted, or be kept no longer, or its address was cut off on the way;"
            + " or whoever added it shows it to members alone, or to nobody.";

    static String heading(String id) {
        return "No run “" + (id.length() > 40 ? id.substring(0, 40) + "…" : id) + "” is shown here";
    }

    /** @param stranger whether signing in could help */
    MissingRun(String id, boolean stranger) {
        addClassName("hl-missing-model");
        getElement().setAttribute("role", "status");
        add(new H2(heading(id)), new Paragraph(WORDS));
        Paragraph ways = new Paragraph(new Anchor(RunAddress.PATH, "All runs"));
        if (stranger) {
            ways.add(new Span(" · "), new SignInLink("Sign in"));
        }
        add(ways);
    }
}
