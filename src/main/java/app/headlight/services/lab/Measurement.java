package app.headlight.services.lab;

import app.headlight.engine.transformer.Progress;
import app.headlight.services.models.Memory;
import app.headlight.services.models.ModelRef;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Something that can be computed of a model or of a run: which, what, how, and the work itself.
 *
 * @param key all that the value depends on
 * @param isLong whether it may take more than a moment; such work leaves room for what is quick
 * @param work what computes it; it reports its progress, and ends where nobody waits for it any more
 */
public record Measurement<V>(Key key, boolean isLong, Function<Progress, V> work) {

    /**
     * All that a value depends on.
     *
     * @param models whose weights it is of
     * @param what is measured
     * @param how whatever else the value depends on
     */
    public record Key(List<ModelRef> models, String what, List<Object> how) implements Memory.OfModel {

        public Key {
            models = List.copyOf(models);
            how = List.copyOf(how);
            if (how.stream().anyMatch(part -> part.getClass().isArray())) {
                throw new IllegalArgumentException(what + " depends on an array, which equals no other");
            }
        }

        @Override
        public boolean isOf(ModelRef model) {
            return models.contains(model);
        }
    }

    /** What is computed of a model within a moment. */
    public static <V> Measurement<V> quick(ModelRef of, String what, List<?> how, Supplier<V> work) {
        return new Measurement<>(key(of, what, how), false, progress -> work.get());
    }

    /** What is computed of a run within a moment. */
    public static <V> Measurement<V> quick(RunRef of, String what, List<?> how, Supplier<V> work) {
        return quick(of.model(), what, List.of(of.tokens(), of.edits(), how), work);
    }

    /** What is computed of a model and may take long. */
    public static <V> Measurement<V> slow(ModelRef of, String what, List<?> how, Function<Progress, V> work) {
        return new Measurement<>(key(of, what, how), true, work);
    }

    private static Key key(ModelRef of, String what, List<?> how) {
        return new Key(List.of(of), what, List.copyOf(how));
    }
}
