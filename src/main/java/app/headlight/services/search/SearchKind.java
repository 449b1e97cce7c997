package app.headlight.services.search;

import app.headlight.engine.circuits.Acdc;
import app.headlight.engine.circuits.EdgeEffects;
import app.headlight.engine.refusal.Refusal;
import app.headlight.services.jobs.Job;
import app.headlight.services.jobs.JobKind;
import app.headlight.services.jobs.Turn;
import app.headlight.services.lab.Laboratory;
import app.headlight.services.lab.Ticket;
import app.headlight.services.models.ModelLibrary;
import app.headlight.services.models.OpenModel;
import app.headlight.services.search.CircuitSearch.Method;
import app.headlight.services.search.SearchJobs.Progress;
import java.time.Instant;
import java.util.List;
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
        Optional<String> found = request.pairs() == null
                ? onePair(model, request, Objects.requireNonNull(request.task()), turn)
                : pairs(model, request, request.pairs(), turn);
        return new Ending(found.isPresent(), state -> found.ifPresent(text -> store.setResult(job, text)));
    }

    private Optional<String> onePair(OpenModel model, SearchRequest request, SearchTask task, Turn turn) {
        return (request.method() == null
                        ? await(lab.ask(search.acdc(model, task, Objects.requireNonNull(request.threshold()))), turn)
                                .map(Acdc::moves)
                        : await(lab.ask(search.effects(model, task, request.method())), turn)
                                .map(EdgeEffects::of))
                .map(SearchJobStore::text);
    }

    private Optional<String> pairs(OpenModel model, SearchRequest request, PairSet pairs, Turn turn) {
        List<Method> methods = Objects.requireNonNull(request.methods());
        return methods.isEmpty()
                ? await(lab.ask(search.acdc(model, pairs, Objects.requireNonNull(request.threshold()))), turn)
                        .map(FoundText::of)
                : await(lab.ask(search.results(model, pairs, methods)), turn).map(FoundText::of);
    }

    /** @return empty where the job is to be left before */
    private static <V> Optional<V> await(Ticket<V> ticket, Turn turn) {
        Instant begun = Instant.now();
        try {
            while (!turn.leave()) {
                turn.progress(() -> Progress.text(ticket.done(), begun));
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
