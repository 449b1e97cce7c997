package app.headlight.services.findings;

import app.headlight.engine.refusal.Refusal;
import app.headlight.ground.people.Account;
import app.headlight.ground.people.NotAllowedException;
import app.headlight.services.findings.FindingChange.Sort;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The service for findings: they are written, edited with every version kept, and deleted. Everybody with an account
 * may add one; only its author and admins may change it.
 */
@Service
public class Findings {

    private final FindingRows rows;
    private final TransactionTemplate transaction;
    private final FindingEvents events;

    Findings(FindingRows rows, TransactionTemplate transaction, FindingEvents events) {
        this.rows = rows;
        this.transaction = transaction;
        this.events = events;
    }

    public Optional<Finding> find(long id) {
        return rows.find(id);
    }

    public Optional<Finding> find(UUID uuid) {
        return rows.find(uuid);
    }

    /**
     * Every version, the newest first.
     *
     * @throws NotFoundException if there is no such finding (any more)
     */
    public List<Version> versions(long id) {
        rows.require(id);
        return rows.versions(id);
    }

    public Finding add(Account by, Content content) {
        return transaction.execute(status -> {
            OffsetDateTime now = Limits.now();
            Author author = Author.of(by);
            long id = rows.insert(UUID.randomUUID(), author, now);
            rows.append(id, new Version(1, 0, content, rows.weights(content), author, now), 0);
            Finding finding = rows.require(id);
            events.tell(Sort.ADDED, finding);
            return finding;
        });
    }

    /** Adds a finding of someone without an account, such as Headlight itself; only admins may change it. */
    public Finding ship(String author, Content content) {
        return transaction.execute(status -> {
            OffsetDateTime now = Limits.now();
            Author by = new Author(null, author);
            long id = rows.insert(UUID.randomUUID(), by, now);
            rows.append(id, new Version(1, 0, content, rows.weights(content), by, now), 0);
            Finding finding = rows.require(id);
            events.tell(Sort.ADDED, finding);
            return finding;
        });
    }

    /**
     * Adds a version.
     *
     * @param basedOn the number of the version that was edited
     * @throws NotFoundException if there is no such finding (any more)
     * @throws NotAllowedException if it is someone else's
     * @throws Refusal if there never was a version of that number
     */
    public Edit edit(Account by, long id, int basedOn, Content content) {
        return transaction.execute(status -> {
            Finding before = rows.lock(id);
            check(before.mayBeEditedBy(by), before, "edit");
            if (basedOn < 1 || basedOn > before.version()) {
                throw new Refusal("The edit is based on version " + basedOn + "; the finding has " + before.version()
                        + " so far.");
            }
            if (before.content().equals(content)) {
                return new Edit.Saved(before);
            }
            Author editor = Author.of(by);
            Version version = new Version(basedOn + 1, basedOn, content, rows.weights(content), editor, Limits.now());
            if (!rows.append(id, version, basedOn)) {
                return new Edit.Conflict(rows.version(id, before.version()), content);
            }
            String left = before.content().subject().model();
            if (!left.equals(content.subject().model())) {
                events.tell(Sort.EDITED, id, left);
            }
            Finding after = rows.require(id);
            events.tell(Sort.EDITED, after);
            return new Edit.Saved(after);
        });
    }

    /**
     * Hides a finding from everybody, with its versions, comments and votes.
     *
     * @throws NotFoundException if there is no such finding (any more)
     * @throws NotAllowedException if it is someone else's
     */
    public void delete(Account by, long id) {
        transaction.executeWithoutResult(status -> {
            Finding finding = rows.lock(id);
            check(by.mayChange(finding.author().account()), finding, "delete");
            rows.delete(id);
            events.tell(Sort.DELETED, finding);
        });
    }

    /**
     * Makes a member a coauthor, or ends that.
     *
     * @param account of the member
     * @throws NotFoundException if there is no such finding (any more)
     * @throws NotAllowedException to all but its first author and admins; a co-author may still leave
     * @throws Refusal if that account may not write, or is the first author's
     */
    public Finding setCoauthor(Account by, long id, long account, boolean named) {
        return transaction.execute(status -> {
            Finding before = rows.lock(id);
            boolean leaves = !named && by.id() == account;
            check(leaves || by.mayChange(before.author().account()), before, "name the authors of");
            if (named && Long.valueOf(account).equals(before.author().account())) {
                throw new Refusal(before.author().name() + " is its author already.");
            }
            if (named && !rows.isMember(account)) {
                throw new Refusal("Only members can be authors.");
            }
            rows.setCoauthor(id, account, named);
            Finding after = rows.require(id);
            events.tell(Sort.EDITED, after);
            return after;
        });
    }

    private static void check(boolean allowed, Finding finding, String what) {
        if (!allowed) {
            throw NotAllowedException.notYours("Finding " + finding.id() + " is by " + finding.by()
                    + "; only they or an admin can " + what + " it. You can comment on it.");
        }
    }
}
