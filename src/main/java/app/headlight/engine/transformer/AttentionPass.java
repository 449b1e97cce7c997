package app.headlight.engine.transformer;

import app.headlight.engine.tensor.MatrixProducts;
import app.headlight.engine.tensor.Prepared;
import app.headlight.engine.tensor.Softmax;
import app.headlight.engine.transformer.Site.Kind;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.ejml.data.FMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * The attention of one layer in a pass ({@code docs/maths.md}, "Forward pass"; Vaswani et al. 2017, section 3.2), or of
 * every layer in turn where nothing is kept for a backward pass.
 */
final class AttentionPass {

    private final PassShape shape;
    private final Config config;
    private final MatrixProducts products;
    private final @Nullable Rotation rotation;
    private final KeyGroups groups;

    private final @Nullable Prepared withPositions; // what queries and keys read, [S·n, D]; null: what values read
    private final Prepared q; // [S·n, H·K], rotated, and so k
    private final Prepared k;
    private final Prepared v; // [S·n, H·K]
    private final Prepared z; // [S·n, H·K]
    private final Prepared kGroups; // [S·n, G·K]; k itself if every head has its own
    private final Prepared vGroups; // [S·n, G·K]
    private final Prepared out; // [S·n, D]
    private final Prepared[] qOf; // by sequence and head, [n, K], and likewise the next
    private final Prepared[] kOf;
    private final Prepared[] vOf;
    private final Prepared[] zOf;
    private final Prepared[] patternOf; // by sequence and head, [n, n]

    AttentionPass(PassShape shape, @Nullable Rotation rotation) {
        this.shape = shape;
        this.config = shape.config();
        this.products = shape.products();
        this.rotation = rotation;
        groups = new KeyGroups(shape);
        withPositions = config.positions() == Positions.SHORTFORMER ? shape.stacked(config.dModel()) : null;
        q = shape.stacked(config.packedHeads());
        k = shape.stacked(config.packedHeads());
        v = shape.stacked(config.packedHeads());
        z = shape.stacked(config.packedHeads());
        kGroups = groups.areShared() ? shape.stacked(config.packedKeys()) : k;
        vGroups = groups.areShared() ? shape.stacked(config.packedKeys()) : v;
        out = shape.stacked(config.dModel());
        qOf = shape.byHead(q);
        kOf = shape.byHead(k);
        vOf = shape.byHead(v);
        zOf = shape.byHead(z);
        int n = shape.length();
        patternOf = shape.stackedByHead(shape.blank(shape.sequences() * config.nHeads() * n, n));
    }

    /**
     * What the layer's attention writes, [S·n, D].
     *
     * @param read the stream through the norm, [S·n, D]
     * @param positions the position embedding by sequence, [n, D]; read only if positions are shortformer
     */
    Prepared forward(PreparedWeights weights, int layer, Prepared read, Prepared[] positions, Hooks hooks) {
        String prefix = "blocks." + layer + ".attn.";
        if (withPositions != null) {
            withPositions.copy(read);
            for (int s = 0; s < shape.sequences(); s++) {
                shape.of(withPositions, s).add(positions[s]);
            }
        }
        Prepared asked = withPositions == null ? read : withPositions;
        project(weights, asked, prefix, "Q", q); // (S n, D) (D, H K)
        project(weights, asked, prefix, "K", kGroups); // (S n, D) (D, G K)
        project(weights, read, prefix, "V", vGroups);
        if (groups.areShared()) {
            groups.spread(kGroups, k);
            groups.spread(vGroups, v);
        }
        shape.visit(hooks, Kind.Q, layer, q);
        shape.visit(hooks, Kind.K, layer, k);
        shape.visit(hooks, Kind.V, layer, v);
        turn(q, false);
        turn(k, false);
        Scores scores = Scores.of(config, layer);
        shape.forHeads(i -> attend(i, layer, scores, hooks));
        shape.visit(hooks, Kind.Z, layer, z);
        Map<Integer, FMatrixRMaj> edited = editedResults(weights.get(prefix + "W_O"), layer, hooks);
        products.multiply(z, weights.get(prefix + "W_O"), out); // (S n, H K) (H K, D)
        edited.forEach((i, result) -> add(result, i / config.nHeads()));
        shape.addBias(weights, prefix + "b_O", out);
        shape.visit(hooks, Kind.ATTN_OUT, layer, out);
        return out;
    }

