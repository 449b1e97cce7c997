package app.headlight.services.models;

import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.training.Recipe;
import app.headlight.engine.training.Task;
import app.headlight.engine.training.Training.Progress;
import app.headlight.engine.training.TrainingLog;
import app.headlight.services.jobs.Job;
import app.headlight.services.jobs.Job.State;
import app.headlight.services.jobs.Jobs;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Service;

/** The trainings that people ask for, which are {@link Jobs} and become stored models. */
@Service
public class Trainings {

    private final Jobs jobs;
    private final TrainingKind kind;
    private final TrainingStore store;
    private final ModelStore models;

    Trainings(Jobs jobs, TrainingKind kind, TrainingStore store, ModelStore models) {
        this.jobs = jobs;
        this.kind = kind;
        this.store = store;
        this.models = models;
    }

    /** Every training, the newest first. */
    public List<TrainingJob> all() {
        return store.all(jobs.all(TrainingKind.NAME));
    }

    /**
     * Asks for a training.
     *
     * @param name of the model that comes of it
     * @param text what to train on; null for a task that is made on the fly
     * @param ownerId the account of whoever asks; null for nobody's
     * @throws Refusal in words for people, if it may not or cannot be done
     */
    public synchronized TrainingJob ask(String name, Recipe recipe, @Nullable String text, @Nullable Long ownerId) {
        TrainingLimits.checkName(name);
        TrainingLimits.check(recipe);
        TrainingLimits.checkText(recipe.task(), text == null ? 0 : text.getBytes(StandardCharsets.UTF_8).length);
        // one at a time on this node, so that no two pass a limit together
        if (jobs.find(TrainingKind.NAME, name).isPresent() || models.find(name).isPresent()) {
            throw taken(name);
        }
        List<Job> kept = jobs.all(TrainingKind.NAME);
        long waiting = kept.stream().filter(job -> job.state() == State.QUEUED).count();
        if (waiting >= TrainingLimits.WAITING) {
            throw new Refusal(waiting + " trainings are waiting already; ask again when one of them is done.");
        }
        if (kept.size() >= TrainingLimits.KEPT) {
            throw new Refusal(kept.size() + " trainings are kept here already; delete one that is not needed first.");
        }
        try {
            Job asked = jobs.ask(
                    TrainingKind.NAME,
                    name,
                    ownerId,
                    job -> store.add(job, recipe, recipe.task() == Task.TEXT ? text : null));
            return new TrainingJob(asked, recipe, null);
        } catch (DuplicateKeyException askedElsewhereMeanwhile) {
            throw taken(name);
        }
    }

    private static Refusal taken(String name) {
        return new Refusal("There is a model named “" + name + "” already; choose another name.");
    }

    /** Sets it aside, with all that it needs to go on; another may have its turn meanwhile. */
    public void pause(long id) {
        jobs.pause(id);
    }

    /** Puts a training that was paused, or that failed, at the end of the queue. */
    public void resume(long id) {
        jobs.resume(id);
    }

    /** Ends it: the model stays as it has become. */
    public void stop(long id) {
        jobs.stop(id);
    }

    /** Deletes a training with the model that has come of it, running or not. */
    public void delete(long id) {
        jobs.delete(id);
    }

    public Optional<TrainingJob> find(long id) {
        return jobs.find(id).flatMap(store::find);
    }

    /** The training that a model comes of at this moment, on any node; empty where none runs. */
    public Optional<TrainingJob> running(String model) {
        return jobs.find(TrainingKind.NAME, model)
                .filter(job -> job.state() == State.RUNNING)
                .flatMap(store::find);
    }

    /** How fast a running training goes; empty before its first step, and for one that is not running. */
    public Optional<Progress> progress(TrainingJob training) {
        return jobs.progress(training.job()).map(Progress::of);
    }

    /** The log of a training: to the moment where this node runs it, else to a few seconds. */
    public Optional<TrainingLog> log(TrainingJob training) {
        return kind.log(training.id()).or(() -> Optional.ofNullable(training.log()));
    }

    /** Calls back, some times a second at most and from any thread, when something about a training has changed. */
    public Runnable listen(Runnable listener) {
        return jobs.listen(listener);
    }
}
