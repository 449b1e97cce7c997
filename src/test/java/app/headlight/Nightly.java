package app.headlight;

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
}
