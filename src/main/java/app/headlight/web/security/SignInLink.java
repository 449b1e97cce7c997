package app.headlight.web.security;

import app.headlight.web.component.Script;
import com.vaadin.flow.component.html.Anchor;

/** Leads to the page for signing in, and from there back to exactly the view that is open when it is clicked. */
public class SignInLink extends Anchor {

    public SignInLink(String text) {
        super(SignInView.PATH, text);
        getElement().setAttribute("router-ignore", true);
        Script.whenAttached(
                this,
                "this.onclick = () => { this.href = $0 + '?to=' + encodeURIComponent(location.pathname + location.search) }",
                SignInView.PATH);
    }
}
