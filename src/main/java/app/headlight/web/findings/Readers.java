package app.headlight.web.findings;

import app.headlight.ground.people.Settings;
import app.headlight.ground.people.SignIns;
import app.headlight.ground.people.SignedIn;
import app.headlight.web.security.OpenSessions;
import com.vaadin.flow.server.VaadinSession;
import com.vaadin.flow.server.WrappedSession;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Whether an open page may still be shown what others write. */
@Component
class Readers {

    private final Settings settings;
    private final SignedIn signedIn;
    private final SignIns signIns;

    Readers(Settings settings, SignedIn signedIn, SignIns signIns) {
        this.settings = settings;
        this.signedIn = signedIn;
        this.signIns = signIns;
    }

    /**
     * Asks the database, since on another server it takes seconds until a page knows that its sign-in was ended. Called with
     * the page's lock.
     */
    boolean mayRead() {
        if (!settings.isPrivate()) {
            return true;
        }
        try {
            WrappedSession session = VaadinSession.getCurrent().getSession();
            return session != null
                    && signedIn.current().isPresent()
                    && !signIns.among(Set.of(OpenSessions.signIn(session))).isEmpty();
        } catch (IllegalStateException hasEnded) {
            return false;
        }
    }
}
