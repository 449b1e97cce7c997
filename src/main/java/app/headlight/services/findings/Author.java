package app.headlight.services.findings;

import app.headlight.ground.people.Account;
import org.jspecify.annotations.Nullable;

/**
 * The author of something.
 *
 * @param account null if it came from a file, or the account was deleted
 * @param name the present name of the account; without an account, the name at the time
 */
public record Author(@Nullable Long account, String name) {

    /** Stands for someone whose account was deleted. */
    static final String FORMER = "a former member";

    static Author of(Account account) {
        return new Author(account.id(), account.name());
    }
}
