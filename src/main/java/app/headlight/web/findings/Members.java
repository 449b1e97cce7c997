package app.headlight.web.findings;

import app.headlight.ground.people.Account;
import app.headlight.ground.people.Role;
import app.headlight.ground.people.SignedIn;
import app.headlight.services.findings.Member;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Who writes: the person who is signed in, as findings know people. */
@Component
public class Members {

    private final SignedIn signedIn;

    Members(SignedIn signedIn) {
        this.signedIn = signedIn;
    }

    /** Empty where nobody is signed in, or who is may only read. */
    public Optional<Member> current() {
        return signedIn.current()
                .filter(account -> account.role().includes(Role.MEMBER))
                .map(Members::of);
    }

    boolean isStranger() {
        return signedIn.current().isEmpty();
    }

    /** @throws app.headlight.ground.people.NotAllowedException in words, where nobody who may write is signed in */
    public Member require() {
        return of(signedIn.require(Role.MEMBER));
    }

    private static Member of(Account account) {
        return new Member(account.id(), account.name(), account.role() == Role.ADMIN);
    }
}
