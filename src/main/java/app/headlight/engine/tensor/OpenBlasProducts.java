package app.headlight.engine.tensor;

import static org.bytedeco.openblas.global.openblas_nolapack.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.blas_set_num_threads;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_sgemm;

import java.util.concurrent.ForkJoinPool;
import java.util.stream.IntStream;
import org.ejml.data.FMatrixRMaj;

/**
 * The products of OpenBLAS. JavaCPP copies Java arrays to native memory for a call and back after it, even the inputs;
 * so this class copies matrices to native memory itself, once and in one direction. The native library comes from the
 * class path; JavaCPP unpacks it to {@code ~/.javacpp/cache}.
 *
 * <p>OpenBLAS's own threads are switched off: they serve one caller at a time and lose time on small products. This
 * class cuts a large product into panels, which the common pool computes in parallel.
 */
public final class OpenBlasProducts implements MatrixProducts {

    /** The least number of multiplications for which it pays to wake another thread: about 30 µs of work. */
    private static final long PANEL = 1L << 20;

    /** Panels begin at a multiple of this, so that OpenBLAS's kernels meet no incomplete block inside the matrix. */
    private static final int EDGE = 16;

    private final int cores;

    /** @throws LinkageError if the native library is not there or does not load */
    public OpenBlasProducts() {
        this(ForkJoinPool.getCommonPoolParallelism() + 1);
    }

    private OpenBlasProducts(int cores) {
        this.cores = cores;
        blas_set_num_threads(1);
        Matrix one = Matrix.of(new FMatrixRMaj(1, 1, true, 1));
        multiply(one, one, new FMatrixRMaj(1, 1)); // loads the rest of the library now, so that it fails here or never
    }

    @Override
    public String name() {
        return "OpenBLAS";
    }

    @Override
    public void multiply(Matrix a, Matrix b, FMatrixRMaj out) {
        Shapes.checkProduct("a b", a.rows(), a.columns(), b.rows(), b.columns(), out.numRows, out.numCols);
        multiply(false, a.values(), false, b.values(), out);
    }

    @Override
    public void multiplyTransB(Matrix a, Matrix b, FMatrixRMaj out) {
        Shapes.checkProduct("a bᵀ", a.rows(), a.columns(), b.columns(), b.rows(), out.numRows, out.numCols);
        multiply(false, a.values(), true, b.values(), out);
    }

    @Override
    public void multiplyTransA(Matrix a, Matrix b, FMatrixRMaj out) {
        Shapes.checkProduct("aᵀ b", a.columns(), a.rows(), b.rows(), b.columns(), out.numRows, out.numCols);
        multiply(true, a.values(), false, b.values(), out);
    }

    @Override
    public Prepared blank(int rows, int columns) {
        return NativeMatrix.blank(rows, columns);
    }

    @Override
    public void multiply(Prepared a, boolean transA, Prepared b, boolean transB, float keep, Prepared out) {
        Shapes.checkProduct(a, transA, b, transB, out);
        multiply(transA, NativeMatrix.of(a), transB, NativeMatrix.of(b), keep, NativeMatrix.of(out));
    }

    @Override
    public MatrixProducts onOneThread() {
        return new OpenBlasProducts(1);
    }

    private void multiply(boolean transA, FMatrixRMaj a, boolean transB, FMatrixRMaj b, FMatrixRMaj out) {
        try (Prepared left = prepare(a);
                Prepared right = prepare(b);
                Prepared product = blank(out.numRows, out.numCols)) {
            multiply(transA, NativeMatrix.of(left), transB, NativeMatrix.of(right), 0, NativeMatrix.of(product));
            product.read(out, 0);
        }
    }

    private void multiply(
            boolean transA, NativeMatrix a, boolean transB, NativeMatrix b, float keep, NativeMatrix out) {
        int inner = transA ? a.rows() : a.columns();
        boolean byColumns = out.columns() >= out.rows();
        int side = byColumns ? out.columns() : out.rows();
        int panels = panels(out, inner, side);
        if (panels == 1) {
            sgemm(transA, a, transB, b, keep, out, inner);
            return;
        }
        IntStream.range(0, panels).parallel().forEach(panel -> {
            int from = edge(side, panel, panels);
            int to = edge(side, panel + 1, panels);
            if (byColumns) {
                NativeMatrix part = transB ? b.rows(from, to) : b.columns(from, to);
                sgemm(transA, a, transB, part, keep, out.columns(from, to), inner);
            } else {
                NativeMatrix part = transA ? a.columns(from, to) : a.rows(from, to);
                sgemm(transA, part, transB, b, keep, out.rows(from, to), inner);
            }
        });
    }

    /** Two for each core, so that a core that is busy with other work takes fewer; fewer if the product is small. */
    private int panels(NativeMatrix out, int inner, int side) {
        long worth = (long) out.rows() * out.columns() * inner / PANEL;
        long panels = worth < 2L * cores ? Math.min(worth, cores) : 2L * cores;
        return cores == 1 ? 1 : (int) Math.max(1, Math.min(panels, side / EDGE));
    }

    private static int edge(int side, int panel, int panels) {
        return panel == panels ? side : (int) ((long) side * panel / panels) / EDGE * EDGE;
    }

    private static void sgemm(
            boolean transA, NativeMatrix a, boolean transB, NativeMatrix b, float keep, NativeMatrix out, int inner) {
        cblas_sgemm(
                CblasRowMajor,
                transA ? CblasTrans : CblasNoTrans,
                transB ? CblasTrans : CblasNoTrans,
                out.rows(),
                out.columns(),
                inner,
                1f,
                a.pointer(),
                a.stride(),
                b.pointer(),
                b.stride(),
                keep,
                out.pointer(),
                out.stride());
    }
}
