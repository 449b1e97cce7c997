package app.headlight.engine.transformer;

import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.tensor.MatrixProducts;
import app.headlight.engine.tensor.Prepared;
import app.headlight.engine.transformer.LayerWeights.NormWeights;
import app.headlight.engine.transformer.Site.Kind;
import org.ejml.data.FMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * What the queries, keys and values of single heads would be if each read a stream of its own ({@code docs/maths.md},
 * "Edges and circuits"). The same arithmetic as in a pass: the norm, positions where they are shortformer, the
 * projection; of grouped keys and values each head has its own copy.
 */
public final class StreamReading {

    private final Config config;
    private final PreparedWeights weights;
    private final MatrixProducts products;

    StreamReading(Config config, PreparedWeights weights, MatrixProducts products) {
        this.config = config;
        this.weights = weights;
        this.products = products;
    }

    /**
     * The queries, keys (both before any rotation) or values of one head, [n, K].
     *
     * @param site of a head; its kind is q, k or v
     * @param stream what is read, [n, D]: whole sentences, one below the other
     * @param length T, positions of each sentence
     */
    public FMatrixRMaj of(Site site, FMatrixRMaj stream, int length) {
        FMatrixRMaj read = read(site.layer(), stream);
        if (site.kind() != Kind.V && config.positions() == Positions.SHORTFORMER) {
            addPositions(read, length);
        }
        FMatrixRMaj values = new FMatrixRMaj(stream.numRows, config.dHead());
        try (Prepared x = products.prepare(read);
                Prepared product = products.blank(values.numRows, values.numCols)) {
            products.multiply(x, projection(site), product); // (n, D) (D, K)
            product.read(values, 0);
        }
        float[] bias = bias(site);
        int from = firstColumn(site);
        for (int i = 0; i < values.data.length; i++) {
            values.data[i] += bias[from + i % values.numCols];
        }
        return values;
    }

    /**
     * The derivative by the stream that a head's queries, keys or values read, [T, D].
     *
     * @param stream what they read, [T, D]
     * @param byValues the derivative by them, [T, K]
     */
    public FMatrixRMaj back(Site site, FMatrixRMaj stream, FMatrixRMaj byValues) {
        FMatrixRMaj change = new FMatrixRMaj(stream.numRows, stream.numCols);
        try (Prepared dy = products.prepare(byValues);
                Prepared dx = products.blank(change.numRows, change.numCols)) {
            products.multiplyTransB(dy, projection(site), dx); // (T, K) (K, D)
            dx.read(change, 0);
        }
        NormWeights norm = weights.weights().layer(site.layer()).ln1();
        FMatrixRMaj y = stream.copy();
        for (int t = 0; t < y.numRows; t++) {
            float c = Rows.normalise(y, t, config.norm(), config.eps());
            for (int d = 0; norm != null && d < y.numCols; d++) {
                change.data[t * y.numCols + d] *= norm.w()[d];
            }
            Rows.normaliseBackward(y, change, t, config.norm(), c);
        }
        return change;
    }

    private FMatrixRMaj read(int layer, FMatrixRMaj stream) {
        FMatrixRMaj read = stream.copy();
        @Nullable NormWeights norm = weights.weights().layer(layer).ln1();
        for (int t = 0; config.norm() != Norm.NONE && t < read.numRows; t++) {
            Rows.normalise(read, t, config.norm(), config.eps());
            Rows.weigh(read, t, norm);
        }
        return read;
    }

    private void addPositions(FMatrixRMaj rows, int length) {
        FMatrixRMaj wPos = weights.weights().wPos();
        for (int i = 0; wPos != null && i < rows.data.length; i++) {
            rows.data[i] += wPos.data[i % (length * rows.numCols)];
        }
    }

    /** [D, K]. */
    private Prepared projection(Site site) {
        int from = firstColumn(site);
        return weights.get("blocks." + site.layer() + ".attn.W_" + site.kind().name())
                .columns(from, from + config.dHead());
    }

    private float[] bias(Site site) {
        LayerWeights layer = weights.weights().layer(site.layer());
        return switch (site.kind()) {
            case Q -> layer.bQ();
            case K -> layer.bK();
            case V -> layer.bV();
            default -> throw new Refusal(site + " is not what a head reads; expected q, k or v");
        };
    }

    private int firstColumn(Site site) {
        return (site.kind() == Kind.Q ? site.head() : config.keyOf(site.head())) * config.dHead();
    }
}
