package app.headlight.services.jobs;

import app.headlight.services.jobs.Job.State;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The table {@code job}. A claim locks its row of {@code scheduled_tasks} before it raises the job's number, so that claims
 * are numbered in the order in which nodes picked them; everything else locks the job's row alone.
 */
@Repository
class JobStore {

    /** So many turns may end without anything saved, as on nodes that have too little memory for the job. */
    private static final int MOST_TRIES = 3;

    private static final String COLUMNS = "select id, kind, name, owner_id, state, message, progress, node, asked_at,"
            + " begun_at, ended_at from job ";
    private static final String HELD = " where id = ? and claim_number = ? and state = 'RUNNING'";
    private static final String CLAIMABLE = " where id = ? and queued_times = ? and state in ('QUEUED', 'RUNNING')";

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final @Nullable String endIdleTransaction;

    JobStore(DataSource database, JdbcClient jdbc, TransactionTemplate transaction, Heartbeat heartbeat)
            throws SQLException {
        this.jdbc = jdbc;
        this.transaction = transaction;
        try (Connection connection = database.getConnection()) {
            boolean postgres = connection.getMetaData().getDatabaseProductName().equals("PostgreSQL");
            endIdleTransaction = postgres
                    ? "set local idle_in_transaction_session_timeout = "
                            + heartbeat.dead().toMillis()
                    : null;
        }
    }

    /** One node's claim to one job; the number tells it from earlier and later ones. */
    record Claim(long job, long number) {}

    /** @throws org.springframework.dao.DuplicateKeyException if there is one of that kind and name */
    Job add(String kind, String name, @Nullable Long ownerId, Instant askedAt) {
        jdbc.sql("insert into job (kind, name, owner_id, state, asked_at) values (?, ?, ?, 'QUEUED', ?)")
                .params(Arrays.asList(kind, name, ownerId, askedAt.atOffset(ZoneOffset.UTC)))
                .update();
        return find(kind, name).orElseThrow();
    }

    /** The newest first. */
    List<Job> all(String kind) {
        return jobs("where kind = ? order by asked_at desc, id desc", kind).list();
    }

    long before(Job job) {
        return jdbc.sql("select count(*) from job where id <> ? and (state = 'RUNNING' or state = 'QUEUED' and"
                        + " (asked_at < ? or asked_at = ? and id < ?))")
                .params(job.id(), job.askedAt(), job.askedAt(), job.id())
                .query(Long.class)
                .single();
    }

    Optional<Job> find(long id) {
        return jobs("where id = ?", id).optional();
    }

    Optional<Job> find(String kind, String name) {
        return jobs("where kind = ? and name = ?", kind, name).optional();
    }

    /** The job, which nobody else changes until the transaction ends. */
    Optional<Job> lock(long id) {
        return jobs("where id = ? for update", id).optional();
    }

    /** What the queue knows the job by while it is in it for this time. */
    String instance(long id) {
        return jdbc.sql("select queued_times from job where id = ?")
                .param(id)
                .query((row, index) -> id + "-" + row.getInt(1))
                .single();
    }

    /** Puts it into the queue once more. */
    void queueAgain(long id, Instant askedAt) {
        jdbc.sql("update job set state = 'QUEUED', message = null, wanted = null, progress = null, ended_at = null,"
                        + " tries = 0, queued_times = queued_times + 1, asked_at = ? where id = ?")
                .params(askedAt.atOffset(ZoneOffset.UTC), id)
                .update();
    }

    /** Wants a running job to be in that state. */
    void want(long id, State state) {
        jdbc.sql("update job set wanted = ? where id = ?")
                .params(state.name(), id)
                .update();
    }

    /** Puts a job that no node runs in that state. */
    void set(long id, State state) {
        jdbc.sql("update job set state = ?, message = null, wanted = null, ended_at = " + ended(state)
                        + " where id = ?")
                .params(state.name(), id)
                .update();
    }

    void remove(long id) {
        jdbc.sql("delete from job where id = ?").param(id).update();
    }

    /** Where every job stands, to see whether another node has changed something. */
    List<String> summary() {
        return jdbc.sql("select id, state, wanted, claim_number, progress from job order by id")
                .query((row, index) -> row.getLong(1) + " " + row.getString(2) + " " + row.getString(3) + " "
                        + row.getLong(4) + " " + row.getString(5))
                .list();
    }

    /**
     * Claims what this node has picked from the queue.
     *
     * @param instance see {@link #instance}
     * @param version of the row in the queue when it was picked
     * @return empty where the row is another node's by now, or the job has left the queue, or is given up
     */
    Optional<Claim> claim(String kind, String instance, long version, String node) {
        int dash = instance.indexOf('-');
        long id = Long.parseLong(instance.substring(0, dash));
        int times = Integer.parseInt(instance.substring(dash + 1));
        return Optional.ofNullable(transaction.execute(
                status -> isPicked(kind, instance, version) && !giveUp(id, times) ? claim(id, times, node) : null));
    }

