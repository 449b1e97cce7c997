package app.headlight.engine.circuits;

import app.headlight.engine.tensor.Matrix;
import app.headlight.engine.tensor.MatrixProducts;
import app.headlight.engine.transformer.Config;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import org.ejml.data.FMatrixRMaj;
import org.ejml.dense.row.CommonOps_FDRM;

/**
 * The composition of random weights, as a baseline: the ratio of norms of matrices of the same shapes with independent
 * standard normal entries, measured by drawing them {@value #DRAWS} times from a fixed seed (Elhage et al. 2021, "A
 * Mathematical Framework for Transformer Circuits", Two-Layer Attention-Only Transformers: the baseline that is
 * subtracted).
 *
 * @param mean the mean of the draws
 * @param deviation the standard deviation of a draw
 */
public record RandomComposition(double mean, double deviation) {

    /** The number of draws. */
    public static final int DRAWS = 60;

    private static final long SEED = 2021;
    private static final Map<Shapes, RandomComposition> MEASURED = new ConcurrentHashMap<>();

    /** The shape of a writer, or of a reader transposed. */
    sealed interface Shape {

        /** A product {@code [D, K] [K, D]}. */
        record OfHead(int dModel, int dHead) implements Shape {}

        /** The embedding, or the unembedding transposed, {@code [V, D]}. */
        record OfVocabulary(int dVocab, int dModel) implements Shape {}
    }

    private record Shapes(Shape writer, Shape reader) {}

    /** The baseline of a pair of shapes, measured once. */
    static RandomComposition of(Shape writer, Shape reader, MatrixProducts products) {
        return MEASURED.computeIfAbsent(new Shapes(writer, reader), shapes -> measure(shapes, products, SEED));
    }

    /** The baseline of two heads of a model of this configuration, drawn from another seed. */
    public static RandomComposition ofHeads(Config config, MatrixProducts products, long seed) {
        Shape head = new Shape.OfHead(config.dModel(), config.dHead());
        return measure(new Shapes(head, head), products, seed);
    }

    private static RandomComposition measure(Shapes shapes, MatrixProducts products, long seed) {
        Random random = new Random(seed);
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < DRAWS; i++) {
            StreamEnd writer = draw(shapes.writer, random);
            double ratio = writer.ratio(draw(shapes.reader, random), products);
            sum += ratio;
            squares += ratio * ratio;
        }
        double mean = sum / DRAWS;
        return new RandomComposition(mean, Math.sqrt(Math.max(0, squares - sum * mean) / (DRAWS - 1)));
    }

    private static StreamEnd draw(Shape shape, Random random) {
        return switch (shape) {
            case Shape.OfVocabulary all -> new StreamEnd(Matrix.of(randomR(all.dVocab, all.dModel, random)), false);
            case Shape.OfHead head -> {
                FMatrixRMaj inner = new FMatrixRMaj(head.dHead, head.dModel);
                for (int i = 0; i < inner.data.length; i++) {
                    inner.data[i] = (float) random.nextGaussian();
                }
                FMatrixRMaj outer = randomR(head.dModel, head.dHead, random);
                yield new StreamEnd(Matrix.of(CommonOps_FDRM.mult(outer, inner, null)), false);
            }
        };
    }

    /**
     * The R of a QR of a random matrix {@code [n, k]}, without drawing that matrix: χ with n, n−1, … degrees of freedom
     * on the diagonal, normal above it (Bartlett 1933).
     */
    private static FMatrixRMaj randomR(int n, int k, Random random) {
        FMatrixRMaj r = new FMatrixRMaj(Math.min(n, k), k);
        for (int i = 0; i < r.numRows; i++) {
            r.set(i, i, (float) Math.sqrt(2 * gamma((n - i) / 2.0, random)));
            for (int j = i + 1; j < k; j++) {
                r.set(i, j, (float) random.nextGaussian());
            }
        }
        return r;
    }

    /** A gamma-distributed number, for a shape that is a multiple of ½ (Marsaglia and Tsang 2000). */
    private static double gamma(double shape, Random random) {
        if (shape < 1) {
            double normal = random.nextGaussian();
            return normal * normal / 2;
        }
        double d = shape - 1.0 / 3;
        while (true) {
            double x = random.nextGaussian();
            double v = Math.pow(1 + x / Math.sqrt(9 * d), 3);
            if (v > 0 && Math.log(random.nextDouble()) < x * x / 2 + d - d * v + d * Math.log(v)) {
                return d * v;
            }
        }
    }
}
