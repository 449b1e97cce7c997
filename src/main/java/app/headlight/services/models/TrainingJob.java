package app.headlight.services.models;

import app.headlight.engine.training.Recipe;
import app.headlight.engine.training.TrainingLog;
import app.headlight.services.jobs.Job;
import app.headlight.services.jobs.Job.State;
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
