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
