package app.headlight.services.claims;

import app.headlight.services.measures.Measure;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads and writes the tables {@code claim} and {@code claim_sample}. */
@Repository
public class ClaimRows {

    private static final String OF_FINDING =
            " from claim c join finding f on f.id = c.finding_id join finding_version v on v.finding_id = f.id"
                    + " and v.number = f.version left join model m on m.name = v.model ";

    private static final String SELECT =
            "select c.*, coalesce(a.name, c.author_name) as by_name, m.content_hash as hash_now" + OF_FINDING
                    + "left join account a on a.id = c.author_id where f.deleted_at is null ";

    /** So many findings are asked for at once. */
    private static final int AT_ONCE = 500;

    private final JdbcClient jdbc;

    public ClaimRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The claims of some findings, in the order in which they were made, by two questions to the database. */
    public List<Claim> of(Collection<Long> findings) {
        List<Long> all = List.copyOf(findings);
        List<Claim> claims = new ArrayList<>();
        for (int from = 0; from < all.size(); from += AT_ONCE) {
            List<Long> some = all.subList(from, Math.min(all.size(), from + AT_ONCE));
            String among = "(" + String.join(", ", some.stream().map(id -> "?").toList()) + ")";
            Map<Long, List<Sample>> samples = samples("c.finding_id in " + among, some);
            claims.addAll(jdbc.sql(SELECT + "and c.finding_id in " + among + " order by c.id")
                    .params(some)
                    .query((row, index) -> claim(row, samples.getOrDefault(row.getLong("id"), List.of())))
                    .list());
        }
        return claims;
    }

    /** A claim that counts, without what was measured of it. */
    record Known(long id, Measure measure, Verdict verdict) {}

    /** The claims about a model that count, the newest first. */
    List<Known> ofModel(String model) {
        return jdbc.sql("select c.id, c.measure, case when c.model_hash = m.content_hash then c.verdict"
                        + " else 'UNMEASURED' end as verdict_now" + OF_FINDING
                        + "where f.deleted_at is null and c.withdrawn_at is null and v.model = ? order by c.id desc")
                .param(model)
                .query((row, index) -> new Known(
                        row.getLong("id"),
                        Measure.parse(row.getString("measure")),
                        Verdict.valueOf(row.getString("verdict_now"))))
                .list();
    }

    /** Some claims, the newest first, by two questions to the database. */
    List<Claim> all(List<Long> ids) {
        if (ids.isEmpty()) {
            return List.of();
        }
        String among =
                "c.id in (" + String.join(", ", ids.stream().map(id -> "?").toList()) + ")";
        Map<Long, List<Sample>> samples = samples(among, ids);
        return jdbc.sql(SELECT + "and " + among + " order by c.id desc")
                .params(ids)
                .query((row, index) -> claim(row, samples.getOrDefault(row.getLong("id"), List.of())))
                .list();
    }

    public Optional<Claim> find(long id) {
        Map<Long, List<Sample>> samples = samples("c.id = ?", List.of(id));
        return jdbc.sql(SELECT + "and c.id = ?")
                .param(id)
                .query((row, index) -> claim(row, samples.getOrDefault(id, List.of())))
                .optional();
    }

    boolean isKnown(UUID uuid) {
        return jdbc.sql("select count(*) from claim where uuid = ?")
                        .param(uuid)
                        .query(Integer.class)
                        .single()
                > 0;
    }

