package app.headlight.engine.residual;

import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.tensor.Copies;
import app.headlight.engine.tensor.Matrix;
import app.headlight.engine.transformer.Run;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/**
 * The principal components of all (layer, position) rows of the residual stream, centred together. The sign of a
 * component is free; it is chosen so that the largest entry of its direction is positive, and the same run always looks
 * the same.
 *
 * @param explained the share of the variance along each component, in [0, 1], largest first; all zeros if the rows are
 *     equal
 * @param directions unit vectors {@code [k][D]}, zeros where no variance is left
 * @param coordinates of each row along each component, {@code [k][L+1][T]}
 */
public record Pca(List<Double> explained, double[][] directions, double[][][] coordinates) {

    /** Copies the list of shares. */
    public Pca {
        explained = List.copyOf(explained);
    }

    // Below this share of the variance a component is only the rounding of float64.
    private static final double NO_VARIANCE = 1e-13;

    /**
     * The first {@code k} components of a run, or as many as there are dimensions or rows. Computed from the
     * eigenvalues of the smaller of the rows' covariance {@code [D,D]} and their inner products {@code [rows,rows]}, in
     * float64.
     *
     * @throws Refusal if {@code k} is not positive
     */
    public static Pca of(Run run, int k) {
        if (k < 1) {
            throw new Refusal(k + " principal components; expected at least 1");
        }
        DMatrixRMaj rows = centredRows(run);
        boolean byDimensions = rows.numCols <= rows.numRows;
        int kept = Math.min(k, Math.min(rows.numCols, rows.numRows));
        DMatrixRMaj products = new DMatrixRMaj(1, 1);
        if (byDimensions) {
            CommonOps_DDRM.multInner(rows, products);
        } else {
            CommonOps_DDRM.multOuter(rows, products);
        }
        double total = CommonOps_DDRM.trace(products);
        List<Component> components = largest(products, kept);
        double[][] directions = new double[kept][];
        double[][][] coordinates = new double[kept][][];
        for (int c = 0; c < kept; c++) {
            Component component = components.get(c);
            DMatrixRMaj direction = component.value() > NO_VARIANCE * total
                    ? direction(component.vector(), rows, byDimensions)
                    : new DMatrixRMaj(rows.numCols, 1);
            directions[c] = direction.data;
            coordinates[c] = coordinates(rows, direction, run);
        }
        List<Double> explained = components.stream()
                .map(component -> total == 0 ? 0 : Math.max(0, component.value()) / total)
                .toList();
        return new Pca(explained, directions, coordinates);
    }

    private record Component(double value, DMatrixRMaj vector) {}

    private static List<Component> largest(DMatrixRMaj symmetric, int count) {
        EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(symmetric.numRows, true, true);
        if (!eigen.decompose(symmetric)) {
            throw new ArithmeticException("the principal components of this run did not converge");
        }
        return IntStream.range(0, symmetric.numRows)
                .mapToObj(i -> new Component(eigen.getEigenvalue(i).getReal(), eigen.getEigenVector(i)))
                .sorted(Comparator.comparingDouble(Component::value).reversed())
                .limit(count)
                .toList();
    }

    /** The component as a unit column [D,1], with its sign chosen. */
    private static DMatrixRMaj direction(DMatrixRMaj vector, DMatrixRMaj rows, boolean byDimensions) {
        DMatrixRMaj direction = vector;
        if (!byDimensions) {
            direction = new DMatrixRMaj(rows.numCols, 1);
            CommonOps_DDRM.multTransA(rows, vector, direction);
        }
        double length = Math.sqrt(Arrays.stream(direction.data).map(x -> x * x).sum());
        double largest = 0;
        for (double x : direction.data) {
            largest = Math.abs(x) > Math.abs(largest) ? x : largest;
        }
        CommonOps_DDRM.scale((largest < 0 ? -1 : 1) / length, direction);
        return direction;
    }

    private static double[][] coordinates(DMatrixRMaj rows, DMatrixRMaj direction, Run run) {
        DMatrixRMaj along = new DMatrixRMaj(rows.numRows, 1);
        CommonOps_DDRM.mult(rows, direction, along);
        double[][] coordinates = new double[run.config().nLayers() + 1][];
        for (int l = 0; l < coordinates.length; l++) {
            coordinates[l] = Arrays.copyOfRange(along.data, l * run.length(), (l + 1) * run.length());
        }
        return coordinates;
    }

    /** [(L+1) T, D], layer by layer, with the mean of all rows subtracted. */
    private static DMatrixRMaj centredRows(Run run) {
        DMatrixRMaj rows = new DMatrixRMaj(
                (run.config().nLayers() + 1) * run.length(), run.config().dModel());
        for (int l = 0; l <= run.config().nLayers(); l++) {
            Matrix stream = run.residual(l);
            for (int t = 0; t < stream.rows(); t++) {
                for (int d = 0; d < stream.columns(); d++) {
                    rows.set(l * stream.rows() + t, d, stream.get(t, d));
                }
            }
        }
        DMatrixRMaj mean = CommonOps_DDRM.sumCols(rows, null);
        CommonOps_DDRM.divide(mean, rows.numRows);
        for (int i = 0; i < rows.data.length; i++) {
            rows.data[i] -= mean.data[i % rows.numCols];
        }
        return rows;
    }

    /** A copy. */
    @Override
    public double[][] directions() {
        return Copies.of(directions);
    }

    /** A copy. */
    @Override
    public double[][][] coordinates() {
        return Copies.of(coordinates);
    }
}
