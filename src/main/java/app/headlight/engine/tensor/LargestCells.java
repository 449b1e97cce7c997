package app.headlight.engine.tensor;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.DoublePredicate;
import java.util.stream.IntStream;
import org.ejml.data.FMatrixRMaj;

/**
 * Finds the largest entries of a product that is never in memory as a whole: tiles that fit into the cache of a core
 * are multiplied out and searched at once; each core works on its own rows.
 */
final class LargestCells {

    private static final int ROWS = 128;
    private static final int COLUMNS = 1024;

    /** The best last; of equal ones the later counts as worse. */
    private static final Comparator<TopK.Cell> WORST_FIRST = Comparator.comparingDouble(TopK.Cell::value)
            .thenComparing(Comparator.comparingInt(TopK.Cell::row)
                    .thenComparingInt(TopK.Cell::column)
                    .reversed());

    private final FactoredMatrix matrix;
    private final double[] rowShifts;
    private final int k;
    private final MatrixProducts alone;
    private final DoublePredicate goesOn;
    private final AtomicInteger done = new AtomicInteger();

    private LargestCells(
            FactoredMatrix matrix, double[] rowShifts, int k, MatrixProducts alone, DoublePredicate goesOn) {
        this.matrix = matrix;
        this.rowShifts = rowShifts;
        this.k = k;
        this.alone = alone;
        this.goesOn = goesOn;
    }

    /** The k largest of matrix[i, j] − rowShifts[i], largest first. */
    static List<TopK.Cell> of(
            FactoredMatrix matrix, double[] rowShifts, int k, MatrixProducts products, DoublePredicate goesOn) {
        if (k < 1) {
            return List.of();
        }
        MatrixProducts alone = products.onOneThread();
        LargestCells search = new LargestCells(matrix, rowShifts, k, alone, goesOn);
        int blocks = (matrix.rows() + ROWS - 1) / ROWS;
        int shares = Math.min(blocks, 4 * (ForkJoinPool.getCommonPoolParallelism() + 1));
        try (Prepared right = alone.prepare(matrix.right())) {
            return IntStream.range(0, shares)
                    .parallel()
                    .mapToObj(share -> search.among(blocks * share / shares, blocks * (share + 1) / shares, right))
                    .flatMap(List::stream)
                    .sorted(WORST_FIRST.reversed())
                    .limit(k)
                    .toList();
        }
    }

    /** The largest entries in some blocks of rows. */
    private List<TopK.Cell> among(int fromBlock, int toBlock, Prepared right) {
        PriorityQueue<TopK.Cell> kept = new PriorityQueue<>(WORST_FIRST);
        FMatrixRMaj tile = new FMatrixRMaj(ROWS, COLUMNS);
        // Native memory is allocated once: to allocate and free it for every tile takes longer than to search the tile.
        try (Prepared left = alone.blank(ROWS, matrix.inner());
                Prepared product = alone.blank(ROWS, COLUMNS)) {
            for (int block = fromBlock; block < toBlock; block++) {
                if (!goesOn.test((double) done.getAndIncrement() * ROWS / matrix.rows())) {
                    throw new CancellationException("the largest entries are not wanted any more");
                }
                int top = block * ROWS;
                int rows = Math.min(ROWS, matrix.rows() - top);
                Prepared factor = left.rows(0, rows);
                factor.write(rows(top, rows));
                for (int from = 0; from < matrix.columns(); from += COLUMNS) {
                    int to = Math.min(matrix.columns(), from + COLUMNS);
                    Prepared part = product.rows(0, rows).columns(0, to - from);
                    alone.multiply(factor, right.columns(from, to), part);
                    tile.reshape(rows, to - from);
                    part.read(tile, 0);
                    keep(tile, top, from, kept);
                }
            }
        }
        return new ArrayList<>(kept);
    }

    private FMatrixRMaj rows(int top, int rows) {
        FMatrixRMaj part = new FMatrixRMaj(rows, matrix.inner());
        System.arraycopy(matrix.left().values().data, top * matrix.inner(), part.data, 0, part.data.length);
        return part;
    }

    private void keep(FMatrixRMaj tile, int top, int left, PriorityQueue<TopK.Cell> kept) {
        for (int row = 0; row < tile.numRows; row++) {
            double shift = rowShifts[top + row];
            float least = least(kept, shift);
            float[] values = tile.data;
            int begin = row * tile.numCols;
            int end = begin + tile.numCols;
            for (int at = begin; at < end; at++) {
                if (values[at] >= least) {
                    kept.add(new TopK.Cell(top + row, left + at - begin, (float) (values[at] - shift)));
                    if (kept.size() > k) {
                        kept.remove();
                    }
                    least = least(kept, shift);
                }
            }
        }
    }

    /** The value that an entry must reach before the shift of its row is subtracted; rounding never makes it larger. */
    private float least(PriorityQueue<TopK.Cell> kept, double shift) {
        return kept.size() < k
                ? Float.NEGATIVE_INFINITY
                : Math.nextDown((float) (kept.element().value() + shift));
    }
}