    /** @param account and name of who makes it */
    long insert(
            UUID uuid,
            long finding,
            Statement statement,
            @Nullable Long account,
            String name,
            OffsetDateTime at,
            @Nullable String told) {
        jdbc.sql(
                        "insert into claim (uuid, finding_id, measure, comparison, bound, author_id, author_name, saved_at, told,"
                                + " verdict) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
                .params(Arrays.asList(
                        uuid,
                        finding,
                        statement.measure().toString(),
                        statement.comparison().name(),
                        statement.bound(),
                        account,
                        name,
                        at,
                        told,
                        Verdict.UNMEASURED.name()))
                .update();
        return jdbc.sql("select id from claim where uuid = ?")
                .param(uuid)
                .query(Long.class)
                .single();
    }

    /** @param at null: it is made again */
    void withdraw(long id, @Nullable OffsetDateTime at) {
        jdbc.sql("update claim set withdrawn_at = ? where id = ?")
                .params(Arrays.asList(at, id))
                .update();
    }

    /** Adds a measurement, and keeps the verdict by all on these weights. */
    public void add(long claim, long round, Sample sample) {
        jdbc.sql("insert into claim_sample (claim_id, round, seed, model_hash, measured, reason, measured_at)"
                        + " values (?, ?, ?, ?, ?, ?, ?)")
                .params(Arrays.asList(
                        claim, round, sample.seed(), sample.modelHash(), sample.value(), sample.reason(), sample.at()))
                .update();
        find(claim)
                .flatMap(known -> known.measured().stream()
                        .filter(pooled -> pooled.isOn(sample.modelHash()))
                        .findFirst()
                        .map(known::verdict))
                .ifPresent(verdict -> jdbc.sql("update claim set verdict = ?, model_hash = ? where id = ?")
                        .params(verdict.name(), sample.modelHash(), claim)
                        .update());
    }

    /** How many measurements of a claim on some weights a round has, by whether they gave a value. */
    public Map<Boolean, Integer> counts(long claim, long round, String hash) {
        Map<Boolean, Integer> counts = new HashMap<>(Map.of(true, 0, false, 0));
        jdbc.sql("select case when measured is null then 0 else 1 end as valued, count(*) from claim_sample"
                        + " where claim_id = ? and round = ? and model_hash = ? group by case when measured is null then 0"
                        + " else 1 end")
                .params(claim, round, hash)
                .query(row -> {
                    counts.put(row.getInt(1) == 1, row.getInt(2));
                });
        return counts;
    }

    /** The model of a finding, by name; empty if there is no such finding (any more). */
    public Optional<String> model(long finding) {
        return jdbc.sql("select v.model from finding f join finding_version v on v.finding_id = f.id"
                        + " and v.number = f.version where f.id = ? and f.deleted_at is null")
                .param(finding)
                .query(String.class)
                .optional();
    }

    /** Remembers that a measurement of the claims of a finding was asked for, on the weights that its model has. */
    public void asked(long finding, String hash) {
        jdbc.sql("update claim set asked_hash = ? where finding_id = ?")
                .params(hash, finding)
                .update();
    }

    /** A finding with claims that are to be measured, and the account of its author. */
    public record Waiting(long finding, @Nullable Long author) {}

    /**
     * The findings with claims that nobody has asked to measure on the weights that their model has now; models that are
     * being trained are left until that is done.
     */
    public List<Waiting> waiting() {
        return jdbc.sql("select distinct f.id, f.author_id" + OF_FINDING
                        + "where f.deleted_at is null and c.withdrawn_at is null and m.content_hash is not null"
                        + " and (c.model_hash is null or c.model_hash <> m.content_hash)"
                        + " and (c.asked_hash is null or c.asked_hash <> m.content_hash)"
                        + " and not exists (select 1 from job j where j.kind = 'training' and j.name = m.name"
                        + " and j.state in ('QUEUED', 'RUNNING', 'PAUSED')) order by f.id")
                .query((row, index) -> new Waiting(row.getLong(1), row.getObject(2, Long.class)))
                .list();
    }

    private Map<Long, List<Sample>> samples(String which, List<Long> values) {
        Map<Long, List<Sample>> samples = new HashMap<>();
        jdbc.sql("select s.* from claim_sample s join claim c on c.id = s.claim_id where " + which + " order by s.id")
                .params(values)
                .query(row -> {
                    samples.computeIfAbsent(row.getLong("claim_id"), id -> new ArrayList<>())
                            .add(new Sample(
                                    row.getLong("seed"),
                                    row.getString("model_hash"),
                                    row.getObject("measured", Double.class),
                                    row.getString("reason"),
                                    time(row, "measured_at")));
                });
        return samples;
    }

    private static Claim claim(ResultSet row, List<Sample> samples) throws SQLException {
        return new Claim(
                row.getLong("id"),
                row.getObject("uuid", UUID.class),
                row.getLong("finding_id"),
                new Statement(
                        Measure.parse(row.getString("measure")),
                        Comparison.valueOf(row.getString("comparison")),
                        row.getDouble("bound")),
                row.getObject("author_id", Long.class),
                row.getString("by_name"),
                time(row, "saved_at"),
                row.getObject("withdrawn_at") == null ? null : time(row, "withdrawn_at"),
                row.getString("told"),
                row.getString("hash_now"),
                Pooled.byWeights(samples));
    }

    private static OffsetDateTime time(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).withOffsetSameInstant(ZoneOffset.UTC);
    }
}
