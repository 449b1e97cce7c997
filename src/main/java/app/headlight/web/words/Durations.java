package app.headlight.web.words;

/** Writes durations in words. */
public final class Durations {

    private static final int MINUTE = 60;
    private static final int HOUR = 60 * MINUTE;

    private Durations() {}

    /** So many seconds, as people say them: {@code 90 s}, {@code 3 min}. */
    public static String text(double seconds) {
        long whole = Math.round(Math.max(0, seconds));
        if (whole < 2 * MINUTE) {
            return whole + " s";
        }
        return whole < 2 * HOUR ? Math.round(whole / 60.0) + " min" : Math.round(whole / 3600.0) + " h";
    }
}
