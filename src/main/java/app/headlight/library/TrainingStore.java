package app.headlight.library;

import app.headlight.library.TrainingJob.State;
import app.headlight.training.Recipe;
import app.headlight.training.TrainingLog;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** The tables {@code training_job} and {@code training_part}. */
@Repository
class TrainingStore {

    private static final String COLUMNS =
            "select id, name, state, message, recipe, log, asked_at, owner_id from training_job ";
    private static final String TEXT = "text";
    private static final String STATE = "state";

    private final JdbcClient jdbc;

    TrainingStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The newest first. */
    List<TrainingJob> all() {
        return jdbc.sql(COLUMNS + "order by asked_at desc, id desc")
                .query(TrainingStore::job)
                .list();
    }

    Optional<TrainingJob> find(long id) {
        return jdbc.sql(COLUMNS + "where id = ?")
                .param(id)
                .query(TrainingStore::job)
                .optional();
    }

    boolean isTaken(String name) {
        return jdbc.sql("select count(*) from training_job where name = ?")
                        .param(name)
                        .query(Integer.class)
                        .single()
                > 0;
    }

    @Transactional
    TrainingJob add(String name, Recipe recipe, @Nullable String text, @Nullable Long ownerId) {
        jdbc.sql("insert into training_job (name, state, recipe, asked_at, owner_id) values (?, ?, ?, ?, ?)")
                .params(Arrays.asList(
                        name, State.QUEUED.name(), recipe.json(), OffsetDateTime.now(ZoneOffset.UTC), ownerId))
                .update();
        TrainingJob job = jdbc.sql(COLUMNS + "where name = ?")
                .param(name)
                .query(TrainingStore::job)
                .single();
        if (text != null) {
            put(job.id(), TEXT, text.getBytes(StandardCharsets.UTF_8));
        }
        return job;
    }

    /** Puts a training that no server runs in that state; false where it is not one of those. */
    boolean set(long id, State state, State... from) {
        return jdbc.sql("update training_job set state = ?, message = null, wanted = null where id = ? and state in ("
                                + Arrays.stream(from)
                                        .map(each -> "'" + each + "'")
                                        .collect(Collectors.joining(", "))
                                + ")")
                        .params(state.name(), id)
                        .update()
                > 0;
    }

    /** Asked for again now: behind those that wait already. */
    void queueAgain(long id) {
        jdbc.sql("update training_job set state = ?, message = null, wanted = null, tries = 0, asked_at = ?"
                        + " where id = ? and state in (?, ?)")
                .params(
                        State.QUEUED.name(),
                        OffsetDateTime.now(ZoneOffset.UTC),
                        id,
                        State.PAUSED.name(),
                        State.FAILED.name())
                .update();
    }

    /** The recipe as it turned out once the text was read, and the tokenizer that was learnt from it. */
    void setTokenizer(long id, Recipe recipe, String tokenizer) {
        jdbc.sql("update training_job set recipe = ?, tokenizer = ? where id = ?")
                .params(recipe.json(), tokenizer, id)
                .update();
    }

    @Nullable
    String tokenizer(long id) {
        return jdbc.sql("select tokenizer from training_job where id = ?")
                .param(id)
                .query((row, index) -> Optional.ofNullable(row.getString(1)))
                .single()
                .orElse(null);
    }

    String text(long id) {
        return new String(get(id, TEXT), StandardCharsets.UTF_8);
    }

    /** Keeps what the training can go on from, and its log as of then, both or neither. */
    @Transactional
    void save(long id, TrainingLog log, byte[] state) {
        jdbc.sql("update training_job set log = ? where id = ?")
                .params(log.json(), id)
                .update();
        put(id, STATE, state);
    }

    /** Empty before the first {@link #save}. */
    byte[] state(long id) {
        return get(id, STATE);
    }

    /** The text and the state go once nothing is to be trained any more; the log stays. */
    @Transactional
    void drop(long id) {
        jdbc.sql("delete from training_part where job_id = ?").param(id).update();
    }

    /** Removes a training that has ended; false where there is none, or it has steps still to come. */
    boolean remove(long id) {
        return jdbc.sql("delete from training_job where id = ? and state in (?, ?, ?)")
                        .params(id, State.DONE.name(), State.STOPPED.name(), State.FAILED.name())
                        .update()
                > 0;
    }

    private void put(long id, String kind, byte[] value) {
        jdbc.sql("delete from training_part where job_id = ? and kind = ?")
                .params(id, kind)
                .update();
        try {
            Parts.write(
                    new ByteArrayInputStream(value),
                    (part, bytes) -> jdbc.sql(
                                    "insert into training_part (job_id, kind, part, bytes) values (?, ?, ?, ?)")
                            .params(id, kind, part, bytes)
                            .update());
        } catch (IOException neverFromMemory) {
            throw new UncheckedIOException(neverFromMemory);
        }
    }

    private byte[] get(long id, String kind) {
        return Parts.read(part -> jdbc.sql("select bytes from training_part where job_id = ? and kind = ? and part = ?")
                .params(id, kind, part)
                .query((row, index) -> row.getBytes(1))
                .optional()
                .orElse(new byte[0]));
    }

    private static TrainingJob job(ResultSet row, int index) throws SQLException {
        String log = row.getString("log");
        return new TrainingJob(
                row.getLong("id"),
                row.getString("name"),
                State.valueOf(row.getString("state")),
                row.getString("message"),
                Recipe.of(row.getString("recipe")),
                log == null ? null : TrainingLog.of(log),
                row.getObject("asked_at", OffsetDateTime.class),
                row.getObject("owner_id", Long.class));
    }
}
