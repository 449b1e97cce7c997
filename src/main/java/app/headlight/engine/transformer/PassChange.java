package app.headlight.engine.transformer;

import app.headlight.engine.tensor.Prepared;

/**
 * The derivatives that a backward pass hands from layer to layer, in memory that every layer uses again.
 *
 * @param stream by the stream, [S·n, D]
 * @param written by what a block writes, [S·n, D]
 * @param read by what a block reads, [S·n, D]
 * @param aside by what a parallel MLP reads, [S·n, D]
 * @param q [S·n, H·K], and likewise {@code k}, {@code v}, {@code z}
 * @param kGroups [S·n, G·K], and likewise {@code vGroups}
 * @param squares by each pattern, then its scores, [S·H·n, n]
 * @param neurons [S·n, M], and likewise {@code linear}; [S·n, 1] without an MLP
 */
record PassChange(
        Prepared stream,
        Prepared written,
        Prepared read,
        Prepared aside,
        Prepared q,
        Prepared k,
        Prepared v,
        Prepared z,
        Prepared kGroups,
        Prepared vGroups,
        Prepared squares,
        Prepared neurons,
        Prepared linear) {

    static PassChange of(PassShape shape) {
        Config config = shape.config();
        int d = config.dModel();
        int hk = config.packedHeads();
        boolean grouped = config.nKeyValueHeads() != config.nHeads();
        Prepared k = shape.stacked(hk);
        Prepared v = shape.stacked(hk);
        int neurons = config.mlp() == null ? 1 : config.mlp().dMlp();
        return new PassChange(
                shape.stacked(d),
                shape.stacked(d),
                shape.stacked(d),
                shape.stacked(config.parallel() ? d : 1),
                shape.stacked(hk),
                k,
                v,
                shape.stacked(hk),
                grouped ? shape.stacked(config.packedKeys()) : k,
                grouped ? shape.stacked(config.packedKeys()) : v,
                shape.blank(shape.sequences() * config.nHeads() * shape.length(), shape.length()),
                shape.stacked(neurons),
                shape.stacked(neurons));
    }
}
