package app.headlight.engine.training;

import java.util.Random;
import java.util.SplittableRandom;

/**
 * The task of Nanda et al. 2023 ("Progress measures for grokking via mechanistic interpretability"): rows “a b =” of two
 * numbers below p, after which (a + b) mod p is to be predicted. Only that prediction counts. The model is trained on a
 * share of all pairs; long after it knows these by heart, it begins to get the others right.
 *
 * <p>Tokens are the numbers 0 to p − 1, then “=”.
 */
public final class ModularAddition implements Examples {

    /** The tokens that a model reads: two numbers and “=”. */
    public static final int CONTEXT = 3;

    /** The share of the pairs that is trained on. */
    public static final double TRAINED = 0.3;

    private static final long SPLIT_SEED = 999;

    private final int modulus;
    private final int[] pairs; // a p + b, those that are trained on first
    private final int trained;

    /** @param vocabulary p + 1 */
    public ModularAddition(int vocabulary) {
        modulus = vocabulary - 1;
        pairs = new int[modulus * modulus];
        Random random = new Random(SPLIT_SEED);
        for (int i = 0; i < pairs.length; i++) { // a random order, by inserting
            int at = random.nextInt(i + 1);
            pairs[i] = pairs[at];
            pairs[at] = i;
        }
        trained = (int) (TRAINED * pairs.length);
    }

    /** The number p of the numbers that are added. */
    public int modulus() {
        return modulus;
    }

    @Override
    public void draw(SplittableRandom random, int[] window) {
        write(pairs[random.nextInt(trained)], window);
    }

    @Override
    public void drawUnseen(SplittableRandom random, int[] window) {
        write(pairs[random.nextInt(trained, pairs.length)], window);
    }

    private void write(int pair, int[] window) {
        int a = pair / modulus;
        int b = pair % modulus;
        int[] row = {a, b, modulus, (a + b) % modulus};
        System.arraycopy(row, 0, window, 0, Math.min(row.length, window.length));
    }

    @Override
    public int countedFrom(int context) {
        return CONTEXT - 1;
    }

    /** Without the other number, every sum is as likely as any other. */
    @Override
    public Entropy entropy() {
        return new Entropy(Math.log(modulus), Math.log(modulus));
    }
}
