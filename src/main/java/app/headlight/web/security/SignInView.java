package app.headlight.web.security;

import app.headlight.ground.people.Settings;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.login.LoginForm;
import com.vaadin.flow.component.login.LoginI18n;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.server.VaadinSession;
import com.vaadin.flow.server.WrappedSession;
import com.vaadin.flow.server.auth.AnonymousAllowed;
import com.vaadin.flow.server.auth.NavigationAccessControl;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.web.WebAttributes;

/** Signing in, by name and password or by a provider that is configured; then back to where one came from. */
@Route(SignInView.PATH)
@PageTitle("Headlight · Sign in")
@AnonymousAllowed
public class SignInView extends Main implements BeforeEnterObserver {

    public static final String PATH = "sign-in";

    private static final String SAVED_REQUEST = "SPRING_SECURITY_SAVED_REQUEST";

    private final LoginForm form = new LoginForm();

    SignInView(Settings settings, ObjectProvider<ClientRegistrationRepository> providers) {
        addClassName("hl-doorway");
        form.setAction(PATH);
        form.setForgotPasswordButtonVisible(false);
        form.setI18n(words("The name or the password is wrong."));
        Div panel = new Div(form);
        panel.addClassName("hl-panel");
        if (providers.getIfAvailable() instanceof Iterable<?> all) {
            all.forEach(each -> {
                if (each instanceof ClientRegistration provider) {
                    panel.add(link(provider));
                }
            });
        }
        Paragraph joining = settings.isRegistrationOpen()
                ? new Paragraph(new Anchor(JoinView.PATH, "Make an account"))
                : new Paragraph("An account is made with an invitation from an admin of this instance.");
        joining.addClassName("hl-muted");
        panel.add(joining);
        add(panel);
    }

    private static Anchor link(ClientRegistration provider) {
        Anchor link = new Anchor(
                "oauth2/authorization/" + provider.getRegistrationId(), "Sign in with " + provider.getClientName());
        link.getElement().setAttribute("router-ignore", true);
        return link;
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        QueryParameters parameters = event.getLocation().getQueryParameters();
        WrappedSession session = VaadinSession.getCurrent().getSession();
        parameters.getSingleParameter("to").filter(SignInView::isHere).ifPresent(to -> {
            session.removeAttribute(SAVED_REQUEST);
            session.setAttribute(NavigationAccessControl.SESSION_STORED_REDIRECT_ABSOLUTE, to);
        });
        if (parameters.getSingleParameter("error").isPresent()) {
            if (session.getAttribute(WebAttributes.AUTHENTICATION_EXCEPTION) instanceof AuthenticationException why) {
                form.setI18n(words(String.valueOf(why.getMessage())));
            }
            form.setError(true);
        }
    }

    /** Whether an address is a path of this server: nobody is led elsewhere by a link to this page. */
    static boolean isHere(String address) {
        return address.matches("/([^/\\\\\\p{Cntrl}][^\\p{Cntrl}]*)?");
    }

    private static LoginI18n words(String trouble) {
        LoginI18n words = LoginI18n.createDefault();
        words.getForm().setTitle("Sign in");
        words.getForm().setUsername("Name");
        words.getForm().setSubmit("Sign in");
        words.getErrorMessage().setTitle("That did not work");
        words.getErrorMessage().setMessage(trouble);
        words.getErrorMessage().setUsername("The name is missing");
        words.getErrorMessage().setPassword("The password is missing");
        return words;
    }
}
