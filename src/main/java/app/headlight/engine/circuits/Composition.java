package app.headlight.engine.circuits;

import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.tensor.FactoredMatrix;
import app.headlight.engine.tensor.Matrix;
import app.headlight.engine.tensor.MatrixProducts;
import app.headlight.engine.transformer.Head;
import app.headlight.engine.transformer.HeadId;
import org.ejml.data.FMatrixRMaj;

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

    /**
     * The same in float32, for many heads: ‖A₁B₁A₂B₂‖² = trace((A₁ᵀA₁) M (B₂B₂ᵀ) Mᵀ) with M = B₁A₂, all of it K by K.
     *
     * @throws Refusal if {@code earlier} is not in an earlier layer than {@code later}
     */
    double raw(Head earlier, Head later, MatrixProducts products) {
        checkOrder(earlier.id(), later.id());
        FactoredMatrix reader = reader(later);
        Matrix values = gram(earlier.wV().transpose(), products); // [K, K]
        Matrix read = gram(reader.right(), products);
        double norms = Math.sqrt(sum(values, gram(earlier.wO(), products)))
                * Math.sqrt(sum(gram(reader.left().transpose(), products), read));
        Matrix between = product(earlier.wO(), reader.left(), products);
        Matrix right = product(product(values, between, products), read, products);
        return norms == 0 ? 0 : Math.sqrt(Math.max(0, sum(right, between))) / norms;
    }

    /** a aᵀ */
    private static Matrix gram(Matrix a, MatrixProducts products) {
        FMatrixRMaj gram = new FMatrixRMaj(a.rows(), a.rows());
        products.multiplyTransB(a, a, gram);
        return Matrix.of(gram);
    }

    private static Matrix product(Matrix a, Matrix b, MatrixProducts products) {
        FMatrixRMaj product = new FMatrixRMaj(a.rows(), b.columns());
        products.multiply(a, b, product);
        return Matrix.of(product);
    }

    /** The sum of the products of the entries: the trace of a bᵀ. */
    private static double sum(Matrix a, Matrix b) {
        double sum = 0;
        for (int r = 0; r < a.rows(); r++) {
            for (int c = 0; c < a.columns(); c++) {
                sum += (double) a.get(r, c) * b.get(r, c);
            }
        }
        return sum;
    }

    static void checkOrder(HeadId earlier, HeadId later) {
        if (earlier.layer() >= later.layer()) {
            throw new Refusal(
                    earlier + " does not come before " + later + "; heads compose only with heads of later layers");
        }
    }
}
