package app.headlight.library;

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
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Service;

/**
 * The trainings that people ask for: one at a time, the others wait in the order in which they were asked for. Each goes
 * on from its last kept state after a pause or a restart of the program. Its model is stored from its first checkpoint on.
 */
@Service
public class Trainings {

    private static final Logger LOG = System.getLogger(Trainings.class.getName());

    private final TrainingStore store;
    private final ModelStore models;
    private final MatrixProducts products;
    private final Set<Runnable> listeners = ConcurrentHashMap.newKeySet();
    private final Object turn = new Object();
    private volatile @Nullable TrainingTurn running;
    private volatile boolean closing;
    private @Nullable Thread worker;

    Trainings(TrainingStore store, ModelStore models, MatrixProducts products) {
        this.store = store;
        this.models = models;
        this.products = products;
    }

    @EventListener(ApplicationReadyEvent.class)
    void begin() {
        store.queueInterrupted();
        worker = Thread.ofPlatform().daemon().name("trainings").start(this::work);
    }

    @PreDestroy
    void end() throws InterruptedException {
        closing = true;
        wake();
        TrainingTurn now = running;
        if (now != null) {
            now.leave(State.RUNNING);
        }
        if (worker != null) {
            worker.join(10_000);
        }
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
            throw new IllegalArgumentException("There is a model named “" + name + "” already; choose another name.");
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
        TrainingJob job = store.add(name, recipe, recipe.task() == Task.TEXT ? text : null, ownerId);
        wake();
        changed();
        return job;
    }

    /** Sets it aside, with all that it needs to go on; another may have its turn meanwhile. */
    public synchronized void pause(long id) {
        leave(id, State.PAUSED);
    }

    /** Puts a training that was paused, or that failed, at the end of the queue. */
    public synchronized void resume(long id) {
        if (find(id).filter(job -> job.state() == State.PAUSED || job.state() == State.FAILED)
                .isPresent()) {
            store.queueAgain(id);
            wake();
            changed();
        }
    }

    /** Ends it: the model stays as it has become. */
    public synchronized void stop(long id) {
        leave(id, State.STOPPED);
    }

    /** Deletes a training that has ended, with the model that came of it. */
    public synchronized void delete(long id) {
        find(id).filter(job -> !job.state().isOpen()).ifPresent(job -> {
            store.remove(id);
            models.delete(job.name());
            changed();
        });
    }

    private void leave(long id, State state) {
        TrainingTurn now = running;
        if (now != null && now.job().id() == id) {
            now.leave(state);
        } else if (find(id).filter(job -> job.state().isOpen()).isPresent()) {
            store.set(id, state, null);
            if (!state.isOpen()) {
                store.drop(id);
            }
            changed();
        }
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
            Optional<TrainingJob> next;
            synchronized (turn) {
                next = nextOrWait();
            }
            next.ifPresent(this::run);
        }
    }

    private Optional<TrainingJob> nextOrWait() {
        try {
            Optional<TrainingJob> next = store.next();
            if (next.isEmpty() && !closing) {
                turn.wait();
            }
            return next;
        } catch (InterruptedException interrupted) {
            closing = true;
            return Optional.empty();
        } catch (RuntimeException databaseGone) {
            LOG.log(Level.WARNING, "the queue of trainings cannot be read: {0}", databaseGone.getMessage());
            return pauseFor(5_000);
        }
    }

    private Optional<TrainingJob> pauseFor(long milliseconds) {
        try {
            turn.wait(milliseconds);
        } catch (InterruptedException interrupted) {
            closing = true;
        }
        return Optional.empty();
    }

    private void run(TrainingJob job) {
        try {
            TrainingTurn now = taken(job);
            if (now != null) {
                changed();
                now.run();
            }
        } catch (RuntimeException failed) {
            LOG.log(Level.WARNING, "the training {0} failed: {1}", job.name(), failed.toString());
            fail(job, failed);
        } finally {
            running = null;
            changed();
        }
    }

    /** Its turn, unless someone has stopped or deleted it since it was found waiting. */
    private synchronized @Nullable TrainingTurn taken(TrainingJob job) {
        if (find(job.id()).filter(now -> now.state() == State.QUEUED).isEmpty()) {
            return null;
        }
        store.set(job.id(), State.RUNNING, "preparing");
        TrainingTurn turn = new TrainingTurn(job, store, models, products, this::changed);
        running = turn;
        return turn;
    }

    private void fail(TrainingJob job, RuntimeException failed) {
        try {
            store.set(job.id(), State.FAILED, String.valueOf(failed.getMessage()));
        } catch (RuntimeException databaseGone) {
            LOG.log(Level.WARNING, "nor can that be stored: {0}", databaseGone.getMessage());
        }
    }
}
