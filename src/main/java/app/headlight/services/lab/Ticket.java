package app.headlight.services.lab;

import java.util.concurrent.CompletableFuture;

/** One person's wait for a measurement; to be left when its value is not wanted any more. */
public interface Ticket<V> {

    /** Fails with what the work threw; with a cancellation where everybody had left. */
    CompletableFuture<V> result();

    /** The share that is done, in [0, 1]. */
    double done();

    /** Waits no longer. */
    void leave();
}
