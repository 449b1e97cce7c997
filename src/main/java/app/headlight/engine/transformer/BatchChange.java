package app.headlight.engine.transformer;

import app.headlight.engine.tensor.Prepared;

/**
 * The derivatives that a {@link BatchPass} passes from layer to layer, in memory that every layer uses again.
 *
 * @param stream by the stream, [S·n, D]
 * @param streamBySequence its rows, [n, D] each
 * @param read by what a layer reads, [S·n, D]
 * @param q [S·n, H·K], and likewise {@code k}, {@code v}, {@code z}; {@code qOf} and so on are their parts by sequence
 *     and head
 * @param square by one pattern, then its scores, [n, n]
 */
record BatchChange(
        Prepared stream,
        Prepared[] streamBySequence,
        Prepared read,
        Prepared[] readBySequence,
        Prepared q,
        Prepared k,
        Prepared v,
        Prepared z,
        Prepared[][] qOf,
        Prepared[][] kOf,
        Prepared[][] vOf,
        Prepared[][] zOf,
        Prepared square) {

    static BatchChange of(BatchShape shape) {
        Prepared stream = shape.stacked(shape.dModel());
        Prepared read = shape.stacked(shape.dModel());
        Prepared q = shape.stacked(shape.packed());
        Prepared k = shape.stacked(shape.packed());
        Prepared v = shape.stacked(shape.packed());
        Prepared z = shape.stacked(shape.packed());
        return new BatchChange(
                stream,
                shape.bySequence(stream),
                read,
                shape.bySequence(read),
                q,
                k,
                v,
                z,
                shape.byHead(q),
                shape.byHead(k),
                shape.byHead(v),
                shape.byHead(z),
                shape.products().blank(shape.length(), shape.length()));
    }
}
