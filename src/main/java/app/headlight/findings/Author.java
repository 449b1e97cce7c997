package app.headlight.findings;

import org.jspecify.annotations.Nullable;

/**
 * Who wrote something.
 *
 * @param account null where it came from a file, or where the account is gone
 * @param name as the account is called now; without an account, as it was called then
 */
public record Author(@Nullable Long account, String name) {

    /** Stands for someone whose account was deleted. */
    static final String FORMER = "a former member";
}
