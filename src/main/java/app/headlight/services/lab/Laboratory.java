package app.headlight.services.lab;

import app.headlight.engine.tensor.Matrix;
import app.headlight.engine.transformer.Continuation;
import app.headlight.engine.transformer.Edit;
import app.headlight.engine.transformer.Run;
import app.headlight.engine.transformer.Site;
import app.headlight.services.models.Memory;
import app.headlight.services.models.ModelRef;
import app.headlight.services.models.OpenModel;
import jakarta.annotation.PreDestroy;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Service;

/**
 * Answers every question about a model or a run. What several ask for at the same time is computed once; what is known
 * is kept as long as there is memory; what nobody waits for any more is ended. Threads of pages and of REST only wait.
 */
@Service
public class Laboratory {

    /** Whom a thread of the pool works for; of no other thread. */
    private static final ThreadLocal<String> WORKS_FOR = new ThreadLocal<>();

    /** What is known of a continuation is used for longer ones in steps of so many tokens. */
    private static final int CONTINUED_AT_ONCE = 5;

    private final Memory memory;
    private final Askers askers;
    private final KeptValues kept;
    private final WorkPool pool;
    private final Map<Measurement.Key, Shared<?>> underWay = new HashMap<>(); // guarded by itself

    @Autowired
    Laboratory(Memory memory, Askers askers, KeptValues kept) {
        this(memory, askers, kept, Runtime.getRuntime().availableProcessors());
    }

    Laboratory(Memory memory, Askers askers, KeptValues kept, int cores) {
        this.memory = memory;
        this.askers = askers;
        this.kept = kept;
        this.pool = new WorkPool(cores);
    }

    /** Joins those who wait for this, or begins it. */
    public <V> Ticket<V> ask(Measurement<V> asked) {
        Optional<V> known = known(asked);
        return known.<Ticket<V>>map(value -> new Shared.Known<>(CompletableFuture.completedFuture(value)))
                .orElseGet(() -> joined(asked, asker()).ticket());
    }

    /**
     * Waits for the value.
     *
     * @throws RuntimeException what the work throws, as it is thrown
     * @throws CancellationException if the thread was interrupted
     */
    public <V> V get(Measurement<V> asked) {
        Optional<V> known = known(asked);
        if (known.isPresent()) {
            return known.get();
        }
        String worksFor = WORKS_FOR.get();
        Shared<V> shared = joined(asked, worksFor == null ? asker() : worksFor);
        Ticket<V> ticket = shared.ticket();
        if (worksFor != null) {
            run(
                    shared,
                    asked.key(),
                    worksFor); // here: to wait for another thread of the pool could be to wait for ever
        }
        try {
            return ticket.result().get();
        } catch (ExecutionException failed) {
            throw Shared.unwrapped(failed.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new CancellationException("the wait was interrupted");
        } finally {
            ticket.leave();
        }
    }

    /** The run of a model on some tokens. */
    public Run run(OpenModel model, int[] tokens) {
        return get(Measurement.quick(
                RunRef.of(model.ref(), tokens),
                "run",
                List.of(),
                () -> model.transformer().run(tokens, List.of())));
    }

    /** The run of a model on some tokens with edits; what comes before the first of them is taken from the run without. */
    public Run run(OpenModel model, int[] tokens, List<Edit> edits) {
        if (edits.isEmpty()) {
            return run(model, tokens);
        }
        return get(Measurement.quick(
                RunRef.of(model.ref(), tokens, edits),
                "run",
                List.of(),
                () -> model.transformer().rerun(run(model, tokens), edits)));
    }

    /** How a model goes on from some tokens, at least one. */
    public List<Integer> continued(OpenModel model, int[] tokens, Continuation asked) {
        if (asked.tokens() == 0) {
            return List.of();
        }
        List<?> how = Arrays.asList(asked.tokens(), asked.seed());
        return get(Measurement.quick(RunRef.of(model.ref(), tokens), "continuation", how, () -> {
            int before = (asked.tokens() - 1) / CONTINUED_AT_ONCE * CONTINUED_AT_ONCE;
            return asked.of(model.transformer(), tokens, continued(model, tokens, asked.withTokens(before)));
        }));
    }

    /** The values at a site of the run of a model on some tokens, [T, as wide as the site]. */
    public Matrix values(OpenModel model, int[] tokens, Site site) {
        return get(Measurement.quick(
                RunRef.of(model.ref(), tokens),
                "values at a site",
                List.of(site),
                () -> Matrix.of(model.transformer()
                        .activations(run(model, tokens), Set.of(site.kind()))
                        .get(site))));
    }

    private String asker() {
        String worksFor = WORKS_FOR.get();
        return worksFor == null ? askers.current() : worksFor;
    }

    @SuppressWarnings("unchecked")
    private <V> Optional<V> known(Measurement<V> asked) {
        return (Optional<V>) memory.find(asked.key());
    }

    @SuppressWarnings("unchecked")
    private <V> Shared<V> joined(Measurement<V> asked, String asker) {
        synchronized (underWay) {
            if (underWay.get(asked.key()) instanceof Shared<?> shared && shared.join()) {
                return (Shared<V>) shared;
            }
            Shared<V> begun = new Shared<>(known(asked)
                    .map(value -> new Measurement<V>(asked.key(), false, progress -> value, null)) // known by now
                    .orElseGet(() -> outliving(asked)));
            begun.join();
            underWay.put(asked.key(), begun);
            pool.submit(asker, asked.isLong(), () -> run(begun, asked.key(), asker));
            return begun;
        }
    }

    /** Whether a value of a model outlives the process. */
    boolean isKept(ModelRef model, String what) {
        return kept.find(model, what).isPresent();
    }

    /** The same measurement; a value that outlives the process is looked for first, and kept. */
    private <V> Measurement<V> outliving(Measurement<V> asked) {
        Measurement.Text<V> text = asked.text();
        if (text == null || asked.key().models().getFirst().step() != OpenModel.FINISHED) {
            return asked;
        }
        ModelRef model = asked.key().models().getFirst();
        String what = asked.key().what();
        return new Measurement<>(
                asked.key(),
                asked.isLong(),
                progress -> kept.find(model, what).map(text.read()).orElseGet(() -> {
                    V value = asked.work().apply(progress);
                    kept.keep(model, what, text.write().apply(value));
                    return value;
                }),
                null);
    }

    private <V> void run(Shared<V> shared, Measurement.Key key, String asker) {
        String before = WORKS_FOR.get();
        WORKS_FOR.set(asker);
        try {
            shared.run(value -> memory.keep(key, readOnly(key, value)), () -> forget(key, shared));
        } finally {
            if (before == null) {
                WORKS_FOR.remove();
            } else {
                WORKS_FOR.set(before);
            }
        }
    }

    /** A value that all who ask share; an array or a matrix that could be written to is a fault of who measures it. */
    private static <V> V readOnly(Measurement.Key key, V value) {
        if (value.getClass().isArray() || value instanceof org.ejml.data.Matrix) {
            throw new IllegalStateException(
                    key.what() + " is a " + value.getClass().getSimpleName()
                            + ", which whoever asks could write to; expected a Matrix, a Vector or a record");
        }
        return value;
    }

    private void forget(Measurement.Key key, Shared<?> shared) {
        synchronized (underWay) {
            underWay.remove(key, shared);
        }
    }

    @PreDestroy
    void close() {
        pool.close();
    }
}
