package app.headlight.web.security;

import app.headlight.ground.people.Account;
import app.headlight.ground.people.Accounts;
import app.headlight.ground.people.Throttle;
import java.time.Duration;
import java.util.Optional;
import org.springframework.dao.DataAccessException;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.authentication.WebAuthenticationDetails;
import org.springframework.stereotype.Component;

/** Checks a name and a password, as slowly as the {@link Throttle} says; every refusal is a sentence for the page. */
@Component
class PasswordSignIn implements AuthenticationProvider {

    private final Accounts accounts;
    private final Throttle throttle;

    PasswordSignIn(Accounts accounts, Throttle throttle) {
        this.accounts = accounts;
        this.throttle = throttle;
    }

    /** Thrown for a try that came too early. */
    static class TooSoonException extends AuthenticationException {

        private static final long serialVersionUID = 1;

        TooSoonException(Duration wait) {
            super("There were wrong passwords before. Wait " + seconds(wait) + " and try again.");
        }

        private static String seconds(Duration wait) {
            long seconds = Math.max(1, wait.plusMillis(999).toSeconds());
            return seconds == 1 ? "a second" : seconds + " seconds";
        }
    }

    @Override
    public Authentication authenticate(Authentication asked) {
        String name = asked.getName();
        String address = asked.getDetails() instanceof WebAuthenticationDetails details
                ? String.valueOf(details.getRemoteAddress())
                : "";
        Duration wait = throttle.attempt(name, address);
        if (!wait.isZero()) {
            throw new TooSoonException(wait);
        }
        Account account = check(name, String.valueOf(asked.getCredentials()))
                .orElseThrow(() -> new BadCredentialsException("The name or the password is wrong."));
        throttle.succeeded(name, address);
        UsernamePasswordAuthenticationToken signedIn = UsernamePasswordAuthenticationToken.authenticated(
                new Person(account), null, Person.authorities(account));
        signedIn.setDetails(asked.getDetails());
        return signedIn;
    }

    private Optional<Account> check(String name, String password) {
        try {
            return accounts.withPassword(name, password);
        } catch (DataAccessException databaseGone) {
            throw new AuthenticationServiceException("The database does not answer. Try again in a moment.");
        }
    }

    @Override
    public boolean supports(Class<?> kind) {
        return UsernamePasswordAuthenticationToken.class.isAssignableFrom(kind);
    }
}
