package app.headlight.engine.training;

import java.util.SplittableRandom;

/**
 * The task of uniformly random tokens that repeat after a period, which is uniform in [n/8, n/2]. Only a head that
 * finds the earlier occurrence can do better than chance: induction heads form on this task by themselves.
 *
 * @param vocabulary the number of tokens, all of which occur
 */
record Repeats(int vocabulary) implements Examples {

    @Override
    public void draw(SplittableRandom random, int[] window) {
        int n = window.length - 1;
        int least = Math.max(1, n / 8);
        int period = random.nextInt(least, Math.max(least + 1, n / 2 + 1));
        for (int t = 0; t < window.length; t++) {
            window[t] = t < period ? random.nextInt(vocabulary) : window[t - period];
        }
    }

    /** Each token, and each pair, is as likely as any other. */
    @Override
    public Entropy entropy() {
        return new Entropy(Math.log(vocabulary), Math.log(vocabulary));
    }
}
