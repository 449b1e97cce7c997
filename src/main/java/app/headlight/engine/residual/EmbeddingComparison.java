package app.headlight.engine.residual;

import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.tensor.Matrix;
import app.headlight.engine.tensor.MatrixProducts;
import app.headlight.engine.tensor.TopK;
import app.headlight.engine.transformer.Progress;
import app.headlight.engine.transformer.Transformer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.ejml.data.FMatrixRMaj;

/**
 * A comparison of two models' embeddings: for each token that both have, how many of its k nearest by cosine, among the
 * common tokens, are the same in both (Boggust, Carter and Satyanarayan 2022, "Embedding Comparator").
 *
 * @param k the number of neighbours that were compared
 * @param changes every common token, the most changed first; equally changed ones in their order
 */
public record EmbeddingComparison(int k, List<Change> changes) {

    /** The number of tokens whose cosines with all others are in memory at once. */
    private static final int BLOCK = 256;

    /** The two places where tokens have vectors. */
    public enum Space {
        /** What the model reads: rows of W_E. */
        EMBEDDING,
        /** What the model predicts: columns of W_U. */
        UNEMBEDDING
    }

    /** The ids of one token in two models. */
    public record Common(int first, int second) {}

    /**
     * One token and its neighbours.
     *
     * @param overlap |both| / |either| of its k nearest in the one and in the other (Jaccard), in [0, 1]
     * @param nearestFirst its k nearest in the first model, as ids of that model, the nearest first
     * @param nearestSecond likewise in the second, as ids of the second model
     */
    public record Change(Common token, double overlap, List<Integer> nearestFirst, List<Integer> nearestSecond) {}

    /** Copies the list. */
    public EmbeddingComparison {
        changes = List.copyOf(changes);
    }

    /**
     * Compares two models: 2 n² D operations each for n common tokens, a block of tokens at a time.
     *
     * @param common the tokens that both have, each once
     * @param progress told before each block and at the end
     * @throws Refusal naming a token that does not exist, or if {@code k} is not from 1 to n − 1
     */
    public static EmbeddingComparison of(
            Transformer first, Transformer second, List<Common> common, Space space, int k, Progress progress) {
        if (k < 1 || k > common.size() - 1) {
            throw new Refusal(k + " neighbours of each of " + common.size() + " common tokens; expected 1 to "
                    + (common.size() - 1));
        }
        FMatrixRMaj inFirst =
                units(first, space, common.stream().mapToInt(Common::first).toArray());
        FMatrixRMaj inSecond =
                units(second, space, common.stream().mapToInt(Common::second).toArray());
        List<Change> changes = new ArrayList<>();
        for (int from = 0; from < common.size(); from += BLOCK) {
            progress.report(from, common.size());
            int[][] a = nearest(inFirst, from, k, first.products());
            int[][] b = nearest(inSecond, from, k, second.products());
            for (int i = 0; i < a.length; i++) {
                changes.add(new Change(
                        common.get(from + i),
                        overlap(a[i], b[i]),
                        Arrays.stream(a[i]).mapToObj(n -> common.get(n).first()).toList(),
                        Arrays.stream(b[i])
                                .mapToObj(n -> common.get(n).second())
                                .toList()));
            }
        }
        progress.report(1, 1);
        changes.sort(Comparator.comparingDouble(Change::overlap));
        return new EmbeddingComparison(k, changes);
    }

    /** For each token of a block that begins at {@code from}, the indices of its k nearest among all. */
    private static int[][] nearest(FMatrixRMaj units, int from, int k, MatrixProducts products) {
        int to = Math.min(units.numRows, from + BLOCK);
        FMatrixRMaj rows = new FMatrixRMaj(to - from, units.numCols);
        System.arraycopy(units.data, from * units.numCols, rows.data, 0, rows.data.length);
        FMatrixRMaj cosines = new FMatrixRMaj(rows.numRows, units.numRows);
        products.multiplyTransB(Matrix.of(rows), Matrix.of(units), cosines);
        int[][] nearest = new int[rows.numRows][];
        IntStream.range(0, rows.numRows).parallel().forEach(i -> {
            float[] row = Arrays.copyOfRange(cosines.data, i * cosines.numCols, (i + 1) * cosines.numCols);
            row[from + i] = Float.NEGATIVE_INFINITY; // itself
            nearest[i] =
                    TopK.largest(row, k).stream().mapToInt(TopK.Entry::index).toArray();
        });
        return nearest;
    }

    private static double overlap(int[] a, int[] b) {
        int both = (int) Arrays.stream(a)
                .filter(n -> Arrays.stream(b).anyMatch(m -> m == n))
                .count();
        return (double) both / (a.length + b.length - both);
    }

    /** The vectors of the tokens, scaled to length 1 (those of length 0 stay), {@code [n, D]}. */
    private static FMatrixRMaj units(Transformer model, Space space, int[] tokens) {
        FMatrixRMaj weights = space == Space.EMBEDDING
                ? model.weights().wE()
                : model.weights().wU();
        int dModel = model.config().dModel();
        FMatrixRMaj units = new FMatrixRMaj(tokens.length, dModel);
        for (int i = 0; i < tokens.length; i++) {
            Neighbours.check(tokens[i], model.config().dVocab());
            double squares = 0;
            for (int d = 0; d < dModel; d++) {
                float x = space == Space.EMBEDDING ? weights.get(tokens[i], d) : weights.get(d, tokens[i]);
                units.data[i * dModel + d] = x;
                squares += (double) x * x;
            }
            for (int d = 0; d < dModel && squares > 0; d++) {
                units.data[i * dModel + d] /= (float) Math.sqrt(squares);
            }
        }
        return units;
    }
}
