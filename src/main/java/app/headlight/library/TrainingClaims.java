package app.headlight.library;

import app.headlight.library.TrainingJob.State;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Which of the servers on one database has a training's turn. A server claims a training by one update that only one can
 * win, says every two seconds that it is still there, and writes nothing of the training but while the claim is its own.
 * Who has not been heard of for twelve seconds has lost it to whoever claims it next, even if it comes back.
 */
@Repository
class TrainingClaims {

    /** After so long without a word a server is taken for gone. */
    private static final Duration GONE = Duration.ofSeconds(12);

    private static final int WORDS_BEFORE_GONE = 6;

    /** So many turns may end without anything saved, as with a server that has too little memory for the training. */
    private static final int MOST_TRIES = 3;

    private static final String HELD = " where id = ? and claim = ? and state = 'RUNNING'";

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Duration gone;
    private final String free;

    @Autowired
    TrainingClaims(JdbcClient jdbc, TransactionTemplate transaction) {
        this(jdbc, transaction, GONE);
    }

    /** @param gone after how long without a word a server is taken for gone */
    TrainingClaims(JdbcClient jdbc, TransactionTemplate transaction, Duration gone) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.gone = gone;
        this.free = " (state = 'QUEUED' or state = 'RUNNING' and (heard_at is null"
                + " or heard_at < current_timestamp - interval '" + gone.toMillis() / 1000.0 + "' second)) ";
    }

    /** One turn of one training. */
    record Claim(long job, long number) {}

    /** How often to say that one is still there. */
    Duration every() {
        return gone.dividedBy(WORDS_BEFORE_GONE);
    }

    /** The training that has waited longest for a turn, or whose server has gone. */
    Optional<Long> next() {
        return jdbc.sql("select id from training_job where" + free + "order by asked_at, id fetch first 1 row only")
                .query(Long.class)
                .optional();
    }

    /** Claims a training that is free; empty where it is not, or where it has failed by now. */
    Optional<Claim> take(long job) {
        return Optional.ofNullable(transaction.execute(status -> {
            if (jdbc.sql("update training_job set state = ?, message = ? where id = ? and tries >= ? and" + free)
                            .params(
                                    State.FAILED.name(),
                                    "Its server ended " + MOST_TRIES + " times before anything was saved.",
                                    job,
                                    MOST_TRIES)
                            .update()
                    > 0) {
                return null;
            }
            int taken = jdbc.sql("update training_job set state = 'RUNNING', message = 'preparing', claim = claim + 1,"
                            + " tries = tries + 1, heard_at = current_timestamp where id = ? and" + free)
                    .param(job)
                    .update();
            return taken == 0
                    ? null
                    : new Claim(
                            job,
                            jdbc.sql("select claim from training_job where id = ?")
                                    .param(job)
                                    .query(Long.class)
                                    .single());
        }));
    }

    /**
     * Says that the claim's server is still there.
     *
     * @return what someone wants of the training; empty where nobody wants anything
     * @throws LostClaimException if it is another's by now
     */
    synchronized Optional<State> stillHere(Claim claim) {
        hold(claim);
        return jdbc.sql("select wanted from training_job where id = ?")
                .param(claim.job())
                .query((row, index) -> Optional.ofNullable(row.getString(1)).map(State::valueOf))
                .single();
    }

    /**
     * Does work that writes, all of it or nothing, while the claim cannot be lost.
     *
     * @throws LostClaimException if it is another's by now; nothing is then written
     */
    synchronized void holding(Claim claim, Runnable work) {
        transaction.executeWithoutResult(status -> {
            hold(claim);
            work.run();
        });
    }

    /** Something is kept that a later turn can go on from. */
    void saved(Claim claim) {
        jdbc.sql("update training_job set tries = 0" + HELD)
                .params(claim.job(), claim.number())
                .update();
    }

    /** What the training is busy with. */
    void say(Claim claim, @Nullable String message) {
        jdbc.sql("update training_job set message = ?" + HELD)
                .params(Arrays.asList(message, claim.job(), claim.number()))
                .update();
    }

    /** Ends the turn: the training is in that state, and free if it waits. */
    void end(Claim claim, State state, @Nullable String message) {
        jdbc.sql("update training_job set state = ?, message = ?, wanted = null, heard_at = null, tries = 0" + HELD)
                .params(Arrays.asList(state.name(), message, claim.job(), claim.number()))
                .update();
    }

    /** Wants a training that some server runs to be in that state; false where none runs it. */
    boolean want(long job, State state) {
        return jdbc.sql("update training_job set wanted = ? where id = ? and state = 'RUNNING'")
                        .params(state.name(), job)
                        .update()
                > 0;
    }

    /** Where every training stands, to see whether another server has changed something. */
    List<String> all() {
        return jdbc.sql("select id, state, message, claim from training_job order by id")
                .query((row, index) ->
                        row.getLong(1) + " " + row.getString(2) + " " + row.getString(3) + " " + row.getLong(4))
                .list();
    }

    private void hold(Claim claim) {
        int held = jdbc.sql("update training_job set heard_at = current_timestamp" + HELD)
                .params(claim.job(), claim.number())
                .update();
        if (held == 0) {
            throw new LostClaimException(claim);
        }
    }

    /** The training is another server's by now, or nobody's. */
    static final class LostClaimException extends RuntimeException {

        private static final long serialVersionUID = 1;

        LostClaimException(Claim claim) {
            super("turn " + claim.number() + " of training " + claim.job() + " has been lost");
        }
    }
}
