package app.headlight.services.search;

import app.headlight.engine.circuits.Acdc;
import app.headlight.engine.circuits.Edge;
import app.headlight.engine.circuits.EdgeEffects;
import app.headlight.engine.refusal.Refusal;
import app.headlight.services.jobs.Job;
import app.headlight.services.jobs.JobKind;
import app.headlight.services.jobs.Turn;
import app.headlight.services.lab.Laboratory;
import app.headlight.services.lab.Ticket;
import app.headlight.services.models.ModelLibrary;
import app.headlight.services.models.OpenModel;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.springframework.stereotype.Component;

/** Long searches as a kind of job: the laboratory computes, the job waits for it. One that is left begins anew. */
@Component
class SearchKind implements JobKind {

    static final String NAME = "search";

    private static final long LOOK_EVERY = 200;

    private final SearchJobStore store;
    private final ModelLibrary library;
    private final Laboratory lab;
    private final CircuitSearch search;

    SearchKind(SearchJobStore store, ModelLibrary library, Laboratory lab) {
        this.store = store;
        this.library = library;
        this.lab = lab;
        search = new CircuitSearch(lab);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Ending run(Turn turn) {
        long job = turn.job().id();
        SearchRequest request = store.request(job);
        OpenModel model = library.reopened(request.model())
                .orElseThrow(() -> new Refusal("The model “" + request.model().name()
                        + "” is gone, or has other weights than when this was asked for."));
        Optional<Map<Edge, Double>> found = request.method() == null
                ? await(lab.ask(search.acdc(model, request.task(), Objects.requireNonNull(request.threshold()))), turn)
                        .map(Acdc::moves)
                : await(lab.ask(search.effects(model, request.task(), request.method())), turn)
                        .map(EdgeEffects::of);
        return new Ending(found.isPresent(), state -> found.ifPresent(numbers -> store.setResult(job, numbers)));
    }

    /** @return empty where the job is to be left before */
    private static <V> Optional<V> await(Ticket<V> ticket, Turn turn) {
        try {
            while (!turn.leave()) {
                turn.progress(() -> Double.toString(ticket.done()));
                try {
                    return Optional.of(ticket.result().get(LOOK_EVERY, TimeUnit.MILLISECONDS));
                } catch (TimeoutException notYet) {
                    // and so it is looked for again
                }
            }
            return Optional.empty();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof RuntimeException why) {
                throw why;
            }
            throw new IllegalStateException(failed.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new CancellationException("the wait was interrupted");
        } finally {
            ticket.leave();
        }
    }

    @Override
    public void stopped(Job job) {
        // nothing is kept but the request
    }

    @Override
    public void deleted(Job job) {
        // the row goes with its job
    }
}
