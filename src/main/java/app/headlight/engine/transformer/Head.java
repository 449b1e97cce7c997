package app.headlight.engine.transformer;

import app.headlight.engine.tensor.FactoredMatrix;
import app.headlight.engine.tensor.Matrix;
import app.headlight.engine.tensor.Vector;
import java.util.Arrays;

/**
 * One attention head with its weights and its two circuits, as in the paper ("Splitting attention head terms into
 * circuits").
 *
 * @param wQ [D, K]
 * @param wK [D, K]
 * @param wV [D, K]
 * @param wO [K, D]
 * @param bQ [K]
 * @param bK [K]
 * @param bV [K]
 */
public record Head(HeadId id, Matrix wQ, Matrix wK, Matrix wV, Matrix wO, Vector bQ, Vector bK, Vector bV) {

    static Head of(Weights weights, Config config, HeadId id) {
        id.check(config);
        LayerWeights layer = weights.layer(id.layer());
        int from = id.head() * config.dHead();
        int to = from + config.dHead();
        int keysFrom = config.keyOf(id.head()) * config.dHead();
        int keysTo = keysFrom + config.dHead();
        int d = config.dModel();
        String prefix = "blocks." + id.layer() + ".attn.W_";
        return new Head(
                id,
                Matrix.of(weights.part(prefix + "Q", 0, d, from, to)),
                Matrix.of(weights.part(prefix + "K", 0, d, keysFrom, keysTo)),
                Matrix.of(weights.part(prefix + "V", 0, d, keysFrom, keysTo)),
                Matrix.of(weights.part(prefix + "O", from, to, 0, d)),
                Vector.of(Arrays.copyOfRange(layer.bQ(), from, to)),
                Vector.of(Arrays.copyOfRange(layer.bK(), keysFrom, keysTo)),
                Vector.of(Arrays.copyOfRange(layer.bV(), keysFrom, keysTo)));
    }

    /** W_OV = W_V W_O, [D, D]: what is moved from a source that is attended to. */
    public FactoredMatrix ov() {
        return new FactoredMatrix(wV, wO);
    }

    /** W_QK = W_Q W_K^T, [D, D], without the 1/√K: which destination (row) attends to which source (column). */
    public FactoredMatrix qk() {
        return new FactoredMatrix(wQ, wK.transpose());
    }
}
