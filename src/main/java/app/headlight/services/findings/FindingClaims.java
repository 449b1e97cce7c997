package app.headlight.services.findings;

import app.headlight.ground.people.Account;
import app.headlight.ground.people.NotAllowedException;
import app.headlight.services.claims.ClaimListener;
import app.headlight.services.claims.Claims;
import app.headlight.services.claims.Statement;
import app.headlight.services.findings.FindingChange.Sort;
import java.util.List;
import org.springframework.stereotype.Component;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** The claims of findings, as far as they are the findings' own: their authors make and withdraw them. */
@Service
public class FindingClaims {

    private final FindingRows rows;
    private final Findings findings;
    private final Claims claims;
    private final TransactionTemplate transaction;

    FindingClaims(FindingRows rows, Findings findings, Claims claims, TransactionTemplate transaction) {
        this.rows = rows;
        this.findings = findings;
        this.claims = claims;
        this.transaction = transaction;
    }

    /** Adds a finding that makes claims, or nothing at all. */
    public Finding add(Account by, Content content, List<Statement> statements) {
        return transaction.execute(status -> {
            Finding finding = findings.add(by, content);
            if (!statements.isEmpty()) {
                claims.add(by, finding.id(), statements);
            }
            return rows.require(finding.id());
        });
    }

    /**
     * Makes claims of a finding.
     *
     * @throws NotFoundException if there is no such finding (any more)
     * @throws NotAllowedException if it is someone else's
     * @throws app.headlight.engine.refusal.Refusal if there are too many
     */
    public void add(Account by, long id, List<Statement> statements) {
        transaction.executeWithoutResult(status -> {
            check(by, rows.lock(id));
            claims.add(by, id, statements);
        });
    }

    /**
     * Withdraws a claim, which stays to be seen.
     *
     * @throws NotFoundException if there is no such finding (any more)
     * @throws NotAllowedException if it is someone else's
     * @throws app.headlight.engine.refusal.Refusal if it has no such claim
     */
    public void withdraw(Account by, long id, long claim) {
        transaction.executeWithoutResult(status -> {
            check(by, rows.lock(id));
            claims.withdraw(id, claim);
        });
    }

    private static void check(Account by, Finding finding) {
        if (!finding.mayBeEditedBy(by)) {
            throw NotAllowedException.notYours("Finding " + finding.id() + " is by " + finding.by()
                    + "; only they or an admin can say what it claims. You can have its claims measured again.");
        }
    }

    /** Tells open pages of changes. */
    @Component
    static class News implements ClaimListener {

        private final FindingRows rows;
        private final FindingEvents events;

        News(FindingRows rows, FindingEvents events) {
            this.rows = rows;
            this.events = events;
        }

        @Override
        public void changed(long finding) {
            rows.find(finding).ifPresent(known -> events.tell(Sort.CLAIM, known));
        }
    }
}
