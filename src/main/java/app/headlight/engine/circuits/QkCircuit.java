package app.headlight.engine.circuits;

import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.tensor.FactoredMatrix;
import app.headlight.engine.tensor.Matrix;
import app.headlight.engine.tensor.MatrixProducts;
import app.headlight.engine.transformer.Head;
import app.headlight.engine.transformer.HeadId;
import app.headlight.engine.transformer.Rotary;
import app.headlight.engine.transformer.Transformer;
import java.util.stream.IntStream;
import org.ejml.data.FMatrixRMaj;
import org.ejml.dense.row.CommonOps_FDRM;
import org.jspecify.annotations.Nullable;

/**
 * The full QK circuit of a head, which says what the head looks for: W_E W_QK W_E^T {@code [V destination, V source]},
 * kept as two factors of rank K (Elhage et al. 2021, "A Mathematical Framework for Transformer Circuits", One-Layer
 * Attention-Only Transformers). A "score" here is divided by the model's scale, such as sqrt(d_head), as in a forward
 * pass; {@link #term} and {@link #spectrum} are of the product without that division. Where position embeddings reach
 * queries and keys, the circuit has four terms. With rotary positions the circuit depends on the distance δ from source
 * to destination: W_E W_Q R(δ) W_K^T W_E^T ({@code docs/maths.md}, "Layer kinds").
 *
 * <p>Biases are left out, and caps of scores. The weights are used as they are, without the scale of a norm, which
 * depends on the text, and without its weights.
 */
public final class QkCircuit {

    /** The four terms of a score, by what comes from the destination and what from the source. */
    public enum Term {
        TOKEN_TOKEN(false, false),
        TOKEN_POSITION(false, true),
        POSITION_TOKEN(true, false),
        POSITION_POSITION(true, true);

        private final boolean destinationIsPosition;
        private final boolean sourceIsPosition;

        Term(boolean destinationIsPosition, boolean sourceIsPosition) {
            this.destinationIsPosition = destinationIsPosition;
            this.sourceIsPosition = sourceIsPosition;
        }

        private boolean needsPositions() {
            return destinationIsPosition || sourceIsPosition;
        }
    }

    private record Side(Matrix queries /*[n,K]*/, Matrix keys /*[K,n]*/) {}

    private final Side tokens;
    private final @Nullable Side positions;
    private final float scale;

    private QkCircuit(Side tokens, @Nullable Side positions, float scale) {
        this.tokens = tokens;
        this.positions = positions;
        this.scale = scale;
    }

    /** Computes the factors: 4 V D K operations. Throws {@link Refusal} if there is no such head. */
    public static QkCircuit of(Transformer model, HeadId id) {
        return of(model, id, 0);
    }

    /**
     * The circuit at a distance.
     *
     * @param distance δ, how far the source is before the destination; of effect only with rotary positions
     * @throws Refusal if there is no such head, or the distance is negative or not within the context
     */
    public static QkCircuit of(Transformer model, HeadId id, int distance) {
        if (distance < 0 || distance >= model.config().nCtx()) {
            throw Refusal.of("the distance", distance, "0 to " + (model.config().nCtx() - 1));
        }
        Head head = model.head(id);
        FMatrixRMaj wPos = model.weights().wPos();
        return new QkCircuit(
                side(model, model.weights().wE(), head, distance),
                wPos == null ? null : side(model, wPos, head, distance),
                scale(model, id));
    }

    private static float scale(Transformer model, HeadId id) {
        return (float) (1 / model.config().scoreScale(id.layer()));
    }

    /**
     * The circuit of a head that reads what earlier heads moved: on the key side W_E W_QK2 (W_E W_OV1)^T, on the query
     * side (W_E W_OV1) W_QK2 W_E^T (Elhage et al. 2021, "A Mathematical Framework for Transformer Circuits", Q- and
     * K-composition). Eigenvalues with positive real parts say that the head looks for the token that was moved. This
     * circuit has no terms with positions; rotary ones are those at distance 0.
     *
     * @param query the head whose output the query reads; null: the embedding
     * @param key the same for the key
     * @throws Refusal if there is no such head, or one is not in an earlier layer
     */
    public static QkCircuit composed(Transformer model, HeadId id, @Nullable HeadId query, @Nullable HeadId key) {
        FactoredMatrix weights = composedWeights(model, id, query, key);
        FMatrixRMaj wE = model.weights().wE();
        FMatrixRMaj queries = new FMatrixRMaj(wE.numRows, weights.inner());
        FMatrixRMaj keys = new FMatrixRMaj(wE.numRows, weights.inner());
        model.products().multiply(Matrix.of(wE), weights.left(), queries);
        model.products().multiplyTransB(Matrix.of(wE), weights.right(), keys);
        return new QkCircuit(
                new Side(Matrix.of(queries), Matrix.of(CommonOps_FDRM.transpose(keys, null))), null, scale(model, id));
    }

