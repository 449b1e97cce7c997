package app.headlight.engine.circuits;

import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.tensor.FactoredMatrix;
import app.headlight.engine.tensor.Matrix;
import app.headlight.engine.tensor.MatrixProducts;
import app.headlight.engine.tensor.TopK;
import app.headlight.engine.transformer.HeadId;
import app.headlight.engine.transformer.Progress;
import app.headlight.engine.transformer.Transformer;
import java.util.List;
import org.ejml.data.FMatrixRMaj;
import org.ejml.dense.row.CommonOps_FDRM;

/**
 * The full OV circuit of a head, which says what the head writes when it attends to a token: W_E W_OV W_U
 * {@code [V source, V output]}, kept as two thin factors (Elhage et al. 2021, "A Mathematical Framework for Transformer
 * Circuits", One-Layer Attention-Only Transformers). Rows are in logits for one unit of attention. A softmax does not
 * see what all outputs of a row have in common, so from each row of a "centred" circuit the mean over the outputs is
 * subtracted.
 *
 * <p>Biases and positions are left out. The weights are used as they are, without the scale and the weights of the
 * norm, which depends on the text.
 */
public final class OvCircuit {

    private final FactoredMatrix full; // [V,K] [K,V]
    private final FactoredMatrix centred; // shares its left factor

    private final MatrixProducts products;

    private OvCircuit(FactoredMatrix full, FactoredMatrix centred, MatrixProducts products) {
        this.products = products;
        this.full = full;
        this.centred = centred;
    }

    /** Computes the factors: 4 V D K operations. Throws {@link Refusal} if there is no such head. */
    public static OvCircuit of(Transformer model, HeadId id) {
        return of(model, model.head(id).ov());
    }

    /** The same for a W_OV {@code [D, D]} that is not that of a single head. */
    static OvCircuit of(Transformer model, FactoredMatrix ov) {
        int vocabulary = model.config().dVocab();
        FMatrixRMaj sources = new FMatrixRMaj(vocabulary, ov.inner());
        model.products().multiply(Matrix.of(model.weights().wE()), ov.left(), sources);
        FMatrixRMaj outputs = model.logitsAdded(ov.right());
        FMatrixRMaj centredOutputs = outputs.copy();
        // The mean of a row of the product is the row of the left factor times the means of the right one.
        Submatrix.centreRows(centredOutputs);
        Matrix left = Matrix.of(sources);
        return new OvCircuit(
                new FactoredMatrix(left, Matrix.of(outputs)),
                new FactoredMatrix(left, Matrix.of(centredOutputs)),
                model.products());
    }

    /** The whole circuit {@code [V, V]}, factored. */
    public FactoredMatrix full() {
        return full;
    }

    /** The whole circuit {@code [V, V]} with each row centred over the outputs, factored. */
    public FactoredMatrix centred() {
        return centred;
    }

    /**
     * The part of the circuit among some tokens: {@code [n source, n output]}.
     *
     * @param centred whether rows are centred, over the whole vocabulary and not only these tokens
     * @throws Refusal naming a token that does not exist
     */
    public Matrix between(int[] tokens, boolean centred) {
        FactoredMatrix circuit = centred ? this.centred : full;
        FMatrixRMaj left = Submatrix.rows(circuit.left(), tokens, "token");
        FMatrixRMaj right = Submatrix.columns(circuit.right(), tokens, "token");
        return Matrix.of(CommonOps_FDRM.mult(left, right, null));
    }

    /** The change of every output's logit for attention to {@code source}: {@code [V]}. */
    public float[] outputsOf(int source, boolean centred) {
        FactoredMatrix circuit = centred ? this.centred : full;
        return circuit.row(Submatrix.checked(source, circuit.rows(), "token"));
    }

    /** The change of one output's logit for attention to every source: {@code [V]}. */
    public float[] sourcesOf(int output, boolean centred) {
        FactoredMatrix circuit = centred ? this.centred : full;
        return circuit.column(Submatrix.checked(output, circuit.columns(), "token"));
    }

    /** The {@code k} largest entries of the centred circuit, largest first; block by block, 2 V V K operations. */
    public List<TopK.Cell> largestEntries(int k) {
        return largestEntries(k, Progress.UNWATCHED);
    }

    /** The same, with progress. */
    List<TopK.Cell> largestEntries(int k, Progress progress) {
        return TopK.largest(centred, new double[centred.rows()], k, products, progress::goesOn);
    }

    /** The eigenvalues of the full circuit and the copying score. */
    public Spectrum spectrum() {
        return Spectrum.of(full);
    }
}
