package app.headlight.services.jobs;

import app.headlight.engine.refusal.Refusal;
import app.headlight.services.jobs.Job.State;
import app.headlight.services.jobs.JobKind.Ending;
import app.headlight.services.jobs.JobStore.Claim;
import com.github.kagkarlsson.scheduler.exceptions.ExecutionException;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.Execution;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionContext;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.management.ManagementFactory;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/** Does what this node has picked from the queue, one job at a time, and tells listeners of it. */
@Component
class JobRunner {

    private static final Logger LOG = System.getLogger(JobRunner.class.getName());
    private static final String FAULT = "Something went wrong in the server; its log says what it was.";

    private static final int LONGEST_NAME = 50;

    private final JobStore store;
    private final Heartbeat heartbeat;
    private final String node;
    private final Set<Runnable> listeners = ConcurrentHashMap.newKeySet();
    private volatile @Nullable Turn turn;

    JobRunner(JobStore store, Heartbeat heartbeat) {
        this.store = store;
        this.heartbeat = heartbeat;
        String process = ManagementFactory.getRuntimeMXBean().getName(); // its number, and the machine's name
        node = process.substring(0, Math.min(process.length(), LONGEST_NAME));
    }

    /** This node's name in the database. */
    String node() {
        return node;
    }

    /** The job that this node is at. */
    Optional<Turn> turn() {
        return Optional.ofNullable(turn);
    }

    Runnable listen(Runnable listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    void changed() {
        listeners.forEach(Runnable::run);
    }

    /** How jobs of a kind are done, in the words of the queue. */
    Task<Void> task(JobKind kind) {
        return Tasks.custom(kind.name(), Void.class)
                .onFailure(JobRunner::putBack)
                .onDeadExecution(JobRunner::putBack)
                .execute((instance, context) -> run(kind, context));
    }

    private CompletionHandler<Void> run(JobKind kind, ExecutionContext context) {
        Execution picked = context.getExecution();
        Optional<Claim> claim = store.claim(kind.name(), picked.getId(), picked.version, node);
        changed();
        if (claim.isEmpty()) {
            return JobRunner::remove;
        }
        Job job = store.find(claim.get().job()).orElseThrow(() -> new LostClaimException(claim.get()));
        Turn now = new Turn(
                job, claim.get(), store, heartbeat.every(), context.getSchedulerState()::isShuttingDown, this::changed);
        turn = now;
        try {
            return run(kind, now) == State.QUEUED ? JobRunner::putBack : JobRunner::remove;
        } finally {
            turn = null;
            changed();
        }
    }

    /** @return the state that the job is in afterwards */
    private State run(JobKind kind, Turn now) {
        Claim claim = now.claim();
        try {
            now.look(); // what was wanted of the job before this turn
            Ending ending = kind.run(now);
            State[] state = {State.DONE};
            store.holding(claim, () -> {
                state[0] = ending.done() ? State.DONE : store.wanted(claim).orElse(State.QUEUED);
                ending.writes().accept(state[0]);
                store.end(claim, state[0], null);
            });
            return state[0];
        } catch (LostClaimException another) {
            LOG.log(Level.INFO, "left the {0} {1}: {2}", kind.name(), now.job().name(), another.getMessage());
            return State.RUNNING;
        } catch (DataAccessException | TransactionException trouble) {
            store.trouble(claim, String.valueOf(trouble.getMessage()));
            throw trouble;
        } catch (Refusal refused) {
            store.end(claim, State.FAILED, refused.getMessage());
            return State.FAILED;
        } catch (RuntimeException failed) {
            LOG.log(
                    Level.WARNING,
                    "the {0} {1} failed: {2}",
                    kind.name(),
                    now.job().name(),
                    failed.toString());
            store.end(claim, State.FAILED, FAULT);
            return State.FAILED;
        }
    }

    private static void remove(ExecutionComplete complete, ExecutionOperations<Void> queue) {
        unlessAnothers(queue::remove);
    }

    /** At its place in the queue, before those who were asked for later. */
    private static void putBack(ExecutionComplete complete, ExecutionOperations<Void> queue) {
        unlessAnothers(() -> queue.reschedule(complete, complete.getExecution().executionTime));
    }

    private static void unlessAnothers(Runnable change) {
        try {
            change.run();
        } catch (ExecutionException anotherNodesByNow) {
            LOG.log(Level.DEBUG, "the queue is left as it is: {0}", anotherNodesByNow.getMessage());
        }
    }
}
