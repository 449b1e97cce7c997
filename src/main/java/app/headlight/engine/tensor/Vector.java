package app.headlight.engine.tensor;

import java.util.List;

/** A float32 vector that nobody can write to, so that a cache may hold it and many may read it at the same time. */
public final class Vector {

    private final float[] values;

    private Vector(float[] values) {
        this.values = values;
    }

    /** Takes over an array without copying it: whoever gives it must not write to it any more. */
    public static Vector of(float[] values) {
        return new Vector(values);
    }

    public int size() {
        return values.length;
    }

    public float get(int index) {
        return values[index];
    }

    /** A copy of the values. */
    public float[] toArray() {
        return values.clone();
    }

    /** The k largest values, largest first; of equal ones the earlier. */
    public List<TopK.Entry> largest(int k) {
        return TopK.largest(values, k);
    }

    /** The k smallest values, smallest first; of equal ones the earlier. */
    public List<TopK.Entry> smallest(int k) {
        return TopK.smallest(values, k);
    }

    /** The rank of a value among all, 1 for the largest; equal values have the same rank. */
    public int rank(int index) {
        int rank = 1;
        for (float value : values) {
            rank += value > values[index] ? 1 : 0;
        }
        return rank;
    }

    /** Whether no value is farther from 0 than {@code bound}. */
    public boolean isWithin(double bound) {
        for (float value : values) {
            if (Math.abs(value) > bound) {
                return false;
            }
        }
        return true;
    }
}
