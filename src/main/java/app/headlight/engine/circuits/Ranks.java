package app.headlight.engine.circuits;

import java.util.Arrays;

/**
 * The ranks of a few values among many, without sorting the many: for each of the many, its place between two of the
 * few is found directly.
 */
final class Ranks {

    /**
     * The range of the few is cut into this many bins; if most have one of the few or none, a place is found directly.
     */
    private static final int SHARES = 1024;

    private final float[] few; // in rising order, each once
    private final long[] between; // how many lie below few[0], between few[0] and few[1], …
    private final long[] equal;
    private final int[] places; // by bin, how many of the few lie before it
    private final float scale;
    private long counted;

    Ranks(float[] values) {
        float[] sorted = values.clone();
        Arrays.sort(sorted);
        int distinct = 0;
        for (int i = 0; i < sorted.length; i++) {
            if (i == 0 || sorted[i] != sorted[i - 1]) {
                sorted[distinct++] = sorted[i];
            }
        }
        few = Arrays.copyOf(sorted, distinct);
        between = new long[distinct + 1];
        equal = new long[distinct];
        places = new int[SHARES];
        scale = (SHARES - 1) / Math.max(Float.MIN_NORMAL, few[distinct - 1] - few[0]);
        for (int share = 0, place = 0; share < SHARES; share++) {
            while (place < distinct && share(few[place]) < share) {
                place++;
            }
            places[share] = place;
        }
    }

    void count(float[] many, int from, int length) {
        for (int at = from; at < from + length; at++) {
            int place = place(many[at]);
            if (place < few.length && few[place] == many[at]) {
                equal[place]++;
            } else {
                between[place]++;
            }
        }
        counted += length;
    }

    /**
     * The share of the many that are less than one of the few, minus the share that are greater, in [−1, 1]; 0 if there
     * are no others.
     */
    double of(float value) {
        int place = place(value);
        long less = 0;
        for (int i = 0; i < place; i++) {
            less += between[i] + equal[i];
        }
        less += between[place];
        long more = counted - less - equal[place];
        return counted == 1 ? 0 : (double) (less - more) / (counted - 1);
    }

    /** How many of the few are less than a value. */
    private int place(float value) {
        int place = places[share(value)];
        while (place < few.length && few[place] < value) {
            place++;
        }
        return place;
    }

    /** The bin of a value. */
    private int share(float value) {
        return Math.clamp((int) ((value - few[0]) * scale), 0, SHARES - 1);
    }
}
