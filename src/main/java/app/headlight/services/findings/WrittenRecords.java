package app.headlight.services.findings;

import app.headlight.ground.people.PersonalRecords;
import app.headlight.services.claims.Comparison;
import app.headlight.services.claims.Statement;
import app.headlight.services.findings.FindingsFile.CollectionEntry;
import app.headlight.services.findings.FindingsFile.FindingEntry;
import app.headlight.services.findings.FindingsFile.VersionEntry;
import app.headlight.services.measures.Measure;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

/**
 * The records that an account wrote, to export for its owner or to delete.
 *
 * <p>Deleting takes away the account's votes, comments, collections and presentations, and the findings on which nobody
 * else commented or voted and that nobody else collected. A finding that someone else voted on, commented, edited or
 * put into a collection stays, and so does every version; their author is then “a former member”.
 */
@Service
public class WrittenRecords implements PersonalRecords {

    private static final String OTHERS_NEED_IT = """
        (exists (select 1 from finding_vote x where x.finding_id = finding.id and x.account_id <> ?)
         or exists (select 1 from finding_comment x where x.finding_id = finding.id
                    and (x.author_id is null or x.author_id <> ?))
         or exists (select 1 from finding_version x where x.finding_id = finding.id
                    and (x.editor_id is null or x.editor_id <> ?))
         or exists (select 1 from finding_slide x join finding_collection c on c.id = x.collection_id
                    where x.finding_id = finding.id and c.owner_id <> ?))
        """;

    private final JdbcClient jdbc;
    private final FindingRows rows;
    private final Discussion discussion;
    private final CollectionRows collections;
    private final FindingsExport export;
    private final TransactionTemplate transaction;
    private final FindingEvents events;

    WrittenRecords(
            JdbcClient jdbc,
            FindingRows rows,
            Discussion discussion,
            CollectionRows collections,
            FindingsExport export,
            TransactionTemplate transaction,
            FindingEvents events) {
        this.jdbc = jdbc;
        this.rows = rows;
        this.discussion = discussion;
        this.collections = collections;
        this.export = export;
        this.transaction = transaction;
        this.events = events;
    }

    @Override
    public String name() {
        return "findings";
    }

    /** All that an account wrote, also what is deleted, as JSON. */
    @Override
    public JsonNode export(long account) {
        return transaction.execute(status -> FindingsJson.tree(new Records(
                export.entries(rows.ofAuthor(account)),
                versions(account),
                comments(account),
                votes(account),
                claims(account),
                collections.of(account).stream().map(FindingsExport::entry).toList(),
                links(account))));
    }

    /** Deletes all that an account wrote, except as the class says. To be called before an account is deleted. */
    @Override
    public void delete(long account) {
        transaction.executeWithoutResult(status -> {
            List<Long> discussed = jdbc.sql("select finding_id from finding_vote where account_id = ?"
                            + " union select finding_id from finding_comment where author_id = ?")
                    .params(account, account)
                    .query(Long.class)
                    .list();
            List<Finding> own = rows.ofAuthor(account);
            for (String sql : List.of(
                    "delete from presentation where presenter_id = ?",
                    "delete from finding_collection where owner_id = ?",
                    "delete from finding_vote where account_id = ?",
                    "delete from finding_comment where author_id = ?",
                    "update short_link set made_by = null where made_by = ?")) {
                jdbc.sql(sql).param(account).update();
            }
            jdbc.sql("delete from finding where author_id = ? and (deleted_at is not null or not " + OTHERS_NEED_IT
                            + ")")
                    .params(account, account, account, account, account)
                    .update();
            jdbc.sql("update finding set author_id = null, author_name = ? where author_id = ?")
                    .params(Author.FORMER, account)
                    .update();
            jdbc.sql("update claim set author_id = null, author_name = ? where author_id = ?")
                    .params(Author.FORMER, account)
                    .update();
            jdbc.sql("update finding_version set editor_id = null, editor_name = ? where editor_id = ?")
                    .params(Author.FORMER, account)
                    .update();
            discussed.forEach(discussion::count);
            own.forEach(finding -> events.tell(
                    rows.find(finding.id()).isPresent() ? FindingChange.Sort.EDITED : FindingChange.Sort.DELETED,
                    finding));
            discussed.forEach(
                    id -> rows.find(id).ifPresent(finding -> events.tell(FindingChange.Sort.COMMENT, finding)));
        });
    }

    private List<WrittenVersion> versions(long account) {
        return jdbc.sql("select " + FindingRows.HASH_NOW
                        + ", v.*, f.uuid, v.editor_name as by_name from finding_version"
                        + " v"
                        + FindingRows.MODEL
                        + " join finding f on f.id = v.finding_id where v.editor_id = ? and (f.author_id is"
                        + " null or f.author_id <> ? or f.deleted_at is not null) order by v.made_at")
                .params(account, account)
                .query((row, index) -> new WrittenVersion(
                        row.getObject("uuid", UUID.class), VersionEntry.of(FindingRows.version(row, index))))
                .list();
    }

    private List<WrittenComment> comments(long account) {
        return jdbc.sql("select f.uuid, c.made_at, c.body from finding_comment c join finding f on f.id = c.finding_id"
                        + " where c.author_id = ? order by c.made_at")
                .param(account)
                .query((row, index) -> new WrittenComment(
                        row.getObject(1, UUID.class), FindingRows.time(row, "made_at"), row.getString("body")))
                .list();
    }

    private List<CastVote> votes(long account) {
        return jdbc.sql("select f.uuid, v.confirms, v.reason, v.made_at from finding_vote v"
                        + " join finding f on f.id = v.finding_id where v.account_id = ? order by v.made_at")
                .param(account)
                .query((row, index) -> new CastVote(
                        row.getObject(1, UUID.class),
                        row.getBoolean("confirms"),
                        row.getString("reason"),
                        FindingRows.time(row, "made_at")))
                .list();
    }

    /** Those on findings that somebody else began. */
    private List<MadeClaim> claims(long account) {
        return jdbc.sql("select f.uuid, c.measure, c.comparison, c.bound, c.saved_at from claim c join finding f"
                        + " on f.id = c.finding_id where c.author_id = ? and (f.author_id is null or f.author_id <> ?)"
                        + " order by c.saved_at")
                .params(account, account)
                .query((row, index) -> new MadeClaim(
                        row.getObject(1, UUID.class),
                        new Statement(
                                        Measure.parse(row.getString("measure")),
                                        Comparison.valueOf(row.getString("comparison")),
                                        row.getDouble("bound"))
                                .toString(),
                        FindingRows.time(row, "saved_at")))
                .list();
    }

    private List<MadeLink> links(long account) {
        return jdbc.sql("select code, address, made_at from short_link where made_by = ? order by made_at")
                .param(account)
                .query((row, index) ->
                        new MadeLink(row.getString("code"), row.getString("address"), FindingRows.time(row, "made_at")))
                .list();
    }

    private record Records(
            List<FindingEntry> findings,
            List<WrittenVersion> otherVersions,
            List<WrittenComment> comments,
            List<CastVote> votes,
            List<MadeClaim> claims,
            List<CollectionEntry> collections,
            List<MadeLink> shortLinks) {}

    private record WrittenVersion(UUID finding, VersionEntry version) {}

    private record WrittenComment(UUID finding, OffsetDateTime at, String text) {}

    private record CastVote(UUID finding, boolean confirms, String reason, OffsetDateTime at) {}

    private record MadeClaim(UUID finding, String claim, OffsetDateTime at) {}

    private record MadeLink(String code, String address, OffsetDateTime at) {}
}
