package app.headlight.services.findings;

import app.headlight.engine.refusal.Refusal;
import app.headlight.ground.people.Account;
import app.headlight.ground.people.NotAllowedException;
import app.headlight.services.findings.FindingChange.Sort;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** The discussion of findings: comments, and votes that confirm or dispute a finding, one for each account. */
@Service
public class Discussion {

    private static final String COMMENTS = "select c.*, coalesce(a.name, c.author_name) as by_name"
            + " from finding_comment c join finding f on f.id = c.finding_id and f.deleted_at is null"
            + " left join account a on a.id = c.author_id ";

    private final JdbcClient jdbc;
    private final FindingRows rows;
    private final TransactionTemplate transaction;
    private final FindingEvents events;

    Discussion(JdbcClient jdbc, FindingRows rows, TransactionTemplate transaction, FindingEvents events) {
        this.jdbc = jdbc;
        this.rows = rows;
        this.transaction = transaction;
        this.events = events;
    }

    /** The oldest first. */
    public List<Comment> comments(long finding) {
        return comments(List.of(finding));
    }

    /** Of several findings, at least one, likewise. */
    List<Comment> comments(List<Long> findings) {
        return jdbc.sql(COMMENTS + "where c.finding_id in " + FindingRows.among(findings) + " order by c.made_at, c.id")
                .params(findings)
                .query(Discussion::comment)
                .list();
    }

    /**
     * @param text Markdown of at most 10,000 characters
     * @throws NotFoundException if there is no such finding (any more)
     * @throws Refusal if the text is empty or too long
     */
    public Comment comment(Account by, long finding, String text) {
        String body = Limits.text("the comment", text, Limits.COMMENT).strip();
        if (body.isEmpty()) {
            throw new Refusal("the comment is empty");
        }
        return transaction.execute(status -> {
            Finding locked = rows.lock(finding);
            UUID uuid = UUID.randomUUID();
            insert(finding, uuid, Author.of(by), Limits.now(), body);
            events.tell(Sort.COMMENT, locked);
            return jdbc.sql(COMMENTS + "where c.uuid = ?")
                    .param(uuid)
                    .query(Discussion::comment)
                    .single();
        });
    }

    /**
     * @param comment its id
     * @throws NotFoundException if the finding has no such comment (any more)
     * @throws NotAllowedException if it is someone else's
     */
    public void deleteComment(Account by, long finding, long comment) {
        transaction.executeWithoutResult(status -> {
            Comment found = jdbc.sql(COMMENTS + "where c.id = ?")
                    .param(comment)
                    .query(Discussion::comment)
                    .optional()
                    .filter(there -> there.finding() == finding)
                    .orElseThrow(() -> new NotFoundException(
                            "There is no comment " + comment + " of finding " + finding + " (any more)."));
            if (!by.mayChange(found.author().account())) {
                throw NotAllowedException.notYours(
                        "The comment is by " + found.author().name() + "; only they or an admin can delete it.");
            }
            Finding locked = rows.lock(found.finding());
            jdbc.sql("delete from finding_comment where id = ?").param(comment).update();
            count(found.finding());
            events.tell(Sort.COMMENT, locked);
        });
    }

    /** The newest first. */
    public List<Vote> votes(long finding) {
        return votes(List.of(finding));
    }

    /** Of several findings, at least one, likewise. */
    List<Vote> votes(List<Long> findings) {
        return jdbc.sql("select v.*, a.name as by_name from finding_vote v join account a on a.id = v.account_id"
                        + " join finding f on f.id = v.finding_id and f.deleted_at is null"
                        + " where v.finding_id in " + FindingRows.among(findings)
                        + " order by v.made_at desc, v.account_id")
                .params(findings)
                .query(Discussion::vote)
                .list();
    }

    /** How an account voted on a finding. */
    public Optional<Vote> vote(long finding, long account) {
        return votes(finding).stream()
                .filter(vote -> vote.voter().account() != null && vote.voter().account() == account)
                .findFirst();
    }

