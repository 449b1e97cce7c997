package app.headlight.ground.people;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;

/** The account that a request comes from, by page or by access token. */
@Component
public class SignedIn {

    /** What the security context has for an account. */
    public interface Principal extends java.security.Principal {
        Account account();
    }

    /** Empty if nobody is signed in, or the thread works for nobody. */
    public Optional<Account> current() {
        return account(SecurityContextHolder.getContext().getAuthentication());
    }

    /** The account that an authentication is for. */
    public static Optional<Account> account(@Nullable Authentication authentication) {
        return authentication != null && authentication.getPrincipal() instanceof Principal principal
                ? Optional.of(principal.account())
                : Optional.empty();
    }

    public boolean isStranger() {
        return current().isEmpty();
    }

    /** Who is signed in and may write; empty for strangers and readers. */
    public Optional<Account> member() {
        return current().filter(account -> account.role().includes(Role.MEMBER));
    }

    /** @throws NotAllowedException if nobody who may write is signed in */
    public Account requireMember() {
        return require(Role.MEMBER);
    }

    /** @throws NotAllowedException if nobody is signed in, or the role is not sufficient */
    public Account require(Role role) {
        Account account = current().orElseThrow(NotAllowedException::stranger);
        if (!account.role().includes(role)) {
            throw NotAllowedException.notYours("Only " + role.inWords() + " may do this; you are "
                    + account.role().inWords() + " here.");
        }
        return account;
    }

    /**
     * The account that may change what an owner has made: a member who is that owner, or an admin.
     *
     * @param owner the account that made it; null if nobody did, or the account was deleted
     * @throws NotAllowedException for all others
     */
    public Account requireOwner(@Nullable Long owner) {
        Account account = requireMember();
        if (!account.mayChange(owner)) {
            throw NotAllowedException.notYours("Only whoever made this, or an admin, may do this.");
        }
        return account;
    }
}
