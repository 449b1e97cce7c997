package app.headlight.engine.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TopKTest {

    private static final MatrixProducts PRODUCTS = MatrixProducts.fastest();

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 7, 100, 999, 1000, 1001})
    void theFewAreTheFirstOfTheSorted(int k) {
        float[] values = new float[1000];
        Random random = new Random(k);
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextInt(50); // so that most values are there many times
        }
        values[500] = Float.NEGATIVE_INFINITY;
        values[501] = Float.POSITIVE_INFINITY;
        assertThat(TopK.largest(values, k)).isEqualTo(sorted(values, -1).subList(0, Math.min(k, 1000)));
        assertThat(TopK.smallest(values, k)).isEqualTo(sorted(values, 1).subList(0, Math.min(k, 1000)));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 5, 300, 5000})
    void theLargestOfAFactoredMatrixAreTheFirstOfTheSortedAcrossBlocks(int k) {
        // Small whole numbers: products are exact, and there are many ties; 600 rows are three blocks.
        FMatrixRMaj left = wholes(600, 3, 1);
        FMatrixRMaj right = wholes(3, 40, 2);
        FMatrixRMaj dense = new FMatrixRMaj(600, 40);
        new EjmlProducts().multiply(Matrix.of(left), Matrix.of(right), dense);
        List<TopK.Cell> cells = new ArrayList<>();
        for (int at = 0; at < dense.data.length; at++) {
            cells.add(new TopK.Cell(at / 40, at % 40, dense.data[at]));
        }
        cells.sort(Comparator.comparingDouble((TopK.Cell cell) -> -cell.value())
                .thenComparingInt(TopK.Cell::row)
                .thenComparingInt(TopK.Cell::column));
        assertThat(TopK.largest(new FactoredMatrix(Matrix.of(left), Matrix.of(right)), k, PRODUCTS))
                .isEqualTo(cells.subList(0, k));
    }

    @Test
    void whatIsTakenFromRowsCountsAndTilesInBothDirectionsAreLookedThrough() {
        FMatrixRMaj left = wholes(300, 3, 3); // three tiles by three
        FMatrixRMaj right = wholes(3, 2500, 4);
        double[] shifts = new Random(5).ints(300, -3, 4).asDoubleStream().toArray();
        FMatrixRMaj dense = new FMatrixRMaj(300, 2500);
        new EjmlProducts().multiply(Matrix.of(left), Matrix.of(right), dense);
        List<TopK.Cell> cells = new ArrayList<>();
        for (int at = 0; at < dense.data.length; at++) {
            cells.add(new TopK.Cell(at / 2500, at % 2500, (float) (dense.data[at] - shifts[at / 2500])));
        }
        cells.sort(Comparator.comparingDouble((TopK.Cell cell) -> -cell.value())
                .thenComparingInt(TopK.Cell::row)
                .thenComparingInt(TopK.Cell::column));
        assertThat(TopK.largest(
                        new FactoredMatrix(Matrix.of(left), Matrix.of(right)), shifts, 700, PRODUCTS, done -> true))
                .isEqualTo(cells.subList(0, 700));
    }

    private static FMatrixRMaj wholes(int rows, int columns, int seed) {
        Random random = new Random(seed);
        FMatrixRMaj matrix = new FMatrixRMaj(rows, columns);
        for (int i = 0; i < matrix.data.length; i++) {
            matrix.data[i] = random.nextInt(9) - 4;
        }
        return matrix;
    }

    private static List<TopK.Entry> sorted(float[] values, int sign) {
        List<TopK.Entry> entries = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            entries.add(new TopK.Entry(i, values[i]));
        }
        entries.sort(Comparator.comparingDouble((TopK.Entry entry) -> sign * (double) entry.value())
                .thenComparingInt(TopK.Entry::index));
        return entries;
    }
}
