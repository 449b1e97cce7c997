package app.headlight.services.models;

import app.headlight.engine.tensor.MatrixProducts;
import app.headlight.engine.training.TrainingLog;
import app.headlight.services.jobs.Job;
import app.headlight.services.jobs.JobKind;
import app.headlight.services.jobs.Turn;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Trainings as a kind of job: the model is stored from its first checkpoint on, and goes with its job. */
@Component
class TrainingKind implements JobKind {

    static final String NAME = "training";

    private final TrainingStore store;
    private final ModelStore models;
    private final MatrixProducts products;
    private volatile @Nullable TrainingWork running;

    TrainingKind(TrainingStore store, ModelStore models, MatrixProducts products) {
        this.store = store;
        this.models = models;
        this.products = products;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Ending run(Turn turn) {
        TrainingJob training = store.find(turn.job()).orElseThrow();
        TrainingWork work = new TrainingWork(training, turn, store, models, products);
        running = work;
        try {
            return work.run();
        } finally {
            running = null;
        }
    }

    @Override
    public void stopped(Job job) {
        store.drop(job.id());
    }

    @Override
    public void deleted(Job job) {
        models.delete(job.name());
    }

    /** The log of a training that this node runs, as of now. */
    Optional<TrainingLog> log(long id) {
        TrainingWork now = running;
        return now == null || now.id() != id ? Optional.empty() : Optional.ofNullable(now.log());
    }
}
