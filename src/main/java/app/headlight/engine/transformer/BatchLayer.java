package app.headlight.engine.transformer;

import app.headlight.engine.tensor.MatrixProducts;
import app.headlight.engine.tensor.Prepared;
import app.headlight.engine.tensor.Softmax;
import org.ejml.data.FMatrixRMaj;
import org.jspecify.annotations.Nullable;

/** One attention layer of a {@link BatchPass}: its activations, its derivatives, and the gradients of its weights. */
final class BatchLayer {

    private final BatchShape shape;
    private final MatrixProducts products;
    private final int layer;
    private final float scale;

    private final Prepared stream; // x_l, [S·n, D]
    private final BatchRead read;
    private final Prepared asked; // what queries and keys read, [S·n, D]
    private final Prepared[] askedBySequence;

    private final Prepared q; // [S·n, H·K]
    private final Prepared k; // [S·n, H·K]
    private final Prepared v; // [S·n, H·K]
    private final Prepared z; // [S·n, H·K]
    private final Prepared[][] qOf; // by sequence and head, [n, K], and likewise the next
    private final Prepared[][] kOf;
    private final Prepared[][] vOf;
    private final Prepared[][] zOf;
    private final Prepared[][] patternOf; // by sequence and head, [n, n]

    private final BatchChange change;
    private final PreparedWeights.Layer gradient;
    private final BatchBias bQ;
    private final BatchBias bK;
    private final BatchBias bV;
    private final BatchBias bO;

    BatchLayer(BatchShape shape, int layer, Prepared stream, BatchChange change) {
        this.shape = shape;
        this.products = shape.products();
        this.layer = layer;
        this.stream = stream;
        this.change = change;
        scale = (float) (1 / Math.sqrt(shape.config().dHead()));
        read = new BatchRead(shape, stream);
        asked = hasPositions() ? shape.stacked(shape.dModel()) : read.rows();
        askedBySequence = shape.bySequence(asked);
        q = shape.stacked(shape.packed());
        k = shape.stacked(shape.packed());
        v = shape.stacked(shape.packed());
        z = shape.stacked(shape.packed());
        qOf = shape.byHead(q);
        kOf = shape.byHead(k);
        vOf = shape.byHead(v);
        zOf = shape.byHead(z);
        patternOf = patterns();
        gradient = PreparedWeights.Layer.blank(shape.config(), products);
        bQ = new BatchBias(shape, 4 * layer, shape.packed());
        bK = new BatchBias(shape, 4 * layer + 1, shape.packed());
        bV = new BatchBias(shape, 4 * layer + 2, shape.packed());
        bO = new BatchBias(shape, 4 * layer + 3, shape.dModel());
    }

    private Prepared[][] patterns() {
        int n = shape.length();
        int heads = shape.config().nHeads();
        Prepared all = products.blank(shape.rows() * heads, n);
        Prepared[][] patterns = new Prepared[shape.sequences()][heads];
        for (int i = 0; i < shape.sequences() * heads; i++) {
            patterns[i / heads][i % heads] = all.rows(i * n, (i + 1) * n);
        }
        return patterns;
    }

    private boolean hasPositions() {
        return shape.config().positions() == Positions.SHORTFORMER;
    }

    /**
     * Computes the stream after the layer from that before it.
     *
     * @param positions the position embedding, [n, D]
     * @param after [S·n, D]
     */
    void forward(TrainableWeights weights, Prepared positions, Prepared after) {
        PreparedWeights.Layer w = weights.prepared().layers().get(layer);
        read.forward();
        if (hasPositions()) {
            asked.copy(read.rows());
            for (int s = 0; s < shape.sequences(); s++) {
                askedBySequence[s].add(positions);
            }
        }
        products.multiply(asked, w.wQ(), q); // (S n, D) (D, H K)
        bQ.addTo(q, weights);
        products.multiply(asked, w.wK(), k);
        bK.addTo(k, weights);
        products.multiply(read.rows(), w.wV(), v);
        bV.addTo(v, weights);
        for (int s = 0; s < shape.sequences(); s++) {
            for (int h = 0; h < shape.config().nHeads(); h++) {
                attend(s, h);
            }
        }
        after.copy(stream);
        products.multiply(z, false, w.wO(), false, 1, after); // (S n, H K) (H K, D)
        bO.addTo(after, weights);
    }

