package app.headlight.engine.training;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * Chooses the steps at which something is done: some spaced logarithmically, so that early changes are not missed, and
 * some evenly, so that late ones are not missed either.
 */
final class Milestones {

    private Milestones() {}

    /**
     * The steps of about {@code count} checkpoints: half of them evenly within the steps where most happens, the others as
     * {@link #of} spaces them.
     *
     * @param from the first step of those where most happens
     * @param to the last; where it is not greater than {@code from}, there are none
     */
    static List<Long> dense(long last, int count, long from, long to) {
        if (from >= to) {
            return of(last, count / 2, count - count / 2);
        }
        int within = count / 2;
        int logarithmic = (count - within) / 2;
        TreeSet<Long> steps = new TreeSet<>(of(last, logarithmic, count - within - logarithmic));
        for (int i = 0; i <= within; i++) {
            steps.add(from + (to - from) * i / within);
        }
        return new ArrayList<>(steps);
    }

    /** Steps 0 and {@code last}, and about {@code logarithmic} + {@code even} between them, in order. */
    static List<Long> of(long last, int logarithmic, int even) {
        TreeSet<Long> steps = new TreeSet<>(List.of(0L, last));
        for (int i = 1; i <= logarithmic; i++) {
            steps.add(Math.round(Math.pow(last, (double) i / (logarithmic + 1))));
        }
        for (int i = 1; i <= even; i++) {
            steps.add(last * i / (even + 1));
        }
        return new ArrayList<>(steps);
    }
}
