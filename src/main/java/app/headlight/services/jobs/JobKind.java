package app.headlight.services.jobs;

import app.headlight.engine.refusal.Refusal;
import app.headlight.services.jobs.Job.State;
import java.util.function.Consumer;

/** A kind of long work, such as trainings; a bean. */
public interface JobKind {

    /** Its name in the database: at most 40 characters, and never another. */
    String name();

    /**
     * Works from where the job was left to its end, or until {@link Turn#leave()} says so. Whatever it writes, it writes
     * by the turn, so that a node that has lost the job to another writes nothing. A {@link Refusal} fails the job with
     * its message; an exception of the database's lets the job go on later from what was saved; any other fails the job
     * without saying why, and is logged.
     */
    Ending run(Turn turn);

    /** A job of this kind is stopped that no node runs; called in the transaction that stops it. */
    void stopped(Job job);

    /** A job of this kind is deleted; called in the transaction that deletes it. */
    void deleted(Job job);

    /**
     * How a turn ended.
     *
     * @param done false where it was left before
     * @param writes what is written in the same transaction as the job's new state, which it is told; that is
     *     {@link State#DONE}, or where someone wanted the job left, or {@link State#QUEUED}
     */
    record Ending(boolean done, Consumer<State> writes) {}
}
