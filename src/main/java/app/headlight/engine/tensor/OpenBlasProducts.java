package app.headlight.engine.tensor;

import static org.bytedeco.openblas.global.openblas_nolapack.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.blas_set_num_threads;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_sgemm;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.FloatPointer;
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
        if (b instanceof HalfView half) {
            multiply(transA, NativeMatrix.of(a), transB, half, keep, NativeMatrix.of(out));
        } else {
            multiply(transA, NativeMatrix.of(a), transB, NativeMatrix.of(b), keep, NativeMatrix.of(out));
        }
    }

    @Override
    public Prepared prepare(HalfMatrix matrix) {
        return HalfView.of(matrix);
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

    /**
     * With b in 16 bits: columns of the product one panel after the other, each of as much of b as fits the cache. The
     * conversion of b takes about as long as the product with it of some ten rows.
     */
    private void multiply(boolean transA, NativeMatrix a, boolean transB, HalfView b, float keep, NativeMatrix out) {
        int inner = transA ? a.rows() : a.columns();
        int columns = Math.max(1, Floats.ROOM / Math.max(1, inner));
        int width = columns <= EDGE ? columns : columns / EDGE * EDGE;
        int panels = (out.columns() + width - 1) / width;
        IntStream all = IntStream.range(0, panels);
        (cores == 1 ? all : all.parallel()).forEach(panel -> {
            int from = panel * width;
            int to = Math.min(out.columns(), from + width);
            Floats floats = Floats.taken();
            try {
                NativeMatrix part = floats.read(transB ? b.rows(from, to) : b.columns(from, to));
                sgemm(transA, a, transB != b.isTransposed(), part, keep, out.columns(from, to), inner);
            } finally {
                floats.giveBack();
            }
        });
    }

    /** Room for a panel of a matrix in 16 bits as float32. */
    private static final class Floats {

        /** Numbers, 1 MB of them. */
        static final int ROOM = 1 << 18;

        /** Those that nobody uses at the moment: no more than have been used at a time. */
        private static final Queue<Floats> FREE = new ConcurrentLinkedQueue<>();

        private float[] values = new float[0];
        private FloatPointer memory = new FloatPointer(0);

        static Floats taken() {
            Floats free = FREE.poll();
            return free == null ? new Floats() : free;
        }

        void giveBack() {
            FREE.add(this);
        }

        /** The panel, or its transpose where that is what is stored, until the next one is read. */
        NativeMatrix read(HalfView panel) {
            int count = panel.rows() * panel.columns();
            if (count > values.length) {
                values = new float[Math.max(ROOM, count)];
                memory = new FloatPointer(values.length);
            }
            panel.readAsStored(values);
            memory.put(values, 0, count);
            return panel.isTransposed()
                    ? NativeMatrix.over(memory, panel.columns(), panel.rows())
                    : NativeMatrix.over(memory, panel.rows(), panel.columns());
        }
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