    private void project(PreparedWeights weights, Prepared x, String prefix, String name, Prepared into) {
        products.multiply(x, weights.get(prefix + "W_" + name), into);
        shape.addBias(weights, prefix + "b_" + name, into);
    }

    private void attend(int i, int layer, Scores scores, Hooks hooks) {
        int head = i % config.nHeads();
        int sequence = i / config.nHeads();
        int n = shape.length();
        FMatrixRMaj square = shape.square();
        scores(i, scores, square);
        FMatrixRMaj pattern = square;
        if (hooks.wants(Kind.SCORES, layer, head)) {
            FMatrixRMaj values = pattern.copy();
            if (hooks.at(new Site(Kind.SCORES, layer, head), sequence, values)) {
                pattern.setTo(values);
            }
        }
        Softmax.causal(pattern, 1, shape.exponentials(n));
        if (hooks.wants(Kind.PATTERN, layer, head)) {
            FMatrixRMaj values = pattern.copy();
            if (hooks.at(new Site(Kind.PATTERN, layer, head), sequence, values)) {
                pattern = values;
            }
        }
        patternOf[i].write(pattern);
        shape.giveBack(square);
        products.multiply(patternOf[i], vOf[i], zOf[i]); // (n, n) (n, K)
    }

    /** Computes the scores of one sequence and head, [n, n]; the memory of its pattern is used on the way. */
    private void scores(int i, Scores scores, FMatrixRMaj square) {
        products.multiplyTransB(qOf[i], kOf[i], patternOf[i]); // (n, K) (K, n)
        patternOf[i].read(square, 0);
        scores.of(square);
    }

    /**
     * What heads write whose result is changed, by sequence and head, [n, D]; the z of these becomes 0. A result that
     * the hooks leave as it is stays in z, so that such an edit changes no bit.
     */
    private Map<Integer, FMatrixRMaj> editedResults(Prepared wO, int layer, Hooks hooks) {
        Map<Integer, FMatrixRMaj> edited = new HashMap<>();
        int k = config.dHead();
        for (int i = 0; i < zOf.length; i++) {
            int head = i % config.nHeads();
            if (hooks.wants(Kind.RESULT, layer, head)) {
                products.multiply(zOf[i], wO.rows(head * k, (head + 1) * k), shape.of(out, 0)); // (n, K) (K, D)
                FMatrixRMaj result = shape.of(out, 0).read();
                FMatrixRMaj before = result.copy();
                if (hooks.at(new Site(Kind.RESULT, layer, head), i / config.nHeads(), result)
                        && !Arrays.equals(before.data, result.data)) {
                    zOf[i].write(new FMatrixRMaj(shape.length(), k));
                    edited.put(i, result);
                }
            }
        }
        return edited;
    }

    private void add(FMatrixRMaj result, int sequence) {
        try (Prepared added = products.prepare(result)) {
            shape.of(out, sequence).add(added);
        }
    }

