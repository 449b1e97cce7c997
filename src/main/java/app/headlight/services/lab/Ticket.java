package app.headlight.services.lab;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** One person's wait for a measurement; to be left when its value is not wanted any more. */
public interface Ticket<V> {

    /** Fails with what the work threw; with a cancellation where everybody had left. */
    CompletableFuture<V> result();

    /** The share that is done, in [0, 1]. */
    double done();

    /** What is known of a value that grows, while it does. */
    default Optional<V> soFar() {
        return Optional.empty();
    }

    /** Waits no longer. */
    void leave();
}
