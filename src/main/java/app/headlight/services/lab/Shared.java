package app.headlight.services.lab;

import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A measurement under way, and how many wait for it. */
final class Shared<V> implements Measurement.Growing<V> {

    private final Measurement<V> measurement;
    private final CompletableFuture<V> result = new CompletableFuture<>();
    private volatile double done;
    private volatile @Nullable V soFar;
    private int waiting; // guarded by this
    private boolean begun; // guarded by this

    Shared(Measurement<V> measurement) {
        this.measurement = measurement;
    }

    /** Joins those who wait; false where everybody had left, so that it ends. */
    synchronized boolean join() {
        if (waiting == 0 && begun) {
            return false;
        }
        waiting++;
        return true;
    }

    private synchronized boolean begin() {
        boolean first = !begun;
        begun = true;
        return first;
    }

    /**
     * Computes the value, unless that has begun elsewhere.
     *
     * @param keep told the value before those who wait are
     * @param end called before those who wait are told, whatever the outcome
     */
    void run(Consumer<V> keep, Runnable end) {
        if (!begin()) {
            return;
        }
        try {
            report(0, 1);
            V value = measurement.work().apply(this);
            keep.accept(value);
            end.run();
            result.complete(value);
        } catch (Throwable failed) { // whatever it is, someone waits to hear of it
            end.run();
            result.completeExceptionally(failed);
        }
    }

    @Override
    public boolean goesOn(double share) {
        done = share;
        synchronized (this) {
            return waiting > 0;
        }
    }

    @Override
    public void soFar(V part) {
        soFar = part;
    }

    private synchronized void leave() {
        waiting--;
    }

    /** That of one who has joined. */
    Ticket<V> ticket() {
        return new Ticket<>() {
            private boolean left;

            @Override
            public CompletableFuture<V> result() {
                return result;
            }

            @Override
            public double done() {
                return done;
            }

            @Override
            public Optional<V> soFar() {
                return Optional.ofNullable(soFar);
            }

            @Override
            public synchronized void leave() {
                if (!left) {
                    left = true;
                    Shared.this.leave();
                }
            }
        };
    }

    /** A wait that is over: the value is known. */
    record Known<V>(CompletableFuture<V> result) implements Ticket<V> {

        @Override
        public double done() {
            return 1;
        }

        @Override
        public void leave() {
            // nothing is under way
        }
    }

    /** What a wait for a result ended with, as it was thrown. */
    static RuntimeException unwrapped(Throwable cause) {
        return switch (cause) {
            case Error error -> throw error;
            case CancellationException cancelled -> cancelled;
            case RuntimeException unchecked -> unchecked;
            default -> new IllegalStateException(cause);
        };
    }
}
