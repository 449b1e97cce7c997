package app.headlight.ground.people;

import app.headlight.engine.refusal.Refusal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The service for accounts: how people get them, and how they change. The caller has checked that the person who asks
 * may do it.
 */
@Service
public class Accounts {

    private final AccountStore store;
    private final Passwords passwords;
    private final Invitations invitations;
    private final Settings settings;
    private final SignIns signIns;
    private final InstantSource clock;

    Accounts(
            AccountStore store,
            Passwords passwords,
            Invitations invitations,
            Settings settings,
            SignIns signIns,
            InstantSource clock) {
        this.store = store;
        this.passwords = passwords;
        this.invitations = invitations;
        this.settings = settings;
        this.signIns = signIns;
        this.clock = clock;
    }

    /** An account, and when it was made. */
    public record Joined(Account account, Instant at) {}

    /**
     * Makes an account for someone who was invited.
     *
     * @throws Refusal in words for people, if the invitation is not valid, or the name or password is
     *     not allowed; the invitation then stays as it was
     */
    @Transactional
    public Account join(String code, String name, String password) {
        Role role = invitations
                .use(code)
                .orElseThrow(() ->
                        new Refusal("This invitation has been used already, or is too old. Ask for another one."));
        return add(name, role, password);
    }

    /**
     * Makes an account, as a member, for a person who was not invited.
     *
     * @throws Refusal in words for people, if people may join only by invitation, or the name or
     *     password is not allowed
     */
    @Transactional
    public Account register(String name, String password) {
        if (!settings.isRegistrationOpen()) {
            throw new Refusal("You need an invitation to join. Ask an admin for one.");
        }
        return add(name, Role.MEMBER, password);
    }

    /**
     * Makes an account.
     *
     * @throws Refusal in words for people, if the name or password is not allowed
     */
    @Transactional
    public Account add(String name, Role role, String password) {
        String checked = AccountNames.checked(name);
        String hash = passwords.hash(password);
        if (store.find(checked).isPresent()) {
            throw taken(checked);
        }
        try {
            return store.add(checked, role, hash, null, clock.instant());
        } catch (DuplicateKeyException takenMeanwhile) {
            throw taken(checked);
        }
    }

    private static Refusal taken(String name) {
        return new Refusal("“" + name + "” is taken already; choose another name.");
    }

    /**
     * The account of a person who signs in by OpenID Connect; at the first time it is made, as a member.
     *
     * @param called what the provider calls them, if anything
     */
    @Transactional
    public Account ofOpenId(String issuer, String subject, @Nullable String called) {
        AccountStore.OpenId person = new AccountStore.OpenId(issuer, subject);
        return store.find(person).orElseGet(() -> {
            String name = AccountNames.free(called, taken -> store.find(taken).isPresent());
            return store.add(name, Role.MEMBER, null, person, clock.instant());
        });
    }

    /** Everybody, by name. */
    public List<Joined> all() {
        return store.all();
    }

    public Optional<Account> find(long id) {
        return store.find(id);
    }

    /** The account of that name, if the password is its own. */
    public Optional<Account> withPassword(String name, String password) {
        Optional<Account> named = store.find(name);
        String hash = named.map(account -> store.password(account.id())).orElse(null);
        return passwords.matches(password, hash) ? named : Optional.empty();
    }

    /** Whether they sign in here with a password, rather than by OpenID Connect. */
    public boolean hasPassword(Account account) {
        return store.password(account.id()) != null;
    }

    /**
     * Changes a password; in all other browsers the account is signed out.
     *
     * @param signIn the browser that stays signed in
     * @throws Refusal in words for people, if the present password is wrong, or the new one is not
     *     allowed
     */
    @Transactional
    public void changePassword(Account account, String present, String next, long signIn) {
        if (!passwords.matches(present, store.password(account.id()))) {
            throw new Refusal("That is not the present password.");
        }
        store.setPassword(account.id(), passwords.hash(next));
        signIns.endOthers(account.id(), signIn);
    }

    /**
     * Gives an account another role; it is signed out everywhere, so that the role counts at once.
     *
     * @throws Refusal in words for people, if there would be no admin left
     */
    @Transactional
    public void setRole(Account account, Role role) {
        if (role != Role.ADMIN) {
            keepAnAdmin(account);
        }
        store.setRole(account.id(), role);
        signIns.endOthers(account.id(), -1);
    }

    /** @throws Refusal in words for people, if this is the only admin */
    void keepAnAdmin(Account account) {
        if (store.lockAdmins().equals(List.of(account.id()))) {
            throw new Refusal(account.name() + " is the only admin here; make someone else an admin first.");
        }
    }
}
