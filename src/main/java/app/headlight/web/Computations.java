package app.headlight.web;

import app.headlight.transformer.Progress;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * Long computations: each is made once, whoever asks for it meanwhile or later, and ended when nobody waits for it any
 * more. What they give is kept, the least used dropped first.
 *
 * @param <K> all that a computation depends on
 */
public final class Computations<K, V> {

    private final Map<K, Shared> underWay = new HashMap<>(); // guarded by itself
    private final Cache<K, V> known;

    /** @param kept how many results */
    public Computations(int kept) {
        known = Caffeine.newBuilder().maximumSize(kept).build();
    }

    /** One person's wait for a computation; to be left when its result is not wanted any more. */
    public interface Ticket<V> {

        /** Fails with what the computation threw; with a cancellation where everybody had left. */
        CompletableFuture<V> result();

        /** The share that is done, in [0, 1]. */
        double done();

        /** Waits no longer. */
        void leave();
    }

    /** Joins the computation of that key, or begins it on a thread of its own. */
    public Ticket<V> ask(K key, Function<Progress, V> work) {
        V value = known.getIfPresent(key);
        if (value != null) {
            return new Known<>(CompletableFuture.completedFuture(value));
        }
        synchronized (underWay) {
            Shared shared = underWay.get(key);
            if (shared == null || shared.waiting == 0) {
                shared = new Shared();
                underWay.put(key, shared);
                Shared begun = shared;
                Thread.ofPlatform().daemon().name("computation").start(() -> begun.run(key, work));
            }
            shared.waiting++;
            return shared.ticket();
        }
    }

    private record Known<V>(CompletableFuture<V> result) implements Ticket<V> {

        @Override
        public double done() {
            return 1;
        }

        @Override
        public void leave() {
            // nothing is under way
        }
    }

    /** A computation and how many wait for it. */
    private final class Shared implements Progress {

        private final CompletableFuture<V> result = new CompletableFuture<>();
        private volatile double done;
        private int waiting; // guarded by underWay

        void run(K key, Function<Progress, V> work) {
            try {
                V value = work.apply(this);
                known.put(key, value);
                forget(key);
                result.complete(value);
            } catch (Throwable failed) { // whatever it is, someone waits to hear of it
                forget(key);
                result.completeExceptionally(failed);
            }
        }

        private void forget(K key) {
            synchronized (underWay) {
                underWay.remove(key, this);
            }
        }

        @Override
        public boolean goesOn(double share) {
            done = share;
            synchronized (underWay) {
                return waiting > 0;
            }
        }

        Ticket<V> ticket() {
            return new Ticket<>() {
                private boolean left; // guarded by underWay

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
                    synchronized (underWay) {
                        waiting -= left ? 0 : 1;
                        left = true;
                    }
                }
            };
        }
    }
}
