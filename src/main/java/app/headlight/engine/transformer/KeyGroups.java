package app.headlight.engine.transformer;

import app.headlight.engine.tensor.Prepared;
import org.ejml.data.FMatrixRMaj;

/** Keys or values that several heads share: head h has those of group h·G div H ({@code docs/maths.md}, "Layer kinds"). */
final class KeyGroups {

    private final PassShape shape;
    private final Config config;

    KeyGroups(PassShape shape) {
        this.shape = shape;
        this.config = shape.config();
    }

    /** Whether any head shares them. */
    boolean areShared() {
        return config.nKeyValueHeads() != config.nHeads();
    }

    /** Gives each head a copy of what its group has: [S·n, G·K] to [S·n, H·K]. */
    void spread(Prepared groups, Prepared heads) {
        int k = config.dHead();
        for (int s = 0; s < shape.sequences(); s++) {
            FMatrixRMaj from = shape.room(0, shape.length(), groups.columns());
            FMatrixRMaj to = shape.room(1, shape.length(), heads.columns());
            shape.of(groups, s).read(from, 0);
            for (int t = 0; t < shape.length(); t++) {
                for (int h = 0; h < config.nHeads(); h++) {
                    int group = config.keyOf(h);
                    System.arraycopy(from.data, t * from.numCols + group * k, to.data, t * to.numCols + h * k, k);
                }
            }
            shape.of(heads, s).write(to);
        }
    }

    /** Adds up over the heads of each group: [S·n, H·K] to [S·n, G·K]. */
    void gather(Prepared heads, Prepared groups) {
        int k = config.dHead();
        for (int s = 0; s < shape.sequences(); s++) {
            FMatrixRMaj from = shape.room(0, shape.length(), heads.columns());
            FMatrixRMaj to = shape.room(1, shape.length(), groups.columns());
            shape.of(heads, s).read(from, 0);
            to.zero();
            for (int t = 0; t < shape.length(); t++) {
                for (int i = 0; i < from.numCols; i++) {
                    int group = config.keyOf(i / k);
                    to.data[t * to.numCols + group * k + i % k] += from.data[t * from.numCols + i];
                }
            }
            shape.of(groups, s).write(to);
        }
    }
}
