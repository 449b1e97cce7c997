package app.headlight.circuits;

import java.util.Arrays;

/** Where some values stand among many, without sorting the many: each of those is put between two of the few, at once. */
final class Ranks {

    /** Into so many shares the way is cut; where most hold one of the few or none, a place is found at once. */
    private static final int SHARES = 1024;

    private final float[] few; // rising, each once
    private final long[] between; // how many lie below few[0], between few[0] and few[1], …
    private final long[] equal;
    private final int[] places; // by share of the way from the least of the few to the largest, how many lie before it
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
     * The share of the others among the many that are less than one of the few, less the share that are more: in [−1, 1]; 0
     * where there are no others.
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

    /** How many of the few are less. */
    private int place(float value) {
        int place = places[share(value)];
        while (place < few.length && few[place] < value) {
            place++;
        }
        return place;
    }

    /** Rises with the value. */
    private int share(float value) {
        return Math.clamp((int) ((value - few[0]) * scale), 0, SHARES - 1);
    }
}
