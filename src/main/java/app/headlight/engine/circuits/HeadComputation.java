package app.headlight.engine.circuits;

import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.tensor.Matrix;
import app.headlight.engine.transformer.FrozenNorm;
import app.headlight.engine.transformer.HeadId;
import app.headlight.engine.transformer.Rotary;
import app.headlight.engine.transformer.Run;
import app.headlight.engine.transformer.Transformer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

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
     * @param score q k divided by the model's scale, and capped if the model does that
     * @param weight the pattern's entry
     * @param k its key, {@code [K]}, turned by its position where positions are rotary
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
     * The computation of a head in a run of {@code model}.
     *
     * @param most how many sources to return
     * @throws Refusal if the run has no such position
     */
    public static HeadComputation of(Transformer model, Run run, HeadId head, int destination, int most) {
        if (destination < 0 || destination >= run.length()) {
            throw new Refusal("there is no position " + destination + " in a run of " + run.length() + " tokens");
        }
        int layer = head.layer();
        Matrix pattern = run.pattern(head);
        Matrix scores = run.scores(head);
        Matrix keys = run.ofHead(run.k(layer), head.head());
        Rotary rotary = model.config().rotary();
        Matrix values = run.ofHead(run.v(layer), head.head());
        List<Source> sources = new ArrayList<>();
        IntStream.rangeClosed(
                        Math.max(0, destination + 1 - Math.min(model.config().window(layer), destination + 1)),
                        destination)
                .boxed()
                .sorted(Comparator.comparingDouble(s -> -pattern.get(destination, s)))
                .limit(most)
                .sorted()
                .forEach(s -> sources.add(new Source(
                        s,
                        scores.get(destination, s),
                        pattern.get(destination, s),
                        turned(rotary, keys.row(s), s),
                        values.row(s))));
        float[] before = run.residual(layer).row(destination);
        float[] query = run.ofHead(run.q(layer), head.head()).row(destination);
        return new HeadComputation(
                destination,
                sources,
                read(FrozenNorm.ofAttention(model, run, layer), destination, before),
                turned(rotary, query, destination),
                run.ofHead(run.z(layer), head.head()).row(destination),
                run.result(head).row(destination),
                before,
                run.residual(layer + 1).row(destination));
    }

    private static float[] read(FrozenNorm norm, int position, float[] stream) {
        double[] read = doubles(stream);
        norm.read(read, position);
        float[] bias = norm.bias();
        for (int d = 0; bias != null && d < read.length; d++) {
            read[d] += bias[d];
        }
        return floats(read);
    }

    private static float[] turned(@Nullable Rotary rotary, float[] row, int position) {
        if (rotary == null) {
            return row;
        }
        double[] turned = doubles(row);
        rotary.turn(turned, position);
        return floats(turned);
    }

    private static double[] doubles(float[] values) {
        double[] doubles = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            doubles[i] = values[i];
        }
        return doubles;
    }

    private static float[] floats(double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
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
