package app.headlight.engine.circuits;

import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.tensor.Matrix;
import app.headlight.engine.transformer.HeadId;
import app.headlight.engine.transformer.Norm;
import app.headlight.engine.transformer.Run;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The computation of one head at one destination of a run, in the order in which it happens ({@code docs/maths.md},
 * "Forward pass").
 *
 * @param sources the sources with the largest weights, the earliest position first
 * @param x what values are computed from at the destination: the stream, after the norm if there is one, {@code [D]};
 *     without the shortformer positions, which only queries and keys read
 * @param q the query, {@code [K]}
 * @param z the sum of the values times their weights, over all sources, {@code [K]}
 * @param result what the head writes, z W_O, {@code [D]}
 * @param before the stream before the layer, {@code [D]}
 * @param after the stream after the whole layer, {@code [D]}
 */
public record HeadComputation(
        int destination,
        List<Source> sources,
        float[] x,
        float[] q,
        float[] z,
        float[] result,
        float[] before,
        float[] after) {

    /**
     * One source.
     *
     * @param score q k / sqrt(K)
     * @param weight the pattern's entry
     * @param k its key, {@code [K]}
     * @param v its value, {@code [K]}
     */
    public record Source(int position, float score, float weight, float[] k, float[] v) {
        /** A copy. */
        @Override
        public float[] k() {
            return k.clone();
        }

        /** A copy. */
        @Override
        public float[] v() {
            return v.clone();
        }
    }

    /** Copies the list. */
    public HeadComputation {
        sources = List.copyOf(sources);
    }

    /**
     * The computation of a head in a run.
     *
     * @param most how many sources to return
     * @throws Refusal if the run has no such position
     */
    public static HeadComputation of(Run run, HeadId head, int destination, int most) {
        if (destination < 0 || destination >= run.length()) {
            throw new Refusal("there is no position " + destination + " in a run of " + run.length() + " tokens");
        }
        int layer = head.layer();
        Matrix pattern = run.pattern(head);
        Matrix scores = run.scores(head);
        Matrix keys = run.ofHead(run.k(layer), head.head());
        Matrix values = run.ofHead(run.v(layer), head.head());
        List<Source> sources = new ArrayList<>();
        IntStream.rangeClosed(0, destination)
                .boxed()
                .sorted(Comparator.comparingDouble(s -> -pattern.get(destination, s)))
                .limit(most)
                .sorted()
                .forEach(s -> sources.add(new Source(
                        s, scores.get(destination, s), pattern.get(destination, s), keys.row(s), values.row(s))));
        float[] before = run.residual(layer).row(destination);
        return new HeadComputation(
                destination,
                sources,
                read(run, layer, destination, before),
                run.ofHead(run.q(layer), head.head()).row(destination),
                run.ofHead(run.z(layer), head.head()).row(destination),
                run.result(head).row(destination),
                before,
                run.residual(layer + 1).row(destination));
    }

    private static float[] read(Run run, int layer, int position, float[] stream) {
        if (run.config().norm() == Norm.NONE) {
            return stream;
        }
        double mean = IntStream.range(0, stream.length)
                .mapToDouble(i -> stream[i])
                .average()
                .orElse(0);
        float[] read = new float[stream.length];
        float scale = run.normScale(layer)[position];
        for (int i = 0; i < read.length; i++) {
            read[i] = (float) ((stream[i] - mean) * scale);
        }
        return read;
    }

    /** A copy. */
    @Override
    public float[] x() {
        return x.clone();
    }

    /** A copy. */
    @Override
    public float[] q() {
        return q.clone();
    }

    /** A copy. */
    @Override
    public float[] z() {
        return z.clone();
    }

    /** A copy. */
    @Override
    public float[] result() {
        return result.clone();
    }

    /** A copy. */
    @Override
    public float[] before() {
        return before.clone();
    }

    /** A copy. */
    @Override
    public float[] after() {
        return after.clone();
    }
}
