package app.headlight.ground.people;

import app.headlight.engine.refusal.Refusal;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.stereotype.Component;

/**
 * Makes the first account of an instance, that of an admin, with a password from the environment, or one that is
 * written to the log once.
 */
@Component
class FirstAdmin implements ApplicationRunner {

    static final String NAME = "admin";

    private static final Logger LOG = System.getLogger(FirstAdmin.class.getName());

    private final Accounts accounts;
    private final String given;

    FirstAdmin(Accounts accounts, @Value("${headlight.admin-password:}") String given) {
        this.accounts = accounts;
        this.given = given;
    }

    @Override
    public void run(ApplicationArguments arguments) {
        if (!accounts.all().isEmpty()) {
            return;
        }
        String password = given.isEmpty() ? Secrets.next().substring(0, 20) : given;
        try {
            accounts.add(NAME, Role.ADMIN, password);
        } catch (Refusal unfit) {
            if (accounts.all().isEmpty()) {
                throw new Refusal("HEADLIGHT_ADMIN_PASSWORD cannot be used. " + unfit.getMessage());
            }
            return; // another node of this instance was quicker
        }
        if (given.isEmpty()) {
            LOG.log(
                    Level.WARNING,
                    "This instance is new. Its admin signs in as “{0}” with the password {1} — this is the only time that"
                            + " it is shown; change it on the page of your account.",
                    NAME,
                    password);
        }
    }
}
