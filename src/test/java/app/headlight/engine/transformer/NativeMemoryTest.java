package app.headlight.engine.transformer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import app.headlight.engine.tensor.EjmlProducts;
import app.headlight.engine.tensor.MatrixProducts;
import app.headlight.engine.tensor.OpenBlasProducts;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.Pointer;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Models hold native memory for as long as they are reached, and no longer. */
class NativeMemoryTest {

    private static final int D = 64;
    private static final int V = 4096;
    private static final int[] TOKENS = new Random(3).ints(24, 0, V).toArray();
    private static final Config CONFIG = Config.builder()
            .sizes(2, D, 4, D / 4, V, 32)
            .positions(Positions.SHORTFORMER)
            .norm(Norm.LN_PRE)
            .build();

    /** What the copies of one model's weights take. */
    private static final long MODEL = 4L * (D * V + 2 * 4 * D * D);

    @Test
    void aModelsMemoryGoesWithTheModel() throws InterruptedException {
        long before = settled();
        Transformer model = model(new OpenBlasProducts());
        Run run = model.run(TOKENS);
        assertThat(Pointer.totalBytes()).isGreaterThanOrEqualTo(before + MODEL);
        assertThat(model.config()).isEqualTo(run.config()); // the model is reached until here
        model = null;
        assertThat(settled()).isLessThan(before + MODEL);
        assertThat(run.logits().toArray()).doesNotContain(Float.NaN); // a run needs no model
    }

    @Test
    void aRunLeavesNoNativeMemoryBehind() {
        Transformer model = model(new OpenBlasProducts());
        model.run(TOKENS);
        long before = Pointer.totalBytes();
        for (int i = 0; i < 20; i++) {
            model.run(TOKENS);
        }
        assertThat(Pointer.totalBytes()).isLessThanOrEqualTo(before);
        assertThat(model.products().name()).isEqualTo("OpenBLAS");
    }

    @Tag("nightly")
    @Test
    void aModelThatIsDroppedWhileItRunsRunsToTheEnd() throws Exception {
        float[] expected = model(new OpenBlasProducts()).run(TOKENS).logits().toArray();
        try (ExecutorService threads = Executors.newFixedThreadPool(3)) {
            // A full collection stops every thread: with no pause between them the runs would hardly come to their
            // turn.
            Future<?> collecting = threads.submit(() -> {
                while (true) {
                    System.gc();
                    Thread.sleep(50);
                }
            });
            // Nothing but the run itself holds the model.
            List<Future<float[]>> runs = IntStream.range(0, 10)
                    .mapToObj(i -> threads.submit(() ->
                            model(new OpenBlasProducts()).run(TOKENS).logits().toArray()))
                    .toList();
            for (Future<float[]> run : runs) {
                assertThat(Arrays.mismatch(run.get(), expected)).isEqualTo(-1);
            }
            collecting.cancel(true);
        }
    }

    @Test
    void bothProductsGiveTheSameRun() {
        Run openBlas = model(new OpenBlasProducts()).run(TOKENS);
        Run ejml = model(new EjmlProducts()).run(TOKENS);
        assertThat(openBlas.loss()).containsExactly(ejml.loss(), within(1e-4));
        for (HeadId head : model(new EjmlProducts()).heads()) {
            assertThat(openBlas.pattern(head).toArray())
                    .containsExactly(ejml.pattern(head).toArray(), within(1e-5f));
            assertThat(openBlas.result(head).toArray())
                    .containsExactly(ejml.result(head).toArray(), within(1e-4f));
        }
    }

    /** The native memory in use once the collector has been through, or after two seconds. */
    private static long settled() throws InterruptedException {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 20; i++) {
            System.gc();
            Thread.sleep(100);
            long now = Pointer.totalBytes();
            if (i > 2 && now >= least) {
                break;
            }
            least = Math.min(least, now);
        }
        return least;
    }

    private static Transformer model(MatrixProducts products) {
        Random random = new Random(1);
        Weights weights = Weights.zeros(CONFIG);
        weights.tensors().forEach(tensor -> {
            float[] values = weights.get(tensor.name()).data;
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) random.nextGaussian() / 8;
            }
        });
        return new Transformer(CONFIG, weights, products);
    }

    private static FMatrixRMaj matrix(Random random, int rows, int columns) {
        FMatrixRMaj matrix = new FMatrixRMaj(rows, columns);
        for (int i = 0; i < matrix.data.length; i++) {
            matrix.data[i] = (float) random.nextGaussian() / 8;
        }
        return matrix;
    }
}
