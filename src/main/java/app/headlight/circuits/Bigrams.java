package app.headlight.circuits;

import app.headlight.tensor.FactoredMatrix;
import app.headlight.tensor.MatrixProducts;
import app.headlight.tensor.TopK;
import app.headlight.transformer.Transformer;
import java.util.List;
import org.ejml.data.FMatrixRMaj;

/**
 * What a model says of the next token from the present one alone: the direct path W_E W_U {@code [V present, V next]}, with
 * the mean of each row taken away, which a softmax does not see (Elhage et al. 2021, "A Mathematical Framework for
 * Transformer Circuits", Zero-Layer Transformers). Biases and positions are no part of it; with {@code LNPre} the weights
 * are taken as they are.
 */
public final class Bigrams {

    private final FactoredMatrix table; // [V, D] [D, V]
    private final MatrixProducts products;

    private Bigrams(FactoredMatrix table, MatrixProducts products) {
        this.table = table;
        this.products = products;
    }

    /** Takes one copy of W_U. */
    public static Bigrams of(Transformer model) {
        FMatrixRMaj outputs = model.weights().wU().copy();
        Submatrix.centreRows(outputs);
        return new Bigrams(new FactoredMatrix(model.weights().wE(), outputs), model.products());
    }

    /** The {@code k} most raised pairs of present (row) and next (column) token; by blocks, 2 V V D operations. */
    public List<TopK.Cell> largest(int k) {
        return TopK.largest(table, k, products);
    }

    /** By how much a token raises every next one, in logits: {@code [V]}, with mean 0. */
    public float[] after(int token) {
        return table.row(Submatrix.checked(token, table.rows(), "token"));
    }

    /** By how much every token raises one as the next, in logits: {@code [V]}. */
    public float[] before(int token) {
        return table.column(Submatrix.checked(token, table.columns(), "token"));
    }

    /** By how much one token raises another as the next. */
    public double raise(int token, int next) {
        Submatrix.checked(token, table.rows(), "token");
        Submatrix.checked(next, table.columns(), "token");
        double sum = 0;
        for (int d = 0; d < table.inner(); d++) {
            sum += (double) table.left().get(token, d) * table.right().get(d, next);
        }
        return sum;
    }
}