    /**
     * Confirms or disputes a finding; this replaces an earlier vote of the member.
     *
     * @param reason at most 1,000 characters; needed for a dispute
     * @return the finding with its new counts
     * @throws NotFoundException if there is no such finding (any more)
     * @throws NotAllowedException if it is the member's own
     * @throws Refusal if the reason is missing or too long
     */
    public Finding vote(Account by, long finding, boolean confirms, String reason) {
        return vote(by, finding, null, confirms, reason);
    }

    /**
     * Likewise.
     *
     * @param version the number of the version that was read; null: the present one
     * @throws Refusal also if there never was a version of that number
     */
    public Finding vote(Account by, long finding, @Nullable Integer version, boolean confirms, String reason) {
        String why = Limits.text("the reason", reason, Limits.REASON).strip();
        if (!confirms && why.isEmpty()) {
            throw new Refusal("say why you dispute it");
        }
        return transaction.execute(status -> {
            Finding locked = rows.lock(finding);
            if (locked.isBy(by.id())) {
                throw NotAllowedException.notYours("Your own finding is for others to confirm or dispute.");
            }
            int read = version == null ? locked.version() : version;
            if (read < 1 || read > locked.version()) {
                throw new Refusal("the finding has no version " + read + "; it has " + locked.version() + " so far");
            }
            remove(by, finding);
            jdbc.sql("insert into finding_vote (finding_id, account_id, confirms, reason, version, made_at)"
                            + " values (?, ?, ?, ?, ?, ?)")
                    .params(finding, by.id(), confirms, why, read, Limits.now())
                    .update();
            return counted(finding);
        });
    }

    /** Withdraws the member's vote; does nothing if there is none. */
    public Finding withdrawVote(Account by, long finding) {
        return transaction.execute(status -> {
            rows.lock(finding);
            remove(by, finding);
            return counted(finding);
        });
    }

    /** Within a transaction that has the finding locked. */
    void insert(long finding, UUID uuid, Author author, OffsetDateTime at, String body) {
        jdbc.sql("insert into finding_comment (uuid, finding_id, author_id, author_name, made_at, body)"
                        + " values (?, ?, ?, ?, ?, ?)")
                .params(Arrays.asList(uuid, finding, author.account(), author.name(), at, body))
                .update();
        count(finding);
    }

    boolean isKnown(UUID comment) {
        return jdbc.sql("select count(*) from finding_comment where uuid = ?")
                        .param(comment)
                        .query(Integer.class)
                        .single()
                > 0;
    }

    /** Updates the counts of a finding. */
    void count(long finding) {
        jdbc.sql("update finding set"
                        + " confirmations = (select count(*) from finding_vote where finding_id = ? and confirms),"
                        + " disputes = (select count(*) from finding_vote where finding_id = ? and not confirms),"
                        + " comments = (select count(*) from finding_comment where finding_id = ?) where id = ?")
                .params(finding, finding, finding, finding)
                .update();
    }

    private Finding counted(long finding) {
        count(finding);
        Finding after = rows.require(finding);
        events.tell(Sort.VOTE, after);
        return after;
    }

    private void remove(Account by, long finding) {
        jdbc.sql("delete from finding_vote where finding_id = ? and account_id = ?")
                .params(finding, by.id())
                .update();
    }

    private static Comment comment(ResultSet row, int index) throws SQLException {
        return new Comment(
                row.getLong("id"),
                row.getObject("uuid", UUID.class),
                row.getLong("finding_id"),
                FindingRows.author(row, "author_id"),
                row.getString("body"),
                FindingRows.time(row, "made_at"));
    }

    private static Vote vote(ResultSet row, int index) throws SQLException {
        return new Vote(
                row.getLong("finding_id"),
                FindingRows.author(row, "account_id"),
                row.getBoolean("confirms"),
                row.getString("reason"),
                row.getObject("version", Integer.class),
                FindingRows.time(row, "made_at"));
    }
}
