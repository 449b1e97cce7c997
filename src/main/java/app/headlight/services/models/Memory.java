package app.headlight.services.models;

import app.headlight.engine.refusal.Refusal;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * All that is kept of models: their weights, and every value computed from them. It is bounded by one share of the heap,
 * with the native memory that a value holds counted as well; beyond it the least used goes and is computed again. With a
 * model goes what was computed from it, since such values may hold its weights.
 */
@Component
public class Memory {

    private static final int MOST_PERCENT = 80;

    private final Cache<Object, Held> held;

    /** @param percent of the heap, from 1 to 80 */
    public Memory(@Value("${headlight.memory-percent:45}") int percent) {
        if (percent < 1 || percent > MOST_PERCENT) {
            throw new Refusal("headlight.memory-percent is " + percent + "; expected 1 to " + MOST_PERCENT
                    + " percent of the heap");
        }
        held = Caffeine.newBuilder()
                .maximumWeight(Runtime.getRuntime().maxMemory() / 1024 * percent / 100)
                .<Object, Held>weigher((key, value) -> value.kilobytes())
                .removalListener((key, value, cause) -> forgetWith(key))
                .build();
    }

    /** Something of a model, which goes when the model does. */
    public interface OfModel {

        boolean isOf(ModelRef model);
    }

    private record Held(Object value, int kilobytes) {

        /** Caffeine weighs in ints, so that bytes would overflow. */
        static Held of(Object value, long bytes) {
            return new Held(value, Math.toIntExact(Math.min(Integer.MAX_VALUE, 1 + bytes / 1024)));
        }
    }

    /** What is kept under a key. */
    public Optional<Object> find(Object key) {
        return Optional.ofNullable(held.getIfPresent(key)).map(Held::value);
    }

    /** Keeps a value, weighed by all that it holds. */
    public void keep(Object key, Object value) {
        held.put(key, Held.of(value, HeldBytes.of(key) + HeldBytes.of(value)));
    }

    /** What is kept under a key, or else is made; whoever asks for it meanwhile waits. */
    @SuppressWarnings("unchecked")
    <V> V get(Object key, Supplier<V> make, ToLongFunction<V> bytes) {
        return (V) held.get(key, asked -> {
                    V made = make.get();
                    return Held.of(made, bytes.applyAsLong(made));
                })
                .value();
    }

    /** What all that is kept holds at the moment, in bytes. */
    public long bytes() {
        held.cleanUp();
        return 1024 * held.policy().eviction().orElseThrow().weightedSize().orElseThrow();
    }

    private void forgetWith(Object key) {
        if (key instanceof ModelRef model) {
            held.asMap().keySet().removeIf(other -> other instanceof OfModel value && value.isOf(model));
        }
    }
}