    /** W_OVq W_QK W_OVk^T {@code [D, D]}, factored. */
    static FactoredMatrix composedWeights(Transformer model, HeadId id, @Nullable HeadId query, @Nullable HeadId key) {
        FactoredMatrix weights = model.head(id).qk();
        if (query != null) {
            Composition.checkOrder(query, id);
            weights = model.head(query).ov().times(weights);
        }
        if (key != null) {
            Composition.checkOrder(key, id);
            weights = weights.times(model.head(key).ov().transpose());
        }
        return weights;
    }

    /**
     * The size of a term: the root of the mean square of its entries, as parts of a score.
     *
     * @throws Refusal if the model has no position embeddings and the term needs them
     */
    public double size(Term term) {
        FactoredMatrix entries = term(term);
        return scale * entries.frobeniusNorm() / Math.sqrt((double) entries.rows() * entries.columns());
    }

    /** Whether the terms with positions exist. */
    public boolean hasPositions() {
        return positions != null;
    }

    /** Token–token: the whole circuit {@code [V destination, V source]}, factored, not divided by the scale. */
    public FactoredMatrix full() {
        return term(Term.TOKEN_TOKEN);
    }

    /**
     * A term {@code [V or n_ctx destination, V or n_ctx source]}, factored, not divided by the scale.
     *
     * @throws Refusal if the model has no position embeddings and the term needs them
     */
    public FactoredMatrix term(Term term) {
        return new FactoredMatrix(
                side(term, term.destinationIsPosition).queries(),
                side(term, term.sourceIsPosition).keys());
    }

    /**
     * The scores among the tokens of a sentence by one term, {@code [n destination, n source]}; no source is masked.
     *
     * @throws Refusal naming a token that does not exist, a sentence longer than the positions, or a
     *     term that the model does not have
     */
    public Matrix between(int[] sentence, Term term) {
        int[] places = IntStream.range(0, sentence.length).toArray();
        FactoredMatrix circuit = term(term);
        FMatrixRMaj queries = term.destinationIsPosition
                ? Submatrix.rows(circuit.left(), places, "position")
                : Submatrix.rows(circuit.left(), sentence, "token");
        FMatrixRMaj keys = term.sourceIsPosition
                ? Submatrix.columns(circuit.right(), places, "position")
                : Submatrix.columns(circuit.right(), sentence, "token");
        FMatrixRMaj scores = new FMatrixRMaj(sentence.length, sentence.length);
        CommonOps_FDRM.mult(scale, queries, keys, scores);
        return Matrix.of(scores);
    }

    /** The token–token scores among the tokens of a sentence, {@code [n destination, n source]}. */
    public Matrix between(int[] sentence) {
        return between(sentence, Term.TOKEN_TOKEN);
    }

    /** The score of every source token for a destination token: {@code [V]}. */
    public float[] sourcesOf(int destination) {
        FactoredMatrix circuit = full();
        return scaled(circuit.row(Submatrix.checked(destination, circuit.rows(), "token")));
    }

    /** The score of every destination token for a source token: {@code [V]}. */
    public float[] destinationsOf(int source) {
        FactoredMatrix circuit = full();
        return scaled(circuit.column(Submatrix.checked(source, circuit.columns(), "token")));
    }

    /** The eigenvalues of the token–token circuit and the matching score. */
    public Spectrum spectrum() {
        return Spectrum.of(full());
    }

    private static Side side(Transformer model, FMatrixRMaj embedding, Head head, int distance) {
        MatrixProducts products = model.products();
        FMatrixRMaj queries = new FMatrixRMaj(embedding.numRows, head.wQ().columns());
        FMatrixRMaj keys = new FMatrixRMaj(embedding.numRows, head.wK().columns());
        products.multiply(Matrix.of(embedding), head.wQ(), queries);
        products.multiply(Matrix.of(embedding), head.wK(), keys);
        Rotary rotary = model.config().rotary();
        if (rotary != null && distance > 0) {
            rotary.turnRows(queries, distance);
        }
        return new Side(Matrix.of(queries), Matrix.of(CommonOps_FDRM.transpose(keys, null)));
    }

    private Side side(Term term, boolean position) {
        if (term.needsPositions() && positions == null) {
            throw new Refusal("this model has no position embeddings, so its QK circuit has no term " + term);
        }
        return position && positions != null ? positions : tokens;
    }

    private float[] scaled(float[] scores) {
        for (int i = 0; i < scores.length; i++) {
            scores[i] *= scale;
        }
        return scores;
    }
}
