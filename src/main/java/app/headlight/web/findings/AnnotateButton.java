package app.headlight.web.findings;

import app.headlight.web.security.SignInLink;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;

/**
 * The button that opens the panel for annotating; people who are not signed in go to the sign-in first, and from there
 * back to the same view.
 */
public class AnnotateButton extends Div {

    private final Button button;

    AnnotateButton(boolean mayWrite, boolean stranger, Runnable open) {
        addClassName("hl-annotate-button");
        button = new Button("", event -> open.run());
        button.addThemeVariants(ButtonVariant.LUMO_SMALL);
        if (mayWrite) {
            add(button);
        } else if (stranger) {
            add(new SignInLink("Sign in to annotate"));
        } else {
            Span reader = new Span("You are a reader here; members can annotate.");
            reader.addClassName("hl-muted");
            add(reader);
        }
    }

    /** @param what such as {@code this head} */
    public void setSubject(String what) {
        button.setText("Annotate " + what);
    }
}
