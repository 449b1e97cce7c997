package app.headlight.engine.transformer;

import app.headlight.engine.tensor.Matrix;
import app.headlight.engine.tensor.MatrixProducts;
import app.headlight.engine.tensor.Prepared;
import org.ejml.data.FMatrixRMaj;

/**
 * Computes what single heads write. It holds the output weights alone, so that a run that is kept does not keep all of
 * its model.
 *
 * @param wO by layer, [H·K, D]
 */
record HeadOutputs(int dHead, MatrixProducts products, Prepared[] wO) {

    static HeadOutputs of(PreparedWeights weights, MatrixProducts products) {
        Prepared[] wO = new Prepared[weights.config().nLayers()];
        for (int l = 0; l < wO.length; l++) {
            wO[l] = weights.get("blocks." + l + ".attn.W_O");
        }
        return new HeadOutputs(weights.config().dHead(), products, wO);
    }

    /** What a head writes for its mixed values z, [n, K]: z W_O, [n, D]. */
    FMatrixRMaj of(FMatrixRMaj z, HeadId head) {
        Prepared rows = wO[head.layer()].rows(head.head() * dHead, (head.head() + 1) * dHead);
        return times(Matrix.of(z), rows, products);
    }

    /** x W as a Java matrix, [n, any]. */
    static FMatrixRMaj times(Matrix x, Prepared w, MatrixProducts products) {
        FMatrixRMaj out = new FMatrixRMaj(x.rows(), w.columns());
        try (Prepared read = products.prepare(x);
                Prepared product = products.blank(out.numRows, out.numCols)) {
            products.multiply(read, w, product);
            product.read(out, 0);
        }
        return out;
    }
}
