package app.headlight.services.lab;

import app.headlight.engine.transformer.Progress;
import app.headlight.services.models.Memory;
import app.headlight.services.models.ModelRef;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Something that can be computed of a model or of a run: which, what, how, and the work itself.
 *
 * @param key all that the value depends on
 * @param isLong whether it may take more than a moment; such work leaves room for what is quick
 * @param work what computes it; it reports its progress, and ends where nobody waits for it any more
 * @param text how the value is written where it outlives the process; null where it does not
 */
public record Measurement<V>(
        Key key,
        boolean isLong,
        Function<? super Growing<V>, V> work,
        @Nullable Text<V> text) {

    /** Whom a work tells how far it is, and what of its value is known so far. */
    public interface Growing<V> extends Progress {

        /** What those who wait may show until the value itself is there. */
        void soFar(V part);
    }

    /** A value as text, and back. */
    public record Text<V>(Function<V, String> write, Function<String, V> read) {}

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
        return new Measurement<>(key(of, what, how), false, progress -> work.get(), null);
    }

    /**
     * What is computed of a model's weights alone, is small and costs much: it is kept in the database.
     *
     * @param what is measured, under another name where it is measured in another way than in the last version
     */
    public static <V> Measurement<V> kept(ModelRef of, String what, Text<V> text, Supplier<V> work) {
        return new Measurement<>(key(of, what, List.of()), false, progress -> work.get(), text);
    }

    /** What is computed of a run within a moment. */
    public static <V> Measurement<V> quick(RunRef of, String what, List<?> how, Supplier<V> work) {
        return quick(of.model(), what, List.of(of.tokens(), of.edits(), how), work);
    }

    /** What is computed of a model and may take long. */
    public static <V> Measurement<V> slow(ModelRef of, String what, List<?> how, Function<Progress, V> work) {
        return new Measurement<>(key(of, what, how), true, work, null);
    }

    /** What may take long, and is worth looking at before it is whole. */
    public static <V> Measurement<V> growing(ModelRef of, String what, List<?> how, Function<Growing<V>, V> work) {
        return new Measurement<>(key(of, what, how), true, work, null);
    }

    private static Key key(ModelRef of, String what, List<?> how) {
        return new Key(List.of(of), what, List.copyOf(how));
    }
}
