package app.headlight.bench;

import app.headlight.engine.tensor.OpenBlasProducts;
import app.headlight.engine.training.Examples;
import app.headlight.engine.training.Recipe;
import app.headlight.engine.training.Task;
import app.headlight.engine.training.Trainer;
import app.headlight.engine.transformer.Pass;
import app.headlight.engine.transformer.Norm;
import app.headlight.engine.transformer.Positions;
import app.headlight.engine.transformer.PreparedWeights;
import app.headlight.engine.transformer.Weights;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A step of training on two threads, and the bare products in it: the same ones on the same memory. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class TrainingBenchmark {

    /** What is timed. */
    public enum Subject {
        STEP,
        BARE_PRODUCTS
    }

    static final Recipe RECIPE = Recipe.repeats()
            .with()
            .model(2, 128, 4, 32)
            .vocabulary(2048)
            .steps(1_000_000)
            .rows(32)
            .learningRate(1e-4, 0)
            .build();

    @Param
    public Subject subject = Subject.STEP;

    private final ExecutorService threads = Executors.newFixedThreadPool(RECIPE.threads());
    private Runnable work = () -> {};

    @Setup
    public void prepare() {
        if (subject == Subject.STEP) {
            Trainer trainer = new Trainer(RECIPE, Examples.of(RECIPE), new OpenBlasProducts());
            work = trainer::advance;
            return;
        }
        List<RecordedProducts> shares = Stream.generate(TrainingBenchmark::share)
                .limit(RECIPE.threads())
                .toList();
        List<Callable<Void>> replays = shares.stream()
                .map(products -> (Callable<Void>) () -> {
                    products.replay();
                    return null;
                })
                .toList();
        work = () -> together(replays);
    }

    @TearDown
    public void end() {
        threads.shutdown();
    }

    @Benchmark
    public void time() {
        work.run();
    }

    /** The products of one thread's share of a step. */
    static RecordedProducts share() {
        RecordedProducts products = new RecordedProducts();
        int rows = RECIPE.rows() / RECIPE.threads();
        Random random = new Random(1);
        int[][] windows = new int[rows][];
        for (int i = 0; i < rows; i++) {
            windows[i] = random.ints(RECIPE.context() + 1, 0, RECIPE.vocabulary()).toArray();
        }
        Weights weights = Weights.zeros(RECIPE.config());
        weights.matrices().forEach(matrix -> {
            for (int i = 0; i < matrix.length; i++) {
                matrix[i] = (float) random.nextGaussian() / 10;
            }
        });
        new Pass(RECIPE.config(), rows, RECIPE.context(), products)
                .gradient(
                        PreparedWeights.trainable(RECIPE.config(), weights, false, products),
                        windows,
                        1e-3f,
                        Weights.zeros(RECIPE.config()));
        return products;
    }

    private void together(List<Callable<Void>> replays) {
        try {
            for (Future<Void> replay : threads.invokeAll(replays)) {
                replay.get();
            }
        } catch (Exception broken) {
            throw new IllegalStateException(broken);
        }
    }
}
