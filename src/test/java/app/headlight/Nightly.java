package app.headlight;

import java.util.List;
import java.util.stream.IntStream;

/**
 * How often what repeats is done: a few times in {@code ./mvnw verify}, and as often as it should be in
 * {@code ./mvnw verify -Pnightly}.
 */
public final class Nightly {

    private static final boolean NIGHT = Boolean.getBoolean("headlight.nightly");

    private Nightly() {}

    /**
     * @param few in each run
     * @param all by night
     */
    public static int times(int few, int all) {
        return NIGHT ? all : few;
    }

    /**
     * Some of what is tried one by one: every {@code apart}th of it in each run, from the first on, and all by night.
     *
     * @param apart at least 1
     */
    public static <T> List<T> some(int apart, List<T> all) {
        return IntStream.range(0, all.size())
                .filter(i -> NIGHT || i % apart == 0)
                .mapToObj(all::get)
                .toList();
    }
}
