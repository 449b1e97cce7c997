package app.headlight.library;

import app.headlight.library.TrainingClaims.Claim;
import app.headlight.library.TrainingClaims.LostClaimException;
import app.headlight.library.TrainingJob.State;
import app.headlight.tensor.MatrixProducts;
import app.headlight.training.Recipe;
import app.headlight.training.Task;
import app.headlight.training.Training.Progress;
import app.headlight.training.TrainingLog;
import jakarta.annotation.PreDestroy;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The trainings that people ask for: a server trains one at a time, the others wait in the order in which they were asked
 * for. Each goes on from its last kept state after a pause or a restart of the program, or on another server of the same
 * database when its own has gone ({@link TrainingClaims}). Its model is stored from its first checkpoint on.
 */
@Service
public class Trainings {

    private static final Logger LOG = System.getLogger(Trainings.class.getName());

    private final TrainingStore store;
    private final TrainingClaims claims;
    private final ModelStore models;
    private final MatrixProducts products;
    private final Set<Runnable> listeners = ConcurrentHashMap.newKeySet();
    private final Object turn = new Object();
    private volatile @Nullable TrainingTurn running;
    private volatile boolean closing;
    private List<String> seen = List.of();
    private @Nullable Thread worker;
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("watch over trainings").factory());
    private final TransactionTemplate transaction;

    Trainings(
            TrainingStore store,
            TrainingClaims claims,
            ModelStore models,
            MatrixProducts products,
            TransactionTemplate transaction) {
        this.store = store;
        this.claims = claims;
        this.transaction = transaction;
        this.models = models;
        this.products = products;
    }

    @EventListener(ApplicationReadyEvent.class)
    void begin() {
        worker = Thread.ofPlatform().daemon().name("trainings").start(this::work);
        long every = claims.every().toMillis();
        watch.scheduleWithFixedDelay(this::watch, every, every, TimeUnit.MILLISECONDS);
    }

    @PreDestroy
    void end() throws InterruptedException {
        closing = true;
        wake();
        TrainingTurn now = running;
        if (now != null) {
            now.leave(State.QUEUED); // whoever is there first goes on with it
        }
        if (worker != null) {
            worker.join(10_000);
        }
        watch.shutdownNow();
    }

    /** Every training, the newest first. */
    public List<TrainingJob> all() {
        return store.all();
    }

    /**
     * Asks for a training.
     *
     * @param name of the model that comes of it
     * @param text what to train on; null for a task that is made on the fly
     * @param ownerId the account of whoever asks; null for nobody's
     * @throws IllegalArgumentException in words for people, if it may not or cannot be done
     */
    public synchronized TrainingJob ask(String name, Recipe recipe, @Nullable String text, @Nullable Long ownerId) {
        TrainingLimits.checkName(name);
        TrainingLimits.check(recipe);
        TrainingLimits.checkText(recipe.task(), text == null ? 0 : text.getBytes(StandardCharsets.UTF_8).length);
        if (store.isTaken(name) || models.find(name).isPresent()) {
            throw taken(name);
        }
        List<TrainingJob> kept = store.all();
        long waiting = kept.stream().filter(job -> job.state() == State.QUEUED).count();
        if (waiting >= TrainingLimits.WAITING) {
            throw new IllegalArgumentException(
                    waiting + " trainings are waiting already; ask again when one of them is done.");
        }
        if (kept.size() >= TrainingLimits.KEPT) {
            throw new IllegalArgumentException(
                    kept.size() + " trainings are kept here already; delete one that is not needed first.");
        }
        try {
            TrainingJob job = store.add(name, recipe, recipe.task() == Task.TEXT ? text : null, ownerId);
            wake();
            changed();
            return job;
        } catch (DuplicateKeyException askedElsewhereMeanwhile) {
            throw taken(name);
        }
    }

    private static IllegalArgumentException taken(String name) {
        return new IllegalArgumentException("There is a model named “" + name + "” already; choose another name.");
    }

    /** Sets it aside, with all that it needs to go on; another may have its turn meanwhile. */
    public synchronized void pause(long id) {
        leave(id, State.PAUSED);
    }

    /** Puts a training that was paused, or that failed, at the end of the queue. */
    public synchronized void resume(long id) {
        store.queueAgain(id);
        wake();
        changed();
    }

    /** Ends it: the model stays as it has become. */
    public synchronized void stop(long id) {
        leave(id, State.STOPPED);
    }

    /** Deletes a training that has ended, with the model that came of it. */
    public synchronized void delete(long id) {
        find(id).ifPresent(job -> transaction.executeWithoutResult(status -> {
            if (store.remove(id)) {
                models.delete(job.name());
            }
        }));
        changed();
    }

    /** A server that runs it hears of that within two seconds, this one at once. */
    private void leave(long id, State state) {
        if (!claims.want(id, state)
                && !store.set(id, state, State.QUEUED, State.PAUSED)
                && !claims.want(id, state)) { // it was just about to begin
            return;
        }
        TrainingTurn now = running;
        if (now != null && now.job().id() == id) {
            now.leave(state);
        }
        if (find(id).filter(job -> job.state() == State.STOPPED).isPresent()) {
            store.drop(id);
        }
        changed();
    }

    /** The training that has its turn; empty while none has. */
    public Optional<TrainingJob> running() {
        TrainingTurn now = running;
        return now == null ? Optional.empty() : Optional.of(now.job());
    }

    public Optional<TrainingJob> find(long id) {
        return store.find(id);
    }

    /** How fast the running training goes; empty for one that is not running. */
    public Optional<Progress> progress(long id) {
        TrainingTurn now = running;
        return now == null || now.job().id() != id ? Optional.empty() : Optional.ofNullable(now.progress());
    }

    /** The log of a training as of now. */
    public Optional<TrainingLog> log(TrainingJob job) {
        TrainingTurn now = running;
        TrainingLog live = now == null || now.job().id() != job.id() ? null : now.log();
        return Optional.ofNullable(live == null ? job.log() : live);
    }

    /** Calls back, some times a second at most and from any thread, when something about a training has changed. */
    public Runnable listen(Runnable listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    void changed() {
        listeners.forEach(Runnable::run);
    }

    private void wake() {
        synchronized (turn) {
            turn.notifyAll();
        }
    }

    private void work() {
        while (!closing) {
            Optional<Long> next;
            synchronized (turn) {
                next = nextOrWait();
            }
            next.ifPresent(this::run);
        }
    }

    private Optional<Long> nextOrWait() {
        try {
            Optional<Long> next = claims.next();
            return next.isPresent() || closing ? next : pauseFor(claims.every().toMillis());
        } catch (RuntimeException databaseGone) {
            LOG.log(Level.WARNING, "the queue of trainings cannot be read: {0}", databaseGone.getMessage());
            return pauseFor(5_000);
        }
    }

    private Optional<Long> pauseFor(long milliseconds) {
        try {
            turn.wait(milliseconds);
        } catch (InterruptedException interrupted) {
            closing = true;
        }
        return Optional.empty();
    }

    private void run(long id) {
        try {
            Optional<Claim> claim = claims.take(id);
            changed();
            if (claim.isPresent()) {
                run(claim.get());
            }
        } catch (RuntimeException databaseGone) {
            LOG.log(
                    Level.WARNING,
                    "the turn of the training {0} cannot be written: {1}",
                    id,
                    databaseGone.getMessage());
        }
    }

    private void run(Claim claim) {
        TrainingJob job = find(claim.job()).orElseThrow();
        TrainingTurn now = new TrainingTurn(job, claim, claims, store, models, products, this::changed);
        running = now;
        try {
            claims.stillHere(claim).ifPresent(now::leave); // what was wanted before it was this server's
            if (closing) {
                now.leave(State.QUEUED);
            }
            now.run();
        } catch (LostClaimException another) {
            LOG.log(Level.INFO, "left the training {0}: {1}", job.name(), another.getMessage());
        } catch (RuntimeException failed) {
            LOG.log(Level.WARNING, "the training {0} failed: {1}", job.name(), failed.toString());
            claims.end(claim, State.FAILED, String.valueOf(failed.getMessage()));
        } finally {
            running = null;
            changed();
        }
    }

    /** Tells the other servers that this one is there, and hears what they and their people have done. */
    private void watch() {
        TrainingTurn now = running;
        try {
            if (now != null) {
                claims.stillHere(now.claim()).ifPresent(now::leave);
            }
            List<String> all = claims.all();
            if (!all.equals(seen)) {
                seen = all;
                changed();
            }
        } catch (LostClaimException another) {
            if (now == running) {
                now.lose();
            }
        } catch (RuntimeException databaseGone) {
            LOG.log(Level.DEBUG, "the trainings cannot be watched: {0}", databaseGone.getMessage());
        }
    }
}
