package app.headlight.services.jobs;

import app.headlight.services.jobs.Job.State;
import app.headlight.services.jobs.JobStore.Claim;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One node's turn at one job. Each method that writes throws {@link LostClaimException}, and has written nothing, where
 * the job is no longer this node's.
 */
public final class Turn {

    private static final long TELL_EVERY = Duration.ofMillis(300).toNanos();

    private final Job job;
    private final Claim claim;
    private final JobStore store;
    private final long writeEvery;
    private final BooleanSupplier closing;
    private final Runnable changed;
    private volatile @Nullable State wanted;
    private volatile boolean lost;
    private volatile @Nullable Supplier<String> progress;
    private long told;
    private long written;

    /**
     * @param writeEvery how often the progress is written
     * @param closing whether this node is about to end
     * @param changed is run some times a second when the progress has changed
     */
    Turn(Job job, Claim claim, JobStore store, Duration writeEvery, BooleanSupplier closing, Runnable changed) {
        this.job = job;
        this.claim = claim;
        this.store = store;
        this.writeEvery = writeEvery.toNanos();
        this.closing = closing;
        this.changed = changed;
        told = System.nanoTime();
        written = told - this.writeEvery;
    }

    /** The job as it was when the turn began. */
    public Job job() {
        return job;
    }

    /** Whether to leave the job here; cheap, to be asked often. */
    public boolean leave() {
        return lost || wanted != null || closing.getAsBoolean();
    }

    /** Whether the job is left because someone stopped it. */
    public boolean isStopped() {
        return wanted == State.STOPPED;
    }

    /** Does work that writes, in one short transaction. */
    public void write(Runnable work) {
        store.holding(claim, work);
    }

    /** The same for something that a later turn can go on from. */
    public void save(Runnable work) {
        store.holding(claim, () -> {
            work.run();
            store.saved(claim);
        });
    }

    /** Tells how far the work is; may be called as often as there is something to tell. */
    public void progress(Supplier<String> now) {
        progress = now;
        long time = System.nanoTime();
        if (time - written > writeEvery) {
            written = time;
            store.progress(claim, now.get());
        }
        if (time - told > TELL_EVERY) {
            told = time;
            changed.run();
        }
    }

    /** What was told last; null before that. */
    @Nullable
    String progress() {
        Supplier<String> now = progress;
        return now == null ? null : now.get();
    }

    Claim claim() {
        return claim;
    }

    /** Sees what is wanted of the job, and whether it is still this node's. */
    void look() {
        try {
            store.wanted(claim).ifPresent(this::leave);
        } catch (LostClaimException another) {
            lost = true;
        }
    }

    void leave(State state) {
        wanted = state;
    }

    void lose() {
        lost = true;
    }
}
