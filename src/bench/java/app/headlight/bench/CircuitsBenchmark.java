package app.headlight.bench;

import static org.bytedeco.openblas.global.openblas_nolapack.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas_nolapack.blas_set_num_threads;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_sgemm;

import app.headlight.engine.circuits.DetectorScores;
import app.headlight.engine.circuits.ModelCircuits;
import app.headlight.engine.circuits.RepeatedTokens;
import app.headlight.engine.circuits.SkipTrigrams;
import app.headlight.engine.tensor.FactoredMatrix;
import app.headlight.engine.tensor.Matrix;
import app.headlight.engine.tensor.OpenBlasProducts;
import app.headlight.engine.tensor.TopK;
import app.headlight.engine.transformer.HeadId;
import app.headlight.engine.transformer.Progress;
import app.headlight.engine.transformer.Transformer;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.bytedeco.javacpp.FloatPointer;
import org.ejml.data.FMatrixRMaj;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The largest entries of a full OV circuit beside the bare product, and all that the page of circuits computes. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class CircuitsBenchmark {

    static final int VOCABULARY = 50_257;
    static final int RANK = 64;
    private static final int BLOCK = 512;
    private static final int TOP = 100;

    /** What is timed. */
    public enum Subject {
        BARE_PRODUCT,
        TOP_ENTRIES,
        PAGE
    }

    @Param
    public Subject subject = Subject.BARE_PRODUCT;

    private Runnable work = () -> {};

    @Setup
    public void prepare() {
        work = switch (subject) {
            case BARE_PRODUCT -> bareProduct();
            case TOP_ENTRIES -> topEntries();
            case PAGE -> page();
        };
    }

    @Benchmark
    public void time() {
        work.run();
    }

    private static Runnable topEntries() {
        FactoredMatrix circuit = new FactoredMatrix(
                Matrix.of(random(VOCABULARY, RANK)), Matrix.of(random(RANK, VOCABULARY)));
        OpenBlasProducts products = new OpenBlasProducts();
        return () -> {
            if (TopK.largest(circuit, TOP, products).size() != TOP) {
                throw new IllegalStateException("not all entries were found");
            }
        };
    }

    /** The same product in native memory, a block of rows at a time, by OpenBLAS's own threads; nobody looks at it. */
    private static Runnable bareProduct() {
        blas_set_num_threads(Runtime.getRuntime().availableProcessors());
        FloatPointer left = new FloatPointer(random(VOCABULARY, RANK).data);
        FloatPointer right = new FloatPointer(random(RANK, VOCABULARY).data);
        FloatPointer out = new FloatPointer((long) BLOCK * VOCABULARY);
        return () -> {
            for (int from = 0; from < VOCABULARY; from += BLOCK) {
                cblas_sgemm(
                        CblasRowMajor,
                        CblasNoTrans,
                        CblasNoTrans,
                        Math.min(BLOCK, VOCABULARY - from),
                        VOCABULARY,
                        RANK,
                        1f,
                        left.getPointer((long) from * RANK),
                        RANK,
                        right,
                        VOCABULARY,
                        0f,
                        out,
                        VOCABULARY);
            }
        };
    }

    /** What a first visitor of a model waits for. */
    private static Runnable page() {
        Transformer model = ModelSize.TWO_LAYERS_T64.model(new OpenBlasProducts());
        HeadId head = new HeadId(1, 3);
        return () -> {
            DetectorScores.of(model, RepeatedTokens.of(model.config()));
            ModelCircuits circuits = ModelCircuits.of(model, Progress.UNWATCHED);
            circuits.bigrams().largest(40, Progress.UNWATCHED);
            SkipTrigrams.of(model, head).strongest(40, Progress.UNWATCHED);
        };
    }

    private static FMatrixRMaj random(int rows, int columns) {
        Random random = new Random(rows);
        FMatrixRMaj matrix = new FMatrixRMaj(rows, columns);
        for (int i = 0; i < matrix.data.length; i++) {
            matrix.data[i] = (float) random.nextGaussian();
        }
        return matrix;
    }
}
