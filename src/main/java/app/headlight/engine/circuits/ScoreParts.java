package app.headlight.engine.circuits;

import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.tensor.Copies;
import app.headlight.engine.tensor.Matrix;
import app.headlight.engine.tensor.Vector;
import app.headlight.engine.transformer.Edit;
import app.headlight.engine.transformer.FrozenNorm;
import app.headlight.engine.transformer.Head;
import app.headlight.engine.transformer.HeadId;
import app.headlight.engine.transformer.Positions;
import app.headlight.engine.transformer.Rotary;
import app.headlight.engine.transformer.Run;
import app.headlight.engine.transformer.Transformer;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.ejml.data.FMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * The parts of the attention scores of one head in a run: the stream that its query and its key read is a sum over
 * writers, so a score is a sum over pairs of writers ({@code docs/maths.md}, "Where an attention score comes from";
 * Elhage et al. 2021, "A Mathematical Framework for Transformer Circuits", Path Expansion of Attention Scores).
 *
 * <pre>score[d,s] = Σ_u Σ_v (u[d] W_Q) · (v[s] W_K) / scale</pre>
 *
 * <p>The scale is the model's own: √K, or what its configuration says. Every writer goes through the norm with the scale
 * that the run has at the position, except shortformer positions, which are added after the norm. Rotary queries and keys
 * are turned by their positions. Where the model caps its scores, the parts are of the score before the cap. What a head writes is its result in the run, with the
 * interventions.
 */
public final class ScoreParts {

    private final Transformer model;
    private final Run run;
    private final Head head;
    private final List<StreamWriter> writers;
    private final FrozenNorm norm;

    private ScoreParts(Transformer model, Run run, Head head) {
        this.model = model;
        this.run = run;
        this.head = head;
        this.writers = StreamWriter.before(head.id().layer(), model.config());
        this.norm = FrozenNorm.ofAttention(model, run, head.id().layer());
    }

    /**
     * The parts of the scores of a head in a run of {@code model}. Throws {@link Refusal} if there is
     * no such head.
     */
    public static ScoreParts of(Transformer model, Run run, HeadId head) {
        return new ScoreParts(model, run, model.head(head));
    }

    /**
     * Whether the scores of a head in a run are such sums: not where an edit changes the stream itself before it, or the
     * queries, keys or scores of the head.
     */
    public static boolean isPossible(Run run, HeadId head) {
        return run.edits().stream().map(Edit::site).noneMatch(site -> switch (site.kind()) {
            case EMBED, POS_EMBED -> true;
            case RESID_PRE -> site.layer() <= head.layer();
            case Q, K, SCORES -> site.layer() == head.layer() && site.head() == head.head();
            case ATTN_OUT, RESID_MID, RESID_POST -> site.layer() < head.layer();
            default -> false;
        });
    }

    /** The writers whose sum the head reads. */
    public List<StreamWriter> writers() {
        return writers;
    }

    /**
     * The parts of one score.
     *
     * @param score the model's own
     * @param cap c, if the score is c·tanh(sum/c); 0 if it is the sum
     * @param writers the writers of the rows and of the columns
     * @param parts by the writer of the query side, then by that of the key side
     */
    public record Split(
            int destination, int source, double score, double cap, List<StreamWriter> writers, double[][] parts) {

        /** The sum of all parts, which should be the model's own score, before the cap if there is one. */
        public double sum() {
            return Arrays.stream(bySide(Side.QUERY)).sum();
        }

        /** The writer that adds most to the score on one side. */
        public StreamWriter largest(Side side) {
            double[] sums = bySide(side);
            int best = 0;
            for (int w = 1; w < sums.length; w++) {
                best = sums[w] > sums[best] ? w : best;
            }
            return writers.get(best);
        }

        /** What one writer adds to the score on one side, summed over the other side. */
        public double of(StreamWriter writer, Side side) {
            return bySide(side)[writers.indexOf(writer)];
        }

        /** What each writer adds to the score on one side, summed over the other side. */
        public double[] bySide(Side side) {
            double[] sums = new double[writers.size()];
            for (int u = 0; u < parts.length; u++) {
                for (int v = 0; v < parts[u].length; v++) {
                    sums[side == Side.QUERY ? u : v] += parts[u][v];
                }
            }
            return sums;
        }

        /** A copy. */
        @Override
        public double[][] parts() {
            return Copies.of(parts);
        }
    }

    /** The two sides of a score. */
    public enum Side {
        /** The side of the destination. */
        QUERY,
        /** The side of the source. */
        KEY
    }

    /**
     * The score of a destination and a source by pairs of writers: 4 W D K operations for W writers.
     *
     * @throws Refusal naming a position that does not exist, or if the source comes after the
     *     destination
     */
    public Split at(int destination, int source) {
        Submatrix.checked(destination, run.length(), "destination");
        Submatrix.checked(source, run.length(), "source");
        if (source > destination) {
            throw new Refusal("source " + source + " comes after destination " + destination
                    + ", which cannot attend to it; expected 0 to " + destination);
        }
        int window = model.config().window(head.id().layer());
        if (destination - source >= window) {
            throw new Refusal("source " + source + " is outside the window of " + window + " tokens that destination "
                    + destination + " sees in layer " + head.id().layer() + "; expected " + (destination - window + 1)
                    + " to " + destination);
        }
        double[][] queries = new double[writers.size()][];
        double[][] keys = new double[writers.size()][];
        for (int w = 0; w < queries.length; w++) {
            queries[w] = projected(Side.QUERY, writers.get(w), destination);
            keys[w] = projected(Side.KEY, writers.get(w), source);
        }
        double[][] parts = new double[writers.size()][writers.size()];
        for (int u = 0; u < parts.length; u++) {
            for (int v = 0; v < parts.length; v++) {
                parts[u][v] = score(queries[u], keys[v]);
            }
        }
        return new Split(
                destination,
                source,
                run.scores(head.id()).get(destination, source),
                model.config().scoresSoftCap(),
                writers,
                parts);
    }