    /**
     * Computes the derivative by what the layer reads.
     *
     * @param change in {@code written}, by what attention writes; in {@code read}, by what it reads
     * @param gradients null if those of the weights are not wanted
     * @param positions the derivative by the position embedding, [n, D], to be added to; null if not wanted
     */
    void backward(
            PreparedWeights weights,
            int layer,
            Prepared read,
            PassChange change,
            @Nullable WeightGradients gradients,
            @Nullable Prepared positions,
            Hooks hooks) {
        String prefix = "blocks." + layer + ".attn.";
        products.multiplyTransB(change.written(), weights.get(prefix + "W_O"), change.z()); // (S n, D) (D, H K)
        shape.visit(hooks, Kind.Z, layer, change.z());
        Scores scores = Scores.of(config, layer);
        Prepared[] dQ = shape.byHead(change.q());
        Prepared[] dK = shape.byHead(change.k());
        Prepared[] dV = shape.byHead(change.v());
        Prepared[] dZ = shape.byHead(change.z());
        Prepared[] squares = shape.stackedByHead(change.squares());
        shape.forHeads(i -> attendBackward(i, layer, scores, dQ[i], dK[i], dV[i], dZ[i], squares[i], hooks));
        turn(change.q(), true);
        turn(change.k(), true);
        shape.visit(hooks, Kind.Q, layer, change.q());
        shape.visit(hooks, Kind.K, layer, change.k());
        shape.visit(hooks, Kind.V, layer, change.v());
        if (groups.areShared()) {
            groups.gather(change.k(), change.kGroups());
            groups.gather(change.v(), change.vGroups());
        }
        Prepared asked = withPositions == null ? read : withPositions;
        if (gradients != null) {
            gradients.ofMatrix(prefix + "W_O", z, change.written(), 0); // (H K, S n) (S n, D)
            gradients.ofBias(weights, prefix + "b_O", change.written(), 0);
            gradients.ofMatrix(prefix + "W_Q", asked, change.q(), 0); // (D, S n) (S n, H K)
            gradients.ofMatrix(prefix + "W_K", asked, change.kGroups(), 0);
            gradients.ofMatrix(prefix + "W_V", read, change.vGroups(), 0);
            gradients.ofBias(weights, prefix + "b_Q", change.q(), 0);
            gradients.ofBias(weights, prefix + "b_K", change.kGroups(), 0);
            gradients.ofBias(weights, prefix + "b_V", change.vGroups(), 0);
        }
        Prepared into = change.read();
        products.multiply(change.q(), false, weights.get(prefix + "W_Q"), true, 0, into); // (S n, H K) (H K, D)
        products.multiply(change.kGroups(), false, weights.get(prefix + "W_K"), true, 1, into);
        for (int s = 0; positions != null && withPositions != null && s < shape.sequences(); s++) {
            positions.add(shape.of(into, s));
        }
        products.multiply(change.vGroups(), false, weights.get(prefix + "W_V"), true, 1, into);
    }

    private void attendBackward(
            int i,
            int layer,
            Scores scores,
            Prepared dQ,
            Prepared dK,
            Prepared dV,
            Prepared dZ,
            Prepared square,
            Hooks hooks) {
        int head = i % config.nHeads();
        int sequence = i / config.nHeads();
        int n = shape.length();
        products.multiply(patternOf[i], true, dZ, false, 0, dV); // (n, n) (n, K)
        products.multiplyTransB(dZ, vOf[i], square); // (n, K) (K, n)
        FMatrixRMaj pattern = shape.room(0, n, n);
        FMatrixRMaj change = shape.room(1, n, n);
        patternOf[i].read(pattern, 0);
        square.read(change, 0);
        if (hooks.wants(Kind.PATTERN, layer, head)) {
            hooks.at(new Site(Kind.PATTERN, layer, head), sequence, change.copy());
        }
        boolean plain = config.scoresSoftCap() == 0 && !hooks.wants(Kind.SCORES, layer, head);
        Softmax.causalGradient(pattern, plain ? scores.scale() : 1, change);
        if (!plain) {
            if (hooks.wants(Kind.SCORES, layer, head)) {
                hooks.at(new Site(Kind.SCORES, layer, head), sequence, change.copy());
            }
            scores.backward(scoresAgain(i, scores), change);
        }
        square.write(change);
        products.multiply(square, kOf[i], dQ); // (n, n) (n, K)
        products.multiply(square, true, qOf[i], false, 0, dK);
    }

    /** The scores of a pattern that is kept. */
    private FMatrixRMaj scoresAgain(int i, Scores scores) {
        FMatrixRMaj square = shape.room(2, shape.length(), shape.length());
        try (Prepared again = products.blank(shape.length(), shape.length())) {
            products.multiplyTransB(qOf[i], kOf[i], again);
            again.read(square, 0);
        }
        scores.of(square);
        return square;
    }

    private void turn(Prepared heads, boolean back) {
        for (int s = 0; rotation != null && s < shape.sequences(); s++) {
            Prepared rows = shape.of(heads, s);
            FMatrixRMaj values = shape.room(0, shape.length(), heads.columns());
            rows.read(values, 0);
            rotation.turn(values, back);
            rows.write(values);
        }
    }
}
