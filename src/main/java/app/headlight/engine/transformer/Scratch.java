package app.headlight.engine.transformer;

import app.headlight.engine.tensor.MatrixProducts;
import app.headlight.engine.tensor.Prepared;

/**
 * The temporary matrices of a run, which every layer uses again and which are freed at the end of the run.
 *
 * @param x what values and unembedding read, [T, D]
 * @param asked what queries and keys read, [T, D]
 * @param q [T, H·K], and likewise {@code k}, {@code v}, {@code z}
 * @param scores of all heads, then their patterns, [H·T, T]
 * @param result of all heads, [H·T, D]
 */
record Scratch(
        Prepared x, Prepared asked, Prepared q, Prepared k, Prepared v, Prepared z, Prepared scores, Prepared result)
        implements AutoCloseable {

    static Scratch of(Config config, int length, MatrixProducts products) {
        int d = config.dModel();
        int hk = config.nHeads() * config.dHead();
        return new Scratch(
                products.blank(length, d),
                products.blank(length, d),
                products.blank(length, hk),
                products.blank(length, hk),
                products.blank(length, hk),
                products.blank(length, hk),
                products.blank(config.nHeads() * length, length),
                products.blank(config.nHeads() * length, d));
    }

    @Override
    public void close() {
        for (Prepared each : new Prepared[] {x, asked, q, k, v, z, scores, result}) {
            each.close();
        }
    }
}
