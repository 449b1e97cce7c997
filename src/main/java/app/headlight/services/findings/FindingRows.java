package app.headlight.services.findings;

import app.headlight.services.claims.Standing;
import app.headlight.services.claims.Verdict;
import app.headlight.services.runs.StoredRun;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads and writes the tables {@code finding} and {@code finding_version}. */
@Repository
class FindingRows {

    /** What is known now of the model of {@code v}, or of the run of another model, which is named by its address. */
    static final String MODEL = " left join model m on m.name = v.model" + " left join recorded_run r on '"
            + StoredRun.PATH + "' || r.id = v.model ";

    /** The hash of what {@code v} is about, as it is now. */
    static final String HASH_NOW = "coalesce(m.content_hash, r.content_hash) as hash_now";

    private static final String COAUTHORS =
            "select %s from finding_coauthor b join account ba on ba.id = b.account_id" + " where b.finding_id = f.id";

    /** The verdict on a claim {@code c} of the finding, on the weights that its model has now. */
    static final String VERDICT = "case when c.model_hash = m.content_hash then c.verdict else 'UNMEASURED' end";

    /** The claims of the finding that count. */
    static final String CLAIMS = " from claim c where c.finding_id = f.id and c.withdrawn_at is null";

    static final String COLUMNS = "select " + HASH_NOW + ", f.id, f.uuid, f.author_id, f.created_at,"
            + " f.confirmations, f.disputes, f.comments, v.*, coalesce(a.name, f.author_name) as by_name, ("
            + COAUTHORS.formatted("array_agg(ba.id order by ba.name, ba.id)") + ") as with_ids, ("
            + COAUTHORS.formatted("array_agg(ba.name order by ba.name, ba.id)") + ") as with_names, "
            + "(select array_agg(" + VERDICT + ")" + CLAIMS + ") as verdicts";
    static final String TABLES =
            " from finding f join finding_version v on v.finding_id = f.id and v.number = f.version"
                    + " left join account a on a.id = f.author_id" + MODEL;
    static final String THERE = " where f.deleted_at is null ";
    static final String FROM = TABLES + THERE;
    static final String SELECT = COLUMNS + FROM;

    /** Whether an account is among the authors of {@code f}. */
    static final String BY = "(f.author_id = ? or exists (select 1 from finding_coauthor b"
            + " where b.finding_id = f.id and b.account_id = ?)) ";

    private static final String VERSIONS = "select " + HASH_NOW + ", v.*, coalesce(a.name, v.editor_name) as by_name"
            + " from finding_version v left join account a on a.id = v.editor_id" + MODEL;
    private static final String VERSIONS_OF = VERSIONS + "where v.finding_id = ? ";

    private final JdbcClient jdbc;

    FindingRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<Finding> find(long id) {
        return findings("and f.id = ?", id).optional();
    }

    Optional<Finding> find(UUID uuid) {
        return findings("and f.uuid = ?", uuid).optional();
    }

    /** Its id, also if it was deleted. */
    Optional<Long> id(UUID uuid) {
        return jdbc.sql("select id from finding where uuid = ?")
                .param(uuid)
                .query(Long.class)
                .optional();
    }

    /** About a model, the oldest first. */
    List<Finding> ofModel(String model) {
        return findings("and v.model = ? order by f.id", model).list();
    }

    /** Begun by an account, the oldest first. */
    List<Finding> ofAuthor(long account) {
        return findings("and f.author_id = ? order by f.id", account).list();
    }

    /** @throws NotFoundException if there is none */
    Finding require(long id) {
        return find(id).orElseThrow(() -> new NotFoundException("There is no finding " + id + " (any more)."));
    }

    /**
     * Locks a finding and its counts until the transaction ends.
     *
     * @throws NotFoundException if there is none
     */
    Finding lock(long id) {
        jdbc.sql("select id from finding where id = ? for update")
                .param(id)
                .query(Long.class)
                .optional();
        return require(id);
    }

    /** The newest first. */
    List<Version> versions(long id) {
        return jdbc.sql(VERSIONS_OF + "order by v.number desc")
                .param(id)
                .query(FindingRows::version)
                .list();
    }

    /** Of several findings, the oldest first. */
    Map<Long, List<Version>> versions(List<Long> ids) {
        Map<Long, List<Version>> versions = new HashMap<>();
        jdbc.sql(VERSIONS + "where v.finding_id in " + among(ids) + " order by v.number")
                .params(ids)
                .query(row -> {
                    versions.computeIfAbsent(row.getLong("finding_id"), id -> new ArrayList<>())
                            .add(version(row, 0));
                });
        return versions;
    }

    /** Places for as many values, at least one. */
    static String among(List<Long> ids) {
        return "(" + String.join(", ", ids.stream().map(id -> "?").toList()) + ")";
    }

    Version version(long id, int number) {
        return jdbc.sql(VERSIONS_OF + "and v.number = ?")
                .params(id, number)
                .query(FindingRows::version)
                .single();
    }

    /** A finding without any version yet. */
    long insert(UUID uuid, Author author, OffsetDateTime createdAt) {
        jdbc.sql("insert into finding (uuid, author_id, author_name, created_at, version, search)"
                        + " values (?, ?, ?, ?, 0, '')")
                .params(Arrays.asList(uuid, author.account(), author.name(), createdAt))
                .update();
        return jdbc.sql("select id from finding where uuid = ?")
                .param(uuid)
                .query(Long.class)
                .single();
    }