    private void attend(int s, int h) {
        Prepared pattern = patternOf[s][h];
        products.multiplyTransB(qOf[s][h], kOf[s][h], pattern); // (n, K) (K, n)
        pattern.read(shape.square(), 0);
        Softmax.causal(shape.square(), scale, shape.exponentials());
        pattern.write(shape.square());
        products.multiply(pattern, vOf[s][h], zOf[s][h]); // (n, n) (n, K)
    }

    /**
     * Computes the derivative by the stream before the layer from that by the stream after it; both are
     * {@code change.stream()}.
     *
     * @param byPattern receives the derivative by each pattern, by sequence and head, [n, n]; null if it is not wanted
     */
    void backward(TrainableWeights weights, @Nullable Prepared positionGradient, FMatrixRMaj[] @Nullable [] byPattern) {
        PreparedWeights.Layer w = weights.prepared().layers().get(layer);
        products.multiplyTransB(change.stream(), w.wO(), change.z()); // (S n, D) (D, H K)
        products.multiply(z, true, change.stream(), false, 0, gradient.wO()); // (H K, S n) (S n, D)
        bO.backward(change.stream(), 0);
        for (int s = 0; s < shape.sequences(); s++) {
            for (int h = 0; h < shape.config().nHeads(); h++) {
                attendBackward(s, h, byPattern == null ? null : byPattern[s][h]);
            }
        }
        products.multiply(asked, true, change.q(), false, 0, gradient.wQ()); // (D, S n) (S n, H K)
        products.multiply(asked, true, change.k(), false, 0, gradient.wK());
        products.multiply(read.rows(), true, change.v(), false, 0, gradient.wV());
        bQ.backward(change.q(), 0);
        bK.backward(change.k(), 0);
        bV.backward(change.v(), 0);
        products.multiply(change.q(), false, w.wQ(), true, 0, change.read()); // (S n, H K) (H K, D)
        products.multiply(change.k(), false, w.wK(), true, 1, change.read());
        if (positionGradient != null && hasPositions()) {
            for (Prepared sequence : change.readBySequence()) {
                positionGradient.add(sequence);
            }
        }
        products.multiply(change.v(), false, w.wV(), true, 1, change.read());
        read.backward(change.readBySequence());
        change.stream().add(change.read());
    }

    private void attendBackward(int s, int h, @Nullable FMatrixRMaj byPattern) {
        Prepared pattern = patternOf[s][h];
        Prepared dZ = change.zOf()[s][h];
        products.multiply(pattern, true, dZ, false, 0, change.vOf()[s][h]); // (n, n) (n, K)
        products.multiplyTransB(dZ, vOf[s][h], change.square()); // (n, K) (K, n)
        pattern.read(shape.square(), 0);
        change.square().read(shape.otherSquare(), 0);
        if (byPattern != null) {
            byPattern.setTo(shape.otherSquare());
        }
        Softmax.causalGradient(shape.square(), scale, shape.otherSquare());
        change.square().write(shape.otherSquare());
        products.multiply(change.square(), kOf[s][h], change.qOf()[s][h]); // (n, n) (n, K)
        products.multiply(change.square(), true, qOf[s][h], false, 0, change.kOf()[s][h]);
    }

    /** Puts the gradients of this layer's weights into {@code out}. */
    void readGradient(Weights out) {
        LayerWeights into = out.layers().get(layer);
        gradient.wQ().read(into.wQ(), 0);
        gradient.wK().read(into.wK(), 0);
        gradient.wV().read(into.wV(), 0);
        gradient.wO().read(into.wO(), 0);
        for (BatchBias bias : new BatchBias[] {bQ, bK, bV, bO}) {
            bias.read(out);
        }
    }
}
