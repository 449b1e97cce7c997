package app.headlight.engine.transformer;

import app.headlight.engine.tensor.MatrixProducts;
import app.headlight.engine.tensor.Prepared;
import org.ejml.data.FMatrixRMaj;

/**
 * What the parts of a {@link BatchPass} share: its sizes, its products, and memory for one sequence.
 *
 * @param sequences S
 * @param length n, positions of each
 * @param ones [S·n, 1]
 * @param row [n, D], in Java's memory
 * @param otherRow [n, D]
 * @param square [n, n]
 * @param otherSquare [n, n]
 * @param logits [n, V]
 * @param exponentials [max(n, V)]
 */
record BatchShape(
        Config config,
        int sequences,
        int length,
        boolean biases,
        MatrixProducts products,
        Prepared ones,
        FMatrixRMaj row,
        FMatrixRMaj otherRow,
        FMatrixRMaj square,
        FMatrixRMaj otherSquare,
        FMatrixRMaj logits,
        double[] exponentials) {

    static BatchShape of(Config config, int sequences, int length, boolean biases, MatrixProducts products) {
        FMatrixRMaj ones = new FMatrixRMaj(sequences * length, 1);
        ones.fill(1);
        return new BatchShape(
                config,
                sequences,
                length,
                biases,
                products,
                products.prepare(ones),
                new FMatrixRMaj(length, config.dModel()),
                new FMatrixRMaj(length, config.dModel()),
                new FMatrixRMaj(length, length),
                new FMatrixRMaj(length, length),
                new FMatrixRMaj(length, config.dVocab()),
                new double[Math.max(length, config.dVocab())]);
    }

    int dModel() {
        return config.dModel();
    }

    /** H·K. */
    int packed() {
        return config.nHeads() * config.dHead();
    }

    /** S·n. */
    int rows() {
        return sequences * length;
    }

    /** Memory for a matrix [S·n, columns]. */
    Prepared stacked(int columns) {
        return products.blank(rows(), columns);
    }

    /** The rows of each sequence in a matrix [S·n, any]. */
    Prepared[] bySequence(Prepared stacked) {
        Prepared[] parts = new Prepared[sequences];
        for (int s = 0; s < sequences; s++) {
            parts[s] = stacked.rows(s * length, (s + 1) * length);
        }
        return parts;
    }

    /** The part of each sequence and head in a matrix [S·n, H·K]; [n, K] each. */
    Prepared[][] byHead(Prepared stacked) {
        Prepared[][] parts = new Prepared[sequences][config.nHeads()];
        Prepared[] rows = bySequence(stacked);
        for (int s = 0; s < sequences; s++) {
            for (int h = 0; h < config.nHeads(); h++) {
                parts[s][h] = rows[s].columns(h * config.dHead(), (h + 1) * config.dHead());
            }
        }
        return parts;
    }
}
