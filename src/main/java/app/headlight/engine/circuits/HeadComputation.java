package app.headlight.engine.circuits;

import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.transformer.HeadId;
import app.headlight.engine.transformer.Norm;
import app.headlight.engine.transformer.Run;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.ejml.data.FMatrixRMaj;

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
    public record Source(int position, float score, float weight, float[] k, float[] v) {}

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
        FMatrixRMaj pattern = run.pattern(head);
        FMatrixRMaj scores = run.scores(head);
        FMatrixRMaj keys = run.ofHead(run.k(layer), head.head());
        FMatrixRMaj values = run.ofHead(run.v(layer), head.head());
        List<Source> sources = new ArrayList<>();
        IntStream.rangeClosed(0, destination)
                .boxed()
                .sorted(Comparator.comparingDouble(s -> -pattern.get(destination, s)))
                .limit(most)
                .sorted()
                .forEach(s -> sources.add(new Source(
                        s, scores.get(destination, s), pattern.get(destination, s), row(keys, s), row(values, s))));
        float[] before = row(run.residual(layer), destination);
        return new HeadComputation(
                destination,
                sources,
                read(run, layer, destination, before),
                row(run.ofHead(run.q(layer), head.head()), destination),
                row(run.ofHead(run.z(layer), head.head()), destination),
                row(run.result(head), destination),
                before,
                row(run.residual(layer + 1), destination));
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
        for (int i = 0; i < read.length; i++) {
            read[i] = (float) ((stream[i] - mean) * run.normScale(layer)[position]);
        }
        return read;
    }

    private static float[] row(FMatrixRMaj matrix, int index) {
        return Arrays.copyOfRange(matrix.data, index * matrix.numCols, (index + 1) * matrix.numCols);
    }
}
