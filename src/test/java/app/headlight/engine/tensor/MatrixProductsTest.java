package app.headlight.engine.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.data.FMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.CommonOps_FDRM;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MatrixProductsTest {

    private record Case(MatrixProducts products, int m, int k, int n) {
        @Override
        public String toString() {
            return products.name() + " " + m + "×" + k + "×" + n;
        }
    }

    static Stream<MatrixProducts> implementations() {
        return Stream.of(new EjmlProducts(), new OpenBlasProducts());
    }

    static Stream<Case> cases() {
        int[][] sizes = {
            {1, 1, 1},
            {1, 7, 1},
            {7, 1, 1},
            {1, 1, 7},
            {5, 1, 9},
            {1, 33, 65},
            {65, 33, 1},
            {3, 0, 4},
            {0, 3, 4},
            {4, 3, 0},
            {17, 31, 13},
            {64, 64, 64},
            {100, 37, 999},
            {999, 37, 100},
            {300, 257, 301},
            {2, 700, 4099}
        };
        return implementations()
                .flatMap(products -> Arrays.stream(sizes).map(s -> new Case(products, s[0], s[1], s[2])));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void productsAreThoseOfDoublePrecision(Case of) {
        FMatrixRMaj a = Matrices.random(of.m, of.k, 1);
        FMatrixRMaj b = Matrices.random(of.k, of.n, 2);
        DMatrixRMaj expected = new DMatrixRMaj(of.m, of.n);
        if (of.k > 0) {
            CommonOps_DDRM.mult(Matrices.widened(a), Matrices.widened(b), expected);
        }
        FMatrixRMaj out = junk(of.m, of.n);
        of.products.multiply(Matrix.of(a), Matrix.of(b), out);
        assertSame(out, expected);

        FMatrixRMaj transB = junk(of.m, of.n);
        of.products.multiplyTransB(Matrix.of(a), Matrix.of(CommonOps_FDRM.transpose(b, null)), transB);
        assertSame(transB, expected);

        FMatrixRMaj transA = junk(of.m, of.n);
        of.products.multiplyTransA(Matrix.of(CommonOps_FDRM.transpose(a, null)), Matrix.of(b), transA);
        assertSame(transA, expected);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void preparedProductsAreThoseOfDoublePrecision(Case of) {
        FMatrixRMaj a = Matrices.random(of.m, of.k, 1);
        FMatrixRMaj b = Matrices.random(of.k, of.n, 2);
        DMatrixRMaj expected = new DMatrixRMaj(of.m, of.n);
        if (of.k > 0) {
            CommonOps_DDRM.mult(Matrices.widened(a), Matrices.widened(b), expected);
        }
        MatrixProducts products = of.products;
        Prepared out = products.prepare(junk(of.m, of.n));
        products.multiply(products.prepare(a), products.prepare(b), out);
        assertSame(out.read(), expected);

        Prepared transB = products.prepare(junk(of.m, of.n));
        products.multiplyTransB(products.prepare(a), products.prepare(CommonOps_FDRM.transpose(b, null)), transB);
        assertSame(transB.read(), expected);
    }

    @ParameterizedTest
    @MethodSource("implementations")
    void viewsMultiplyAsTheirCopiesDoAndLeaveTheRestAlone(MatrixProducts products) {
        FMatrixRMaj a = Matrices.random(20, 30, 3);
        FMatrixRMaj b = Matrices.random(40, 25, 4);
        FMatrixRMaj around = Matrices.random(18, 22, 5);
        Prepared out = products.prepare(around);
        products.multiply(
                products.prepare(a).rows(2, 13).columns(5, 17),
                products.prepare(b).columns(1, 9).rows(20, 32),
                out.columns(3, 11).rows(4, 15));

        FMatrixRMaj expected = new FMatrixRMaj(11, 8);
        new EjmlProducts()
                .multiply(
                        Matrix.of(CommonOps_FDRM.extract(a, 2, 13, 5, 17)),
                        Matrix.of(CommonOps_FDRM.extract(b, 20, 32, 1, 9)),
                        expected);
        FMatrixRMaj whole = around.copy();
        CommonOps_FDRM.insert(expected, whole, 4, 3);
        assertSame(out.read(), Matrices.widened(whole));
        assertSame(out.rows(4, 15).columns(3, 11).read(), Matrices.widened(expected));
    }

    @ParameterizedTest
    @MethodSource("implementations")
    void transposedProductsAddToWhatIsKept(MatrixProducts products) {
        FMatrixRMaj a = Matrices.random(13, 31, 8);
        FMatrixRMaj b = Matrices.random(31, 22, 9);
        FMatrixRMaj before = Matrices.random(13, 22, 10);
        FMatrixRMaj product = new FMatrixRMaj(13, 22);
        new EjmlProducts().multiply(Matrix.of(a), Matrix.of(b), product);
        FMatrixRMaj sum = CommonOps_FDRM.add(product, before, null);
        for (MatrixProducts each : List.of(products, products.onOneThread())) {
            for (boolean transA : new boolean[] {false, true}) {
                for (boolean transB : new boolean[] {false, true}) {
                    Prepared left = each.prepare(transA ? CommonOps_FDRM.transpose(a, null) : a);
                    Prepared right = each.prepare(transB ? CommonOps_FDRM.transpose(b, null) : b);
                    Prepared out = each.prepare(before);
                    each.multiply(left, transA, right, transB, 1, out);
                    assertSame(out.read(), Matrices.widened(sum));
                    each.multiply(left, transA, right, transB, 0, out);
                    assertSame(out.read(), Matrices.widened(product));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("implementations")
    void preparedMatricesAddAndCopyIntoViews(MatrixProducts products) {
        Prepared whole = products.prepare(new FMatrixRMaj(2, 3, true, 1, 2, 3, 4, 5, 6));
        Prepared values = products.prepare(new FMatrixRMaj(2, 2, true, 10, 20, 30, 40));
        whole.columns(1, 3).add(values);
        assertThat(whole.read().data).containsExactly(1, 12, 23, 4, 35, 46);
        whole.columns(0, 2).copy(values);
        assertThat(whole.read().data).containsExactly(10, 20, 23, 30, 40, 46);
        values.add(values.rows(0, 2));
        assertThat(values.read().data).containsExactly(20, 40, 60, 80);
        refused(() -> whole.add(values), "[2, 2]", "[2, 3]");
    }

    @ParameterizedTest
    @MethodSource("implementations")
    void whatIsWrittenToAViewShowsInTheWhole(MatrixProducts products) {
        Prepared whole = products.prepare(new FMatrixRMaj(3, 4));
        whole.rows(1, 3).columns(2, 4).write(new FMatrixRMaj(2, 2, true, 1, 2, 3, 4));
        assertThat(whole.read().data).containsExactly(0, 0, 0, 0, 0, 0, 1, 2, 0, 0, 3, 4);
        FMatrixRMaj taller = new FMatrixRMaj(3, 2);
        whole.rows(1, 3).columns(2, 4).read(taller, 1);
        assertThat(taller.data).containsExactly(0, 0, 1, 2, 3, 4);
    }

    @ParameterizedTest
    @MethodSource("implementations")
    void aPreparedMatrixIsACopy(MatrixProducts products) {
        FMatrixRMaj matrix = new FMatrixRMaj(1, 2, true, 1, 2);
        Prepared prepared = products.prepare(matrix);
        matrix.data[0] = 9;
        assertThat(prepared.read().data).containsExactly(1, 2);
    }

    @ParameterizedTest
    @MethodSource("implementations")
    void innerSizesThatDifferAreNamedWithBothShapes(MatrixProducts products) {
        FMatrixRMaj a = new FMatrixRMaj(2, 3);
        FMatrixRMaj b = new FMatrixRMaj(4, 5);
        FMatrixRMaj out = new FMatrixRMaj(2, 5);
        refused(() -> products.multiply(Matrix.of(a), Matrix.of(b), out), "[2, 3]", "[4, 5]", "3 and 4");
        refused(
                () -> products.multiplyTransB(Matrix.of(a), Matrix.of(b), new FMatrixRMaj(2, 4)),
                "[2, 3]",
                "[5, 4]",
                "3 and 5",
                "bᵀ");
        refused(
                () -> products.multiplyTransA(Matrix.of(a), Matrix.of(b), new FMatrixRMaj(3, 5)),
                "[3, 2]",
                "[4, 5]",
                "2 and 4",
                "aᵀ");
        refused(
                () -> products.multiply(products.prepare(a), products.prepare(b), products.blank(2, 5)),
                "[2, 3]",
                "[4, 5]");
        refused(
                () -> products.multiplyTransB(products.prepare(a), products.prepare(b), products.blank(2, 4)),
                "[2, 3]",
                "[5, 4]");
    }

    @ParameterizedTest
    @MethodSource("implementations")
    void anOutputOfTheWrongShapeIsNamedWithTheRightOne(MatrixProducts products) {
        FMatrixRMaj a = new FMatrixRMaj(2, 3);
        FMatrixRMaj b = new FMatrixRMaj(3, 5);
        refused(
                () -> products.multiply(Matrix.of(a), Matrix.of(b), new FMatrixRMaj(5, 2)),
                "[5, 2]",
                "[2, 5]",
                "[2, 3]",
                "[3, 5]");
        refused(
                () -> products.multiply(products.prepare(a), products.prepare(b), products.blank(5, 2)),
                "[5, 2]",
                "[2, 5]");
    }

    @ParameterizedTest
    @MethodSource("implementations")
    void viewsAndCopiesOutsideAMatrixAreRefused(MatrixProducts products) {
        Prepared matrix = products.blank(2, 3);
        refused(() -> matrix.rows(1, 3), "rows 1 to 3", "2");
        refused(() -> matrix.columns(-1, 2), "columns -1 to 2", "3");
        refused(() -> matrix.write(new FMatrixRMaj(3, 2)), "[3, 2]", "[2, 3]");
        refused(() -> matrix.read(new FMatrixRMaj(2, 3), 1), "[2, 3]", "row 1");
    }

    @Test
    void matricesOfOtherProductsAreRefused() {
        MatrixProducts ejml = new EjmlProducts();
        MatrixProducts openBlas = new OpenBlasProducts();
        refused(() -> ejml.multiply(openBlas.blank(1, 1), ejml.blank(1, 1), ejml.blank(1, 1)), "EJML");
        refused(() -> openBlas.multiply(ejml.blank(1, 1), openBlas.blank(1, 1), openBlas.blank(1, 1)), "OpenBLAS");
    }

    @Test
    void aClosedMatrixIsRefusedNotRead() {
        MatrixProducts products = new OpenBlasProducts();
        Prepared matrix = products.prepare(new FMatrixRMaj(2, 2));
        Prepared view = matrix.rows(0, 1);
        view.close();
        assertThat(matrix.read().data).containsExactly(0, 0, 0, 0);
        matrix.close();
        assertThatThrownBy(view::read).isInstanceOf(IllegalStateException.class).hasMessageContaining("closed");
    }

    @Test
    void manyThreadsMultiplyAtOnce() {
        MatrixProducts products = new OpenBlasProducts();
        FMatrixRMaj a = Matrices.random(120, 200, 6);
        FMatrixRMaj b = Matrices.random(200, 400, 7);
        FMatrixRMaj expected = new FMatrixRMaj(120, 400);
        products.multiply(Matrix.of(a), Matrix.of(b), expected);
        List<float[]> all = IntStream.range(0, 64)
                .parallel()
                .mapToObj(i -> {
                    FMatrixRMaj out = new FMatrixRMaj(120, 400);
                    products.multiply(Matrix.of(a), Matrix.of(b), out);
                    return out.data;
                })
                .toList();
        assertThat(all)
                .allSatisfy(
                        data -> assertThat(Arrays.mismatch(data, expected.data)).isEqualTo(-1));
    }

    @Test
    void openBlasIsTheFastestWhereItLoads() {
        assertThat(MatrixProducts.fastest().name()).isEqualTo("OpenBLAS");
    }

    @Test
    void ejmlServesWhereOpenBlasDoesNotLoad() {
        MatrixProducts products = Fastest.choose(() -> {
            throw new UnsatisfiedLinkError("no jniopenblas in java.library.path");
        });
        assertThat(products.name()).isEqualTo("EJML");
        assertThat(Fastest.choose(() -> {
                            throw new NoClassDefFoundError("org/bytedeco/javacpp/Loader");
                        })
                        .name())
                .isEqualTo("EJML");
    }

    private static void refused(Runnable wrong, String... named) {
        assertThatThrownBy(wrong::run)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(named);
    }

    /** An output whose old values must not matter. */
    private static FMatrixRMaj junk(int rows, int columns) {
        FMatrixRMaj junk = new FMatrixRMaj(rows, columns);
        Arrays.fill(junk.data, 77);
        return junk;
    }

    private static void assertSame(FMatrixRMaj actual, DMatrixRMaj expected) {
        assertThat(actual.numRows).isEqualTo(expected.numRows);
        assertThat(actual.numCols).isEqualTo(expected.numCols);
        double tolerance = 1e-4 * Math.max(1e-3, Matrices.largest(expected));
        for (int i = 0; i < expected.data.length; i++) {
            assertThat(Math.abs(actual.data[i] - expected.data[i]))
                    .as("entry %d", i)
                    .isLessThanOrEqualTo(tolerance);
        }
    }
}
