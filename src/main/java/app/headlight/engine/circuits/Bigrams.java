package app.headlight.engine.circuits;

import app.headlight.engine.tensor.FactoredMatrix;
import app.headlight.engine.tensor.Matrix;
import app.headlight.engine.tensor.MatrixProducts;
import app.headlight.engine.tensor.TopK;
import app.headlight.engine.tensor.Vector;
import app.headlight.engine.transformer.Progress;
import app.headlight.engine.transformer.Transformer;
import java.util.List;

/**
 * The bigrams of a model, that is, what it predicts from the present token only: the direct path W_E W_U
 * {@code [V present, V next]}, with the mean of each row subtracted, which a softmax does not see (Elhage et al. 2021,
 * "A Mathematical Framework for Transformer Circuits", Zero-Layer Transformers). Biases and positions are no part of
 * it; the weights are taken as they are, without those of a norm.
 */
public final class Bigrams {

    private final FactoredMatrix table; // [V, D] [D, V]
    private final double[] rowMeans; // [V]: the mean of a row is its left factor times the means of the right one
    private final MatrixProducts products;

    private Bigrams(FactoredMatrix table, double[] rowMeans, MatrixProducts products) {
        this.table = table;
        this.rowMeans = rowMeans;
        this.products = products;
    }

    /** The bigrams of a model; the weights are not copied. */
    public static Bigrams of(Transformer model) {
        FactoredMatrix table = new FactoredMatrix(
                Matrix.of(model.weights().wE()), Matrix.of(model.weights().wU()));
        double[] means = Submatrix.rowMeans(model.weights().wU());
        double[] rowMeans = new double[table.rows()];
        for (int v = 0; v < rowMeans.length; v++) {
            for (int d = 0; d < means.length; d++) {
                rowMeans[v] += table.left().get(v, d) * means[d];
            }
        }
        return new Bigrams(table, rowMeans, model.products());
    }

    /**
     * The {@code k} pairs of present (row) and next (column) token that are raised most; block by block, 2 V V D
     * operations.
     */
    public List<TopK.Cell> largest(int k, Progress progress) {
        return TopK.largest(table, rowMeans, k, products, progress::goesOn);
    }

    /** By how much a token raises every next token, in logits: {@code [V]}, with mean 0. */
    public float[] after(int token) {
        float[] raised = table.row(Submatrix.checked(token, table.rows(), "token"));
        for (int v = 0; v < raised.length; v++) {
            raised[v] = (float) (raised[v] - rowMeans[token]);
        }
        return raised;
    }

    /**
     * What the direct path by itself predicts after a token.
     *
     * @param raises by how much it raises every next token, in logits: {@code [V]}, with mean 0
     * @param sum of their exponentials
     */
    public record Next(Vector raises, double sum) {

        /** The probability of a next token, in [0, 1]. */
        public double probability(int token) {
            return Math.exp(raises.get(token)) / sum;
        }
    }

    /** What it predicts after a token. */
    public Next next(int token) {
        float[] raises = after(token);
        double sum = 0;
        for (float raise : raises) {
            sum += Math.exp(raise);
        }
        return new Next(Vector.of(raises), sum);
    }

    /** By how much every token raises a given next token, in logits: {@code [V]}. */
    public float[] before(int token) {
        float[] raised = table.column(Submatrix.checked(token, table.columns(), "token"));
        for (int v = 0; v < raised.length; v++) {
            raised[v] = (float) (raised[v] - rowMeans[v]);
        }
        return raised;
    }

    /** By how much one token raises another as the next token, in logits. */
    public double raise(int token, int next) {
        Submatrix.checked(token, table.rows(), "token");
        Submatrix.checked(next, table.columns(), "token");
        double sum = -rowMeans[token];
        for (int d = 0; d < table.inner(); d++) {
            sum += (double) table.left().get(token, d) * table.right().get(d, next);
        }
        return sum;
    }
}
