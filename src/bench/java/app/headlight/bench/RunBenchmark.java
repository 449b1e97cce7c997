package app.headlight.bench;

import app.headlight.engine.tensor.EjmlProducts;
import app.headlight.engine.tensor.OpenBlasProducts;
import app.headlight.engine.transformer.Run;
import app.headlight.engine.transformer.Transformer;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A whole run, everything kept, and the bare products in it. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class RunBenchmark {

    /** What is timed. */
    public enum Subject {
        OPEN_BLAS,
        EJML,
        BARE_PRODUCTS
    }

    @Param
    public ModelSize size = ModelSize.TWO_LAYERS_T64;

    @Param
    public Subject subject = Subject.OPEN_BLAS;

    private Runnable work = () -> {};

    @Setup
    public void prepare() {
        work = switch (subject) {
            case OPEN_BLAS -> run(size.model(new OpenBlasProducts()));
            case EJML -> run(size.model(new EjmlProducts()));
            case BARE_PRODUCTS -> new BareProducts(size)::multiply;
        };
    }

    @Benchmark
    public void time() {
        work.run();
    }

    private Runnable run(Transformer model) {
        int[] tokens = size.tokens();
        return () -> {
            Run run = model.run(tokens);
            if (!(run.logSum()[0] > 0)) {
                throw new IllegalStateException("log Σ exp of the first logits is " + run.logSum()[0]);
            }
        };
    }
}
