package app.headlight.web.people;

import app.headlight.ground.people.SignIns;
import app.headlight.ground.people.SignIns.SignIn;
import app.headlight.web.security.OpenSessions;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.server.VaadinSession;
import java.util.List;
import java.util.function.Supplier;

/** The browsers in which someone, or everybody, is signed in; each but the one that shows this can be ended here. */
class SignInsPanel extends Div {

    private final SignIns signIns;
    private final Supplier<List<SignIn>> shown;
    private final boolean named;
    private final Div list = new Div();

    /** @param named whether each is shown with its account's name */
    SignInsPanel(SignIns signIns, Supplier<List<SignIn>> shown, boolean named) {
        this.signIns = signIns;
        this.shown = shown;
        this.named = named;
        addClassName("hl-panel");
        setId("sign-ins");
        list.addClassName("hl-list");
        Paragraph about =
                new Paragraph("A browser whose sign-in you end is signed out at once, also in pages that are open.");
        about.addClassName("hl-muted");
        add(new H2("Sessions"), about, list);
        show();
    }

    final void show() {
        list.removeAll();
        long here = OpenSessions.signIn(VaadinSession.getCurrent().getSession());
        shown.get().forEach(signIn -> list.add(row(signIn, signIn.id() == here)));
    }

    private Div row(SignIn signIn, boolean here) {
        String browser = Rows.browser(signIn.browser());
        String name = named ? signIn.account().name() + " · " + browser : browser;
        String more = "from " + signIn.address() + ", since " + Rows.time(signIn.begunAt()) + ", opened last "
                + Rows.time(signIn.usedAt());
        return here
                ? Rows.row(name, more + " · this browser")
                : Rows.row(name, more, Rows.button("End", () -> {
                    signIns.end(signIn.id());
                    show();
                }));
    }
}
