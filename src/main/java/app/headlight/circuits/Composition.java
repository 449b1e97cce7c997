package app.headlight.circuits;

import app.headlight.tensor.FactoredMatrix;
import app.headlight.transformer.Head;
import app.headlight.transformer.HeadId;

/**
 * How strongly what an earlier head writes reaches a later head's query, key or value: the Frobenius norm of the
 * product of their weights over the product of their norms, in [0, 1] (Elhage et al. 2021, "A Mathematical Framework
 * for Transformer Circuits", Two-Layer Attention-Only Transformers). Weights are taken as they are, without a norm's
 * scale.
 */
public enum Composition {
    Q {
        @Override
        FactoredMatrix reader(Head later) {
            return later.qk();
        }
    },
    K {
        @Override
        FactoredMatrix reader(Head later) {
            return later.qk().transpose();
        }
    },
    V {
        @Override
        FactoredMatrix reader(Head later) {
            return later.ov();
        }
    };

    abstract FactoredMatrix reader(Head later);

    /**
     * The raw score, without the score of random matrices taken away; 0 where one of the heads is all zeros.
     *
     * @throws IllegalArgumentException if {@code earlier} is not in an earlier layer than {@code later}
     */
    public double raw(Head earlier, Head later) {
        checkOrder(earlier.id(), later.id());
        FactoredMatrix reader = reader(later);
        double norms = earlier.ov().frobeniusNorm() * reader.frobeniusNorm();
        return norms == 0 ? 0 : earlier.ov().times(reader).frobeniusNorm() / norms;
    }

    static void checkOrder(HeadId earlier, HeadId later) {
        if (earlier.layer() >= later.layer()) {
            throw new IllegalArgumentException(
                    earlier + " does not come before " + later + "; heads compose with heads of later layers only");
        }
    }
}
