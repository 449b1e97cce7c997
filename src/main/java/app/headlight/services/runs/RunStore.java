package app.headlight.services.runs;

import app.headlight.services.models.Audience;
import app.headlight.services.models.Parts;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.SeekableByteChannel;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Reads and writes the tables {@code recorded_run} and {@code recorded_run_part}. */
@Repository
class RunStore {

    private static final String SELECT = "select * from recorded_run ";

    private final JdbcClient jdbc;

    RunStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The newest first. */
    List<StoredRun> all() {
        return jdbc.sql(SELECT + "order by added_at desc, id")
                .query(RunStore::run)
                .list();
    }

    Optional<StoredRun> find(String id) {
        return jdbc.sql(SELECT + "where id = ?")
                .param(id.replace("\0", ""))
                .query(RunStore::run)
                .optional();
    }

    int ownedBy(long account) {
        return jdbc.sql("select count(*) from recorded_run where owner_id = ?")
                .param(account)
                .query(Integer.class)
                .single();
    }

    /** Stores a run with its file, all or nothing. */
    @Transactional(rollbackFor = Exception.class)
    public void add(StoredRun run, InputStream file) throws IOException {
        jdbc.sql("insert into recorded_run (id, name, model, content_hash, size, tokens, layers, heads, causal, hooks,"
                        + " unused, owner_id, audience, added_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
                .params(Arrays.asList(
                        run.id(),
                        run.name(),
                        run.model(),
                        run.hash(),
                        run.size(),
                        run.tokens(),
                        run.layers(),
                        run.heads(),
                        run.causal(),
                        String.join("\n", run.hooks()),
                        String.join("\n", run.unused()),
                        run.owner(),
                        run.audience().name(),
                        run.addedAt()))
                .update();
        Parts.write(
                file,
                (part, bytes) -> jdbc.sql("insert into recorded_run_part (run_id, part, bytes) values (?, ?, ?)")
                        .params(run.id(), part, bytes)
                        .update());
    }

    /** The file of a run, read part by part as it is asked for. */
    SeekableByteChannel file(StoredRun run) {
        return Parts.channel(
                run.size(),
                part -> jdbc.sql("select bytes from recorded_run_part where run_id = ? and part = ?")
                        .params(run.id(), part)
                        .query((row, index) -> row.getBytes(1))
                        .single());
    }

    void delete(String id) {
        jdbc.sql("delete from recorded_run where id = ?").param(id).update();
    }

    void show(String id, Audience audience) {
        jdbc.sql("update recorded_run set audience = ? where id = ?")
                .params(audience.name(), id)
                .update();
    }

    /** Deletes what was added before a time and no finding is about; answers how many there were. */
    int deleteOlder(OffsetDateTime than) {
        return jdbc.sql("delete from recorded_run where added_at < ? and not exists (select 1 from finding f"
                        + " join finding_version v on v.finding_id = f.id and v.number = f.version"
                        + " where f.deleted_at is null and v.model = '" + StoredRun.PATH + "' || recorded_run.id)")
                .param(than)
                .update();
    }

    private static StoredRun run(ResultSet row, int index) throws SQLException {
        return new StoredRun(
                row.getString("id"),
                row.getString("name"),
                row.getString("model"),
                row.getString("content_hash"),
                row.getLong("size"),
                row.getInt("tokens"),
                row.getInt("layers"),
                row.getInt("heads"),
                row.getBoolean("causal"),
                lines(row.getString("hooks")),
                lines(row.getString("unused")),
                row.getObject("owner_id", Long.class),
                Audience.valueOf(row.getString("audience")),
                row.getObject("added_at", OffsetDateTime.class).withOffsetSameInstant(ZoneOffset.UTC));
    }

    private static List<String> lines(String joined) {
        return Stream.of(joined.split("\n")).filter(line -> !line.isEmpty()).toList();
    }
}
