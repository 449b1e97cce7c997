package app.headlight.services.jobs;

import app.headlight.services.jobs.Job.State;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The long work that people ask for. A node does one job at a time, the others wait in the order in which they were asked
 * for; whatever is asked of a job here reaches the node that runs it within a heartbeat.
 */
@Service
public class Jobs {

    private final JobStore store;
    private final JobQueue queue;
    private final JobRunner runner;
    private final TransactionTemplate transaction;
    private final Map<String, JobKind> kinds;

    Jobs(JobStore store, JobQueue queue, JobRunner runner, List<JobKind> kinds, TransactionTemplate transaction) {
        this.store = store;
        this.queue = queue;
        this.runner = runner;
        this.transaction = transaction;
        this.kinds = kinds.stream().collect(Collectors.toUnmodifiableMap(JobKind::name, kind -> kind));
    }

    /**
     * Asks for a job.
     *
     * @param kind the name of its kind
     * @param details stores what the kind has to know of it, in the same transaction
     * @throws DuplicateKeyException if there is a job of that kind and name
     */
    public Job ask(String kind, String name, @Nullable Long ownerId, Consumer<Job> details) {
        Job asked;
        try {
            asked = transaction.execute(status -> {
                Instant now = queue.now();
                Job job = store.add(kind, name, ownerId, now);
                details.accept(job);
                queue.add(job, now);
                return job;
            });
        } catch (TransientDataAccessException anotherAsksToo) { // which H2 says as a lock that it waited for in vain
            throw store.find(kind, name).isPresent()
                    ? new DuplicateKeyException("there is a " + kind + " " + name + " already", anotherAsksToo)
                    : anotherAsksToo;
        }
        queue.lookNow();
        return asked;
    }

    /** The jobs of a kind, open and ended, the newest first. */
    public List<Job> all(String kind) {
        return store.all(kind);
    }

    public Optional<Job> find(long id) {
        return store.find(id);
    }

    /** The job of that kind and name. */
    public Optional<Job> find(String kind, String name) {
        return store.find(kind, name);
    }

    /** How many jobs of any kind have their turn or wait before one. */
    public long before(Job job) {
        return store.before(job);
    }

    /** Sets a job aside, with all that it needs to go on; another may have its turn meanwhile. */
    public void pause(long id) {
        leave(id, State.PAUSED);
    }

    /** Ends a job before it is done. */
    public void stop(long id) {
        leave(id, State.STOPPED);
    }

    /** Puts a job that was paused, or that failed, at the end of the queue. */
    public void resume(long id) {
        transaction.executeWithoutResult(status -> store.lock(id)
                .filter(job -> job.state() == State.PAUSED || job.state() == State.FAILED)
                .ifPresent(job -> {
                    Instant now = queue.now();
                    store.queueAgain(id, now);
                    queue.add(job, now);
                }));
        queue.lookNow();
    }

    /** Deletes a job with what has come of it; a node that runs it writes nothing more and leaves it. */
    public void delete(long id) {
        transaction.executeWithoutResult(status -> store.lock(id).ifPresent(job -> {
            kind(job).deleted(job);
            store.remove(id);
        }));
        here(id).ifPresent(Turn::lose);
        runner.changed();
    }

    private void leave(long id, State state) {
        transaction.executeWithoutResult(status -> store.lock(id)
                .filter(job -> job.state().isOpen() && job.state() != state)
                .ifPresent(job -> {
                    if (job.state() == State.RUNNING) {
                        store.want(id, state);
                        return;
                    }
                    store.set(id, state);
                    if (state == State.STOPPED) {
                        kind(job).stopped(job);
                    }
                }));
        here(id).ifPresent(Turn::look);
        runner.changed();
    }

    /** How far a running job is, as its kind says it: to the moment where this node runs it, else to a heartbeat. */
    public Optional<String> progress(Job job) {
        return here(job.id())
                .map(Turn::progress)
                .or(() -> Optional.ofNullable(job.progress()).filter(known -> job.state() == State.RUNNING));
    }

    /** Calls back, some times a second at most and from any thread, when something about a job has changed. */
    public Runnable listen(Runnable listener) {
        return runner.listen(listener);
    }

    /** The job's turn, where this node has it. */
    private Optional<Turn> here(long id) {
        return runner.turn().filter(turn -> turn.job().id() == id);
    }

    private JobKind kind(Job job) {
        JobKind kind = kinds.get(job.kind());
        if (kind == null) {
            throw new IllegalStateException(
                    "job " + job.id() + " is a " + job.kind() + ", which this program cannot do");
        }
        return kind;
    }
}
