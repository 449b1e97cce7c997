package app.headlight.tensor;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.ejml.data.FMatrixRMaj;
import org.ejml.dense.row.CommonOps_FDRM;

/** The few largest or smallest of many values. */
public final class TopK {

    /** Rows of a factored matrix that are multiplied out at a time. */
    private static final int BLOCK = 256;

    /** Of equal ones the later is the worse. */
    private static final Comparator<Cell> WORST_FIRST = Comparator.comparingDouble(Cell::value)
            .thenComparing(Comparator.comparingInt(Cell::row)
                    .thenComparingInt(Cell::column)
                    .reversed());

    private TopK() {}

    /** A value of a vector and where it stands. */
    public record Entry(int index, float value) {}

    /** A value of a matrix and where it stands. */
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
     * The k largest entries, largest first, and of equal ones the earlier by row, then by column. Multiplied out a block of
     * rows at a time: never the whole matrix.
     */
    public static List<Cell> largest(FactoredMatrix matrix, int k, MatrixProducts products) {
        PriorityQueue<Cell> kept = new PriorityQueue<>(WORST_FIRST);
        for (int from = 0; from < matrix.rows() && k > 0; from += BLOCK) {
            int to = Math.min(matrix.rows(), from + BLOCK);
            FMatrixRMaj rows = CommonOps_FDRM.extract(matrix.left(), from, to, 0, matrix.inner());
            FMatrixRMaj block = new FMatrixRMaj(to - from, matrix.columns());
            products.multiply(rows, matrix.right(), block);
            keepLargest(block, from, k, kept);
        }
        List<Cell> cells = new ArrayList<>(kept);
        cells.sort(WORST_FIRST.reversed());
        return cells;
    }

    private static void keepLargest(FMatrixRMaj block, int firstRow, int k, PriorityQueue<Cell> kept) {
        float least = kept.size() < k ? Float.NEGATIVE_INFINITY : kept.element().value();
        for (int at = 0; at < block.data.length; at++) {
            float value = block.data[at];
            if (value > least) {
                kept.add(new Cell(firstRow + at / block.numCols, at % block.numCols, value));
                if (kept.size() > k) {
                    kept.remove();
                }
                least = kept.size() < k
                        ? Float.NEGATIVE_INFINITY
                        : kept.element().value();
            }
        }
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
        return best;
    }
}
