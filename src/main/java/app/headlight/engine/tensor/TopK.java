package app.headlight.engine.tensor;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.DoublePredicate;

/** Finds the few largest or smallest of many values. */
public final class TopK {

    private TopK() {}

    /** A value of a vector and its index. */
    public record Entry(int index, float value) {}

    /** A value of a matrix and its row and column. */
    public record Cell(int row, int column, float value) {}

    /** The k largest values, largest first; of equal ones the earlier. */
    public static List<Entry> largest(float[] values, int k) {
        return best(values, k, 1);
    }

    /** The k smallest values, smallest first; of equal ones the earlier. */
    public static List<Entry> smallest(float[] values, int k) {
        return best(values, k, -1);
    }

    /**
     * The k largest entries, largest first, and of equal ones the earlier by row, then by column. The matrix is
     * multiplied out one tile at a time, never as a whole.
     */
    public static List<Cell> largest(FactoredMatrix matrix, int k, MatrixProducts products) {
        return largest(matrix, new double[matrix.rows()], k, products, done -> true);
    }

    /**
     * The same of a matrix from each row of which a number is subtracted.
     *
     * @param rowShifts what is subtracted from every entry of each row
     * @param goesOn is told the share that is done, in [0, 1], by any thread; if it answers false, the search ends
     * @throws java.util.concurrent.CancellationException if it was ended that way
     */
    public static List<Cell> largest(
            FactoredMatrix matrix, double[] rowShifts, int k, MatrixProducts products, DoublePredicate goesOn) {
        return LargestCells.of(matrix, rowShifts, k, products, goesOn);
    }

    private static List<Entry> best(float[] values, int k, int sign) {
        Comparator<Entry> worstFirst = Comparator.<Entry>comparingDouble(entry -> sign * (double) entry.value())
                .thenComparing(Comparator.comparingInt(Entry::index).reversed());
        PriorityQueue<Entry> kept = new PriorityQueue<>(worstFirst);
        for (int i = 0; i < values.length && k > 0; i++) {
            if (kept.size() < k) {
                kept.add(new Entry(i, values[i]));
            } else if (sign * values[i] > sign * kept.element().value()) {
                kept.remove();
                kept.add(new Entry(i, values[i]));
            }
        }
        List<Entry> best = new ArrayList<>(kept);
        best.sort(worstFirst.reversed());
        return List.copyOf(best);
    }
}
