package app.headlight.web.security;

import app.headlight.engine.refusal.Refusal;
import app.headlight.ground.people.Account;
import app.headlight.ground.people.Accounts;
import app.headlight.ground.people.Invitations;
import app.headlight.ground.people.Role;
import app.headlight.ground.people.Settings;
import app.headlight.ground.people.Throttle;
import app.headlight.web.component.Forms;
import app.headlight.web.component.Trouble;
import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.PasswordField;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.server.VaadinRequest;
import com.vaadin.flow.server.auth.AnonymousAllowed;
import java.time.Duration;
import java.util.Optional;

/** Making an account: with an invitation's code in the address, or without one where anybody may join. */
@Route(JoinView.PATH)
@PageTitle("Headlight · Join")
@AnonymousAllowed
public class JoinView extends Main implements BeforeEnterObserver {

    public static final String PATH = "join";

    private final transient Accounts accounts;
    private final transient Invitations invitations;
    private final transient Settings settings;
    private final transient Throttle throttle;
    private final transient PageSignIn pageSignIn;
    private final Div panel = new Div();
    private final TextField name = new TextField("Name");
    private final PasswordField password = new PasswordField("Password");
    private final Trouble trouble = new Trouble();
    private String code = "";

    JoinView(Accounts accounts, Invitations invitations, Settings settings, Throttle throttle, PageSignIn pageSignIn) {
        this.accounts = accounts;
        this.invitations = invitations;
        this.settings = settings;
        this.throttle = throttle;
        this.pageSignIn = pageSignIn;
        addClassName("hl-doorway");
        panel.addClassNames("hl-panel", "hl-recipe");
        name.setId("name");
        name.setAutocapitalize(com.vaadin.flow.component.textfield.Autocapitalize.NONE);
        password.setId("password");
        password.setHelperText("10 characters or more; a sentence is easy to keep");
        add(panel);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        panel.removeAll();
        code = event.getLocation()
                .getQueryParameters()
                .getSingleParameter("code")
                .orElse("");
        Optional<Role> role = code.isEmpty()
                ? Optional.of(Role.MEMBER).filter(any -> settings.isRegistrationOpen())
                : invitations.role(code);
        role.ifPresentOrElse(this::ask, this::explain);
    }

    private void ask(Role role) {
        Button join = new Button("Join", event -> join());
        join.setId("join");
        join.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
        join.addClickShortcut(Key.ENTER);
        Paragraph as = new Paragraph("You will be " + role.inWords() + ": " + may(role));
        as.addClassName("hl-muted");
        panel.add(new H2("Join"), as, name, password, join, trouble);
    }

    private void explain() {
        panel.add(
                new H2("Join"),
                new Paragraph(
                        code.isEmpty()
                                ? "You need an invitation to join. Ask an admin of this instance for a link."
                                : "This invitation has been used already, or is too old. Ask for another one."),
                new SignInLink("Sign in"));
    }

    private static String may(Role role) {
        return switch (role) {
            case READER -> "you may read everything here.";
            case MEMBER -> "you may train models and write.";
            case ADMIN -> "you may do everything, and invite others.";
        };
    }

    private void join() {
        trouble.tried(() -> {
            Account account = code.isEmpty() ? register() : accounts.join(code, name.getValue(), password.getValue());
            pageSignIn.signIn(account);
            Forms.forget(PATH);
            getUI().ifPresent(ui -> ui.getPage().setLocation("/"));
        });
    }

    /** Each account that an address makes counts like a wrong password: nobody makes hundreds. */
    private Account register() {
        Duration wait = throttle.attempt(
                name.getValue(), String.valueOf(VaadinRequest.getCurrent().getRemoteAddr()));
        if (!wait.isZero()) {
            throw new Refusal("Many tries came from your address. Wait "
                    + Math.max(1, wait.plusMillis(999).toSeconds()) + " seconds and try again.");
        }
        return accounts.register(name.getValue(), password.getValue());
    }
}
