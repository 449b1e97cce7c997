package app.headlight.library;

import app.headlight.services.jobs.Job;
import app.headlight.services.jobs.Job.State;
import app.headlight.training.Recipe;
import app.headlight.training.TrainingLog;
import org.jspecify.annotations.Nullable;

/**
 * A training that someone asked for; its name is also that of the model that comes of it.
 *
 * @param log as far as it is stored; null before its first step
 */
public record TrainingJob(Job job, Recipe recipe, @Nullable TrainingLog log) {

    public long id() {
        return job.id();
    }

    public String name() {
        return job.name();
    }

    public State state() {
        return job.state();
    }
}
