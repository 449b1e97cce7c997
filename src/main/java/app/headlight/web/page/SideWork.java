package app.headlight.web.page;

import app.headlight.engine.transformer.Progress;
import app.headlight.services.lab.Ticket;
import java.util.concurrent.CompletableFuture;

/**
 * Work on a thread of its own that is no measurement, such as waiting for another server, as {@link LongWork} shows it.
 * It ends where it is left.
 */
public final class SideWork<V> implements Ticket<V>, Progress {

    private final CompletableFuture<V> result = new CompletableFuture<>();
    private volatile double done;
    private volatile boolean left;

    private SideWork() {}

    /** What is done; it may fail with whatever it likes. */
    @FunctionalInterface
    public interface Work<V> {

        V done(Progress progress) throws Exception;
    }

    /** Begins it. */
    public static <V> SideWork<V> begin(String name, Work<V> work) {
        SideWork<V> begun = new SideWork<>();
        Thread.ofVirtual().name(name).start(() -> {
            try {
                begun.result.complete(work.done(begun));
            } catch (Throwable failed) { // whatever it is, someone waits to hear of it
                begun.result.completeExceptionally(failed);
            }
        });
        return begun;
    }

    @Override
    public boolean goesOn(double share) {
        done = share;
        return !left;
    }

    @Override
    public CompletableFuture<V> result() {
        return result;
    }

    @Override
    public double done() {
        return done;
    }

    @Override
    public void leave() {
        left = true;
    }
}
