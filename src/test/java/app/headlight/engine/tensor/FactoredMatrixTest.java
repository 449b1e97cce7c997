package app.headlight.engine.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.Stream;
import org.ejml.data.Complex_F64;
import org.ejml.data.DMatrixRMaj;
import org.ejml.data.FMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.NormOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FactoredMatrixTest {

    private static final double CLOSE = 1e-4;

    /** Tall, wide and square, with an inner size below, at and above the outer ones. */
    static Stream<FactoredMatrix> shapes() {
        int[][] sizes = {
            {12, 3, 9},
            {9, 3, 12},
            {12, 3, 12},
            {3, 8, 5},
            {5, 8, 3},
            {4, 8, 4},
            {4, 8, 12},
            {12, 8, 4},
            {1, 1, 1},
            {1, 4, 1},
            {1, 4, 6},
            {6, 1, 6},
            {5, 5, 5}
        };
        return Arrays.stream(sizes).map(s -> factored(s[0], s[1], s[2]));
    }

    static Stream<FactoredMatrix> squares() {
        return shapes().filter(matrix -> matrix.rows() == matrix.columns());
    }

    private static FactoredMatrix factored(int n, int inner, int m) {
        return new FactoredMatrix(
                Matrix.of(Matrices.random(n, inner, 10 + n)), Matrix.of(Matrices.random(inner, m, 20 + m)));
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void normIsThatOfTheDenseMatrix(FactoredMatrix matrix) {
        assertThat(matrix.frobeniusNorm()).isCloseTo(NormOps_DDRM.normF(Matrices.dense(matrix)), within(1e-9));
    }

    @ParameterizedTest
    @MethodSource("squares")
    void eigenvaluesAreThoseOfTheDenseMatrixAndZeros(FactoredMatrix matrix) {
        Complex[] values = matrix.eigenvalues();
        var eigen = DecompositionFactory_DDRM.eig(matrix.rows(), false);
        assertThat(eigen.decompose(Matrices.dense(matrix))).isTrue();
        assertThat(values).hasSize(matrix.inner());
        assertThat(Arrays.stream(values)
                        .mapToDouble(Complex::magnitude)
                        .map(m -> -m)
                        .toArray())
                .isSorted();
        boolean[] used = new boolean[values.length];
        for (int i = 0; i < matrix.rows(); i++) {
            Complex_F64 dense = eigen.getEigenvalue(i);
            int nearest = -1;
            double least = dense.getMagnitude(); // the distance to a zero that is left out
            for (int j = 0; j < values.length; j++) {
                double distance = Math.hypot(values[j].re() - dense.real, values[j].im() - dense.imaginary);
                if (!used[j] && (nearest < 0 && least > 1e-6 || distance < least)) {
                    nearest = j;
                    least = distance;
                }
            }
            assertThat(least)
                    .as("distance of %s to the nearest eigenvalue not yet used", dense)
                    .isLessThan(1e-6);
            if (nearest >= 0) {
                used[nearest] = true;
            }
        }
        for (int j = 0; j < values.length; j++) {
            assertThat(used[j] || values[j].magnitude() < 1e-6)
                    .as("%s is the dense matrix's", values[j])
                    .isTrue();
        }
    }

    @Test
    void eigenvaluesOfConjugatePairsAreBothThere() {
        // A rotation by a right angle: ±i.
        Complex[] values = new FactoredMatrix(
                        Matrix.of(new FMatrixRMaj(2, 2, true, 0, -1, 1, 0)),
                        Matrix.of(new FMatrixRMaj(2, 2, true, 1, 0, 0, 1)))
                .eigenvalues();
        assertThat(values)
                .hasSize(2)
                .allSatisfy(value -> assertThat(value.magnitude()).isCloseTo(1, within(1e-12)));
        assertThat(values[0].im()).isCloseTo(-values[1].im(), within(1e-12));
        assertThat(Math.abs(values[0].angle())).isCloseTo(Math.PI / 2, within(1e-12));
    }

    @Test
    void aMatrixThatIsNotSquareHasNoEigenvalues() {
        assertThatThrownBy(() -> factored(3, 2, 4).eigenvalues())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("[3, 4]");
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void singularVectorsAndValuesGiveTheMatrixBack(FactoredMatrix matrix) {
        SingularValues svd = matrix.svd();
        int rank = Math.min(matrix.inner(), Math.min(matrix.rows(), matrix.columns()));
        assertThat(svd.s()).hasSize(rank);
        assertThat(shape(svd.u())).containsExactly(matrix.rows(), rank);
        assertThat(shape(svd.v())).containsExactly(matrix.columns(), rank);
        assertThat(Arrays.stream(svd.s()).map(s -> -s).toArray()).isSorted();
        assertThat(svd.s()[rank - 1]).isNotNegative();
        assertOrthonormal(svd.u());
        assertOrthonormal(svd.v());
        DMatrixRMaj back = new DMatrixRMaj(matrix.rows(), matrix.columns());
        DMatrixRMaj us = svd.u().copy();
        CommonOps_DDRM.multCols(us, svd.s());
        CommonOps_DDRM.multTransB(us, svd.v(), back);
        assertClose(back, Matrices.dense(matrix), 1e-9);
    }

    @Test
    void theSumOfSquaredSingularValuesIsTheSquaredNorm() {
        FactoredMatrix matrix = factored(30, 7, 20);
        double squares = Arrays.stream(matrix.svd().s()).map(s -> s * s).sum();
        assertThat(Math.sqrt(squares)).isCloseTo(matrix.frobeniusNorm(), within(1e-9));
    }

    @Test
    void equalSingularValuesAllTakePart() {
        assertThat(new SingularValues(new DMatrixRMaj(4, 4), new double[] {2, 2, 2, 2}, new DMatrixRMaj(4, 4))
                        .participationRatio())
                .isCloseTo(4, within(1e-12));
        assertThat(new FactoredMatrix(Matrix.of(new FMatrixRMaj(3, 2)), Matrix.of(new FMatrixRMaj(2, 3)))
                        .svd()
                        .participationRatio())
                .isZero();
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void aProductStaysFactoredAndIsTheDenseProduct(FactoredMatrix matrix) {
        for (int inner : new int[] {1, 5, 9}) {
            FactoredMatrix other = factored(matrix.columns(), inner, 7);
            FactoredMatrix product = matrix.times(other);
            assertThat(product.inner()).isEqualTo(Math.min(matrix.inner(), inner));
            DMatrixRMaj expected = new DMatrixRMaj(matrix.rows(), 7);
            CommonOps_DDRM.mult(Matrices.dense(matrix), Matrices.dense(other), expected);
            assertClose(Matrices.dense(product), expected, CLOSE);
        }
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void rowsAndColumnsAreTheDenseMatrixs(FactoredMatrix matrix) {
        DMatrixRMaj dense = Matrices.dense(matrix);
        for (int row = 0; row < matrix.rows(); row++) {
            float[] values = matrix.row(row);
            assertThat(values).hasSize(matrix.columns());
            for (int column = 0; column < values.length; column++) {
                assertThat((double) values[column]).isCloseTo(dense.get(row, column), within(CLOSE));
            }
        }
        for (int column = 0; column < matrix.columns(); column++) {
            float[] values = matrix.column(column);
            assertThat(values).hasSize(matrix.rows());
            for (int row = 0; row < values.length; row++) {
                assertThat((double) values[row]).isCloseTo(dense.get(row, column), within(CLOSE));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void theTransposeIsTheDenseTranspose(FactoredMatrix matrix) {
        assertClose(Matrices.dense(matrix.transpose()), CommonOps_DDRM.transpose(Matrices.dense(matrix), null), 1e-12);
    }

    @ParameterizedTest
    @MethodSource("squares")
    void theFactorsAndNotTheirScalesMakeTheMatrix(FactoredMatrix matrix) {
        FMatrixRMaj left = matrix.left().copy();
        FMatrixRMaj right = matrix.right().copy();
        for (int i = 0; i < left.data.length; i++) {
            left.data[i] *= 4; // a power of two, so that nothing is rounded
        }
        for (int i = 0; i < right.data.length; i++) {
            right.data[i] /= 4;
        }
        FactoredMatrix same = new FactoredMatrix(Matrix.of(left), Matrix.of(right));
        assertThat(same.frobeniusNorm()).isCloseTo(matrix.frobeniusNorm(), within(1e-9));
        assertThat(same.svd().s()).containsExactly(matrix.svd().s(), within(1e-9));
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void normAndSingularValuesAreTheTransposesToo(FactoredMatrix matrix) {
        assertThat(matrix.transpose().frobeniusNorm()).isCloseTo(matrix.frobeniusNorm(), within(1e-9));
        assertThat(matrix.transpose().svd().s()).containsExactly(matrix.svd().s(), within(1e-9));
    }

    @Test
    void factorsThatDoNotFitAreNamed() {
        assertThatThrownBy(() -> new FactoredMatrix(Matrix.of(new FMatrixRMaj(2, 3)), Matrix.of(new FMatrixRMaj(4, 5))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("[2, 3]", "[4, 5]");
        assertThatThrownBy(() -> factored(2, 3, 4).times(factored(5, 3, 2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("[2, 4]", "[5, 2]");
        assertThatThrownBy(() -> factored(2, 3, 4).row(2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("row 2", "[2, 4]");
        assertThatThrownBy(() -> factored(2, 3, 4).column(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("column -1", "[2, 4]");
    }

    private static int[] shape(DMatrixRMaj matrix) {
        return new int[] {matrix.numRows, matrix.numCols};
    }

    private static void assertOrthonormal(DMatrixRMaj columns) {
        DMatrixRMaj gram = new DMatrixRMaj(columns.numCols, columns.numCols);
        CommonOps_DDRM.multInner(columns, gram);
        assertClose(gram, CommonOps_DDRM.identity(columns.numCols), 1e-9);
    }

    private static void assertClose(DMatrixRMaj actual, DMatrixRMaj expected, double tolerance) {
        assertThat(shape(actual)).containsExactly(shape(expected));
        DMatrixRMaj difference = new DMatrixRMaj(actual.numRows, actual.numCols);
        CommonOps_DDRM.subtract(actual, expected, difference);
        assertThat(Matrices.largest(difference))
                .isLessThanOrEqualTo(tolerance * Math.max(1, Matrices.largest(expected)));
    }
}