    private boolean isPicked(String kind, String instance, long version) {
        return jdbc.sql("select version from scheduled_tasks where task_name = ? and task_instance = ?"
                        + " and version = ? and picked = true for update")
                .params(kind, instance, version)
                .query(Long.class)
                .optional()
                .isPresent();
    }

    private boolean giveUp(long id, int times) {
        return jdbc.sql("update job set state = 'FAILED', message = coalesce(message, ?),"
                                + " ended_at = current_timestamp" + CLAIMABLE
                                + " and tries >= ?")
                        .params(
                                "Its server ended " + MOST_TRIES + " times before anything was saved.",
                                id,
                                times,
                                MOST_TRIES)
                        .update()
                > 0;
    }

    private @Nullable Claim claim(long id, int times, String node) {
        int claimed = jdbc.sql("update job set state = 'RUNNING', progress = null, node = ?,"
                        + " claim_number = claim_number + 1, tries = tries + 1,"
                        + " begun_at = coalesce(begun_at, current_timestamp)" + CLAIMABLE)
                .params(node, id, times)
                .update();
        return claimed == 0
                ? null
                : new Claim(
                        id,
                        jdbc.sql("select claim_number from job where id = ?")
                                .param(id)
                                .query(Long.class)
                                .single());
    }

    /**
     * What someone wants of a claimed job.
     *
     * @throws LostClaimException if it is another node's by now
     */
    Optional<State> wanted(Claim claim) {
        return jdbc.sql("select wanted from job" + HELD)
                .params(claim.job(), claim.number())
                .query((row, index) -> Optional.ofNullable(row.getString(1)).map(State::valueOf))
                .optional()
                .orElseThrow(() -> new LostClaimException(claim));
    }

    /**
     * Does work that writes, all of it or nothing, while the claim cannot be lost. A node that stands still meanwhile is
     * thrown out of its transaction once it counts as dead: the node after it would wait for its locks.
     *
     * @throws LostClaimException if it is another node's by now; nothing is then written
     */
    void holding(Claim claim, Runnable work) {
        transaction.executeWithoutResult(status -> {
            if (endIdleTransaction != null) {
                jdbc.sql(endIdleTransaction).update();
            }
            if (jdbc.sql("select id from job" + HELD + " for update")
                    .params(claim.job(), claim.number())
                    .query(Long.class)
                    .optional()
                    .isEmpty()) {
                throw new LostClaimException(claim);
            }
            work.run();
        });
    }

    /** Something is kept that a later turn can go on from. */
    void saved(Claim claim) {
        jdbc.sql("update job set tries = 0, message = null" + HELD)
                .params(claim.job(), claim.number())
                .update();
    }

    /** @throws LostClaimException if the job is another node's by now */
    void progress(Claim claim, String progress) {
        if (jdbc.sql("update job set progress = ?" + HELD)
                        .params(progress, claim.job(), claim.number())
                        .update()
                == 0) {
            throw new LostClaimException(claim);
        }
    }

    /** Remembers why a turn could not go on, to be told where the last try fails too. */
    void trouble(Claim claim, String message) {
        jdbc.sql("update job set message = ?" + HELD)
                .params(message, claim.job(), claim.number())
                .update();
    }

    /** Ends the turn: the job is in that state. What is wanted of a job stays wanted while it waits in the queue. */
    void end(Claim claim, State state, @Nullable String message) {
        jdbc.sql("update job set state = ?, message = ?, tries = 0, ended_at = " + ended(state)
                        + (state == State.QUEUED ? "" : ", wanted = null") + HELD)
                .params(Arrays.asList(state.name(), message, claim.job(), claim.number()))
                .update();
    }

    private static String ended(State state) {
        return state.isOpen() ? "null" : "current_timestamp";
    }

    private JdbcClient.MappedQuerySpec<Job> jobs(String rest, Object... values) {
        return jdbc.sql(COLUMNS + rest).params(values).query(JobStore::job);
    }

    private static Job job(ResultSet row, int index) throws SQLException {
        return new Job(
                row.getLong("id"),
                row.getString("kind"),
                row.getString("name"),
                row.getObject("owner_id", Long.class),
                State.valueOf(row.getString("state")),
                row.getString("message"),
                row.getString("progress"),
                row.getString("node"),
                row.getObject("asked_at", OffsetDateTime.class),
                row.getObject("begun_at", OffsetDateTime.class),
                row.getObject("ended_at", OffsetDateTime.class));
    }
}