    /** Those that the model of a subject has now, or the activations of a run. */
    Weights weights(Content content) {
        String model = content.subject().model();
        return Weights.written(jdbc.sql("select content_hash from model where name = ?"
                        + " union select content_hash from recorded_run where '" + StoredRun.PATH + "' || id = ?")
                .params(model, model)
                .query(String.class)
                .optional()
                .orElse(null));
    }

    /** @return whether it was stored as the new version; false if another edit came before */
    boolean append(long id, Version version, int replaced) {
        Content content = version.content();
        int moved = jdbc.sql("update finding set version = ?, search = ?"
                        + " where id = ? and version = ? and deleted_at is null")
                .params(version.number(), content.searched(), id, replaced)
                .update();
        if (moved == 0) {
            return false;
        }
        jdbc.sql("insert into finding_version (finding_id, number, based_on, editor_id, editor_name, made_at, model,"
                        + " sort, subject, title, markdown, tags, kind, confidence, view_address, model_hash)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
                .params(Arrays.asList(
                        id,
                        version.number(),
                        version.basedOn(),
                        version.editor().account(),
                        version.editor().name(),
                        version.madeAt(),
                        content.subject().model(),
                        content.subject().sort().name(),
                        content.subject().which(),
                        content.title(),
                        content.markdown(),
                        joined(content.tags()),
                        content.kind(),
                        content.confidence(),
                        content.view(),
                        version.weights().hash()))
                .update();
        return true;
    }

    /** @param named whether the account is to be among the authors, or not */
    void setCoauthor(long id, long account, boolean named) {
        jdbc.sql("delete from finding_coauthor where finding_id = ? and account_id = ?")
                .params(id, account)
                .update();
        if (named) {
            jdbc.sql("insert into finding_coauthor (finding_id, account_id) values (?, ?)")
                    .params(id, account)
                    .update();
        }
    }

    /** Whether someone of that account may write. */
    boolean isMember(long account) {
        return jdbc.sql("select count(*) from account where id = ? and role in ('MEMBER', 'ADMIN')")
                        .param(account)
                        .query(Integer.class)
                        .single()
                > 0;
    }

    /** Hides it, with all that belongs to it. */
    void delete(long id) {
        jdbc.sql("update finding set deleted_at = ? where id = ? and deleted_at is null")
                .params(Limits.now(), id)
                .update();
    }

    static String joined(List<String> tags) {
        return tags.isEmpty() ? "" : "\n" + String.join("\n", tags) + "\n";
    }

    static List<String> tags(String joined) {
        return Arrays.stream(joined.split("\n")).filter(tag -> !tag.isEmpty()).toList();
    }

    static Author author(ResultSet row, String account) throws SQLException {
        long id = row.getLong(account);
        return new Author(row.wasNull() ? null : id, row.getString("by_name"));
    }

    static OffsetDateTime time(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).withOffsetSameInstant(ZoneOffset.UTC);
    }

    private JdbcClient.MappedQuerySpec<Finding> findings(String rest, Object... values) {
        return jdbc.sql(SELECT + rest).params(values).query(FindingRows::finding);
    }

    static Finding finding(ResultSet row, int index) throws SQLException {
        return new Finding(
                row.getLong("id"),
                row.getObject("uuid", UUID.class),
                content(row),
                author(row, "author_id"),
                coauthors(row),
                time(row, "created_at"),
                time(row, "made_at"),
                row.getInt("number"),
                Weights.of(row),
                row.getInt("confirmations"),
                row.getInt("disputes"),
                row.getInt("comments"),
                standing(row));
    }

    static Version version(ResultSet row, int index) throws SQLException {
        return new Version(
                row.getInt("number"),
                row.getInt("based_on"),
                content(row),
                Weights.of(row),
                author(row, "editor_id"),
                time(row, "made_at"));
    }

    /** Of a row with the column {@code verdicts}. */
    static Standing standing(ResultSet row) throws SQLException {
        Array verdicts = row.getArray("verdicts");
        return verdicts == null
                ? Standing.NONE
                : Standing.of(Arrays.stream((Object[]) verdicts.getArray())
                        .map(verdict -> Verdict.valueOf(verdict.toString()))
                        .toList());
    }

    private static List<Author> coauthors(ResultSet row) throws SQLException {
        Array ids = row.getArray("with_ids");
        Array names = row.getArray("with_names");
        if (ids == null || names == null) {
            return List.of();
        }
        Object[] accounts = (Object[]) ids.getArray();
        Object[] called = (Object[]) names.getArray();
        return IntStream.range(0, accounts.length)
                .mapToObj(i -> new Author(((Number) accounts[i]).longValue(), called[i].toString()))
                .toList();
    }

    private static Content content(ResultSet row) throws SQLException {
        return new Content(
                new Subject(
                        row.getString("model"), Subject.Sort.valueOf(row.getString("sort")), row.getString("subject")),
                row.getString("title"),
                row.getString("markdown"),
                tags(row.getString("tags")),
                row.getString("kind"),
                row.getInt("confidence"),
                row.getString("view_address"));
    }
}
