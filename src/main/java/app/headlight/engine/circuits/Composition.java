package app.headlight.engine.circuits;

import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.tensor.FactoredMatrix;
import app.headlight.engine.transformer.Head;
import app.headlight.engine.transformer.HeadId;

/**
 * The kinds of composition: how strongly an earlier head's output enters a later head's query, key or value, by the
 * Frobenius norm of the product of their weights divided by the product of their norms, in [0, 1] (Elhage et al. 2021,
 * "A Mathematical Framework for Transformer Circuits", Two-Layer Attention-Only Transformers). The weights are used as
 * they are, without the scale of a norm.
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
     * The raw score, from which the score of random matrices is not subtracted; 0 if one of the heads is all zeros.
     *
     * @throws Refusal if {@code earlier} is not in an earlier layer than {@code later}
     */
    public double raw(Head earlier, Head later) {
        checkOrder(earlier.id(), later.id());
        FactoredMatrix reader = reader(later);
        double norms = earlier.ov().frobeniusNorm() * reader.frobeniusNorm();
        return norms == 0 ? 0 : earlier.ov().times(reader).frobeniusNorm() / norms;
    }

    static void checkOrder(HeadId earlier, HeadId later) {
        if (earlier.layer() >= later.layer()) {
            throw new Refusal(
                    earlier + " does not come before " + later + "; heads compose only with heads of later layers");
        }
    }
}
