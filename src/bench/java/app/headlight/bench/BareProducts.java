package app.headlight.bench;

import static org.bytedeco.openblas.global.openblas_nolapack.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.blas_set_num_threads;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_sgemm;

import java.util.Random;
import org.bytedeco.javacpp.FloatPointer;

/**
 * The matrix products of a run and nothing else: OpenBLAS on native memory, called straight, one after another, with its
 * own threads on every core. What it computes means nothing; sizes, strides and the memory that is read are a run's.
 */
final class BareProducts {

    private final ModelSize size;
    private final FloatPointer[][] weights; // by layer: W_Q, W_K, W_V, W_O, each [D, D]
    private final FloatPointer unembedding; // [D, V]
    private final FloatPointer x; // [T, D]
    private final FloatPointer[] qkvz = new FloatPointer[4]; // each [T, H K]
    private final FloatPointer scores; // [T, T] for each head
    private final FloatPointer results; // [T, D] for each head
    private final FloatPointer logits; // [T, V]

    BareProducts(ModelSize size) {
        this.size = size;
        blas_set_num_threads(Runtime.getRuntime().availableProcessors());
        long d = size.dModel;
        long t = size.length;
        weights = new FloatPointer[size.layers][4];
        for (FloatPointer[] layer : weights) {
            for (int i = 0; i < layer.length; i++) {
                layer[i] = random(d * d);
            }
        }
        unembedding = random(d * size.vocabulary);
        x = random(t * d);
        for (int i = 0; i < qkvz.length; i++) {
            qkvz[i] = random(t * d);
        }
        scores = random(size.heads * t * t);
        results = random(size.heads * t * d);
        logits = random(t * size.vocabulary);
    }

    void multiply() {
        int t = size.length;
        int d = size.dModel;
        int k = size.dHead();
        for (FloatPointer[] layer : weights) {
            for (int i = 0; i < 3; i++) {
                product(CblasNoTrans, t, d, d, x, d, layer[i], d, qkvz[i], d);
            }
            for (int h = 0; h < size.heads; h++) {
                FloatPointer square = scores.getPointer((long) h * t * t);
                FloatPointer z = qkvz[3].getPointer((long) h * k);
                FloatPointer out = layer[3].getPointer((long) h * k * d);
                product(CblasTrans, t, t, k, part(0, h), d, part(1, h), d, square, t);
                product(CblasNoTrans, t, k, t, square, t, part(2, h), d, z, d);
                product(CblasNoTrans, t, d, k, z, d, out, d, results.getPointer((long) h * t * d), d);
            }
        }
        product(CblasNoTrans, t, size.vocabulary, d, x, d, unembedding, size.vocabulary, logits, size.vocabulary);
    }

    private FloatPointer part(int which, int head) {
        return qkvz[which].getPointer((long) head * size.dHead());
    }

    private static void product(
            int transB,
            int m,
            int n,
            int k,
            FloatPointer a,
            int strideA,
            FloatPointer b,
            int strideB,
            FloatPointer out,
            int strideOut) {
        // By a thousandth: the products feed one another over and over, and are to stay ordinary numbers.
        float scale = 1e-3f;
        cblas_sgemm(CblasRowMajor, CblasNoTrans, transB, m, n, k, scale, a, strideA, b, strideB, 0f, out, strideOut);
    }

    private static FloatPointer random(long count) {
        Random random = new Random(count);
        float[] values = new float[(int) count];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextFloat() + 0.5f;
        }
        return new FloatPointer(values);
    }
}