    /**
     * What a pair of writers adds to every score of the run.
     *
     * @param query the writer on the query side; null: all of them, and with {@code key} null too, the model's own scores
     * @param key the same on the key side
     * @return {@code [T destination, T source]}; NaN where the destination does not see the source
     * @throws Refusal naming a writer that the head does not read
     */
    public Matrix between(@Nullable StreamWriter query, @Nullable StreamWriter key) {
        boolean own = query == null && key == null;
        double[][] queries = own ? new double[0][] : all(Side.QUERY, query);
        double[][] keys = own ? new double[0][] : all(Side.KEY, key);
        FMatrixRMaj scores = new FMatrixRMaj(run.length(), run.length());
        Matrix exact = run.scores(head.id());
        int window = model.config().window(head.id().layer());
        Arrays.fill(scores.data, Float.NaN);
        for (int t = 0; t < run.length(); t++) {
            for (int s = Math.max(0, t + 1 - Math.min(window, t + 1)); s <= t; s++) {
                scores.set(t, s, own ? exact.get(t, s) : (float) score(queries[t], keys[s]));
            }
        }
        return Matrix.of(scores);
    }

    private double[][] all(Side side, @Nullable StreamWriter writer) {
        if (writer != null && !writers.contains(writer)) {
            throw new Refusal(head.id() + " does not read " + writer + "; it reads " + writers);
        }
        double[][] rows = new double[run.length()][];
        for (int t = 0; t < rows.length; t++) {
            rows[t] = writer == null ? own(side, t) : projected(side, writer, t);
        }
        return rows;
    }

    /** The model's own query or key, {@code [K]}. */
    private double[] own(Side side, int position) {
        int layer = head.id().layer();
        Matrix packed = side == Side.QUERY ? run.q(layer) : run.k(layer);
        double[] row = new double[head.wQ().columns()];
        for (int i = 0; i < row.length; i++) {
            row[i] = packed.get(position, head.id().head() * row.length + i);
        }
        return turned(row, position);
    }

    private double[] turned(double[] row, int position) {
        Rotary rotary = model.config().rotary();
        if (rotary != null) {
            rotary.turn(row, position);
        }
        return row;
    }

    /** The part of the query or key at a position that comes from one writer, {@code [K]}. */
    private double[] projected(Side side, StreamWriter writer, int position) {
        double[] written = written(writer, position);
        boolean past = writer.equals(StreamWriter.POSITIONS) && model.config().positions() == Positions.SHORTFORMER;
        if (!past) {
            norm.read(written, position);
        }
        if (writer.equals(StreamWriter.BIAS) && norm.bias() != null) {
            float[] b = norm.bias();
            for (int d = 0; d < written.length; d++) {
                written[d] += b[d];
            }
        }
        Matrix weights = side == Side.QUERY ? head.wQ() : head.wK();
        Vector bias = side == Side.QUERY ? head.bQ() : head.bK();
        double[] row = new double[weights.columns()];
        for (int i = 0; i < row.length; i++) {
            row[i] = writer.equals(StreamWriter.BIAS) ? bias.get(i) : 0;
        }
        for (int d = 0; d < written.length; d++) {
            for (int i = 0; i < row.length; i++) {
                row[i] += written[d] * weights.get(d, i);
            }
        }
        return turned(row, position);
    }

    /** What a writer adds to the stream at a position, {@code [D]}. */
    private double[] written(StreamWriter writer, int position) {
        return switch (writer.kind()) {
            case EMBEDDING -> row(Matrix.ofRows(List.of(model.weights().embedding(run.tokens()[position]))), 0);
            case POSITIONS ->
                row(Matrix.of(Objects.requireNonNull(model.weights().wPos())), position);
            case HEAD -> row(run.result(Objects.requireNonNull(writer.head())), position);
            case MLP -> row(run.mlpOut(writer.layer()), position);
            case BIAS -> outputBiases();
        };
    }

    private double[] outputBiases() {
        double[] sum = new double[model.config().dModel()];
        for (int layer = 0; layer < head.id().layer(); layer++) {
            float[] bias = model.weights().layer(layer).bO();
            for (int d = 0; d < sum.length; d++) {
                sum[d] += bias[d];
            }
        }
        return sum;
    }

    private double score(double[] query, double[] key) {
        double sum = 0;
        for (int i = 0; i < query.length; i++) {
            sum += query[i] * key[i];
        }
        return sum / model.config().scoreScale(head.id().layer());
    }

    private static double[] row(Matrix matrix, int row) {
        double[] values = new double[matrix.columns()];
        for (int i = 0; i < values.length; i++) {
            values[i] = matrix.get(row, i);
        }
        return values;
    }
}
