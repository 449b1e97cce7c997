package app.headlight.bench;

import app.headlight.engine.circuits.EdgeEffects;
import app.headlight.engine.circuits.EdgeTask;
import app.headlight.engine.circuits.PatchingMap;
import app.headlight.engine.tensor.OpenBlasProducts;
import app.headlight.engine.transformer.Progress;
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

/** The effects of all edges of a model with eight heads in two layers, beside one whole run. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class EdgesBenchmark {

    /** What is timed. */
    public enum Subject {
        ONE_RUN,
        EXACT,
        EAP,
        EAP_IG
    }

    @Param
    public Subject subject = Subject.ONE_RUN;

    private Runnable work = () -> {};

    @Setup
    public void prepare() {
        ModelSize size = ModelSize.STORYBOOK_T32;
        Transformer model = size.model(new OpenBlasProducts());
        int[] clean = size.tokens();
        int[] corrupt = clean.clone();
        corrupt[3] = (corrupt[3] + 1) % size.vocabulary;
        Run first = model.run(clean);
        Run second = model.run(corrupt);
        PatchingMap.Metric metric = new PatchingMap.Metric(clean.length - 1, 1, 2);
        work = () -> {
            EdgeTask task = new EdgeTask(model, first, second, metric, EdgeTask.Measure.LOGIT_DIFF);
            switch (subject) {
                case ONE_RUN -> model.run(clean);
                case EXACT -> EdgeEffects.exact(task, Progress.UNWATCHED);
                case EAP -> EdgeEffects.eap(task, Progress.UNWATCHED);
                case EAP_IG -> EdgeEffects.eapIg(task, EdgeEffects.POINTS, Progress.UNWATCHED);
            }
        };
    }

    @Benchmark
    public void time() {
        work.run();
    }
}
