package app.headlight.engine.training;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * The task with a new random Markov chain for each row. Every row draws a few tokens as its states and gives each of
 * them two successors among them, one three times as likely as the other. Which token follows which can be learned only
 * from the row itself (in-context bigrams).
 *
 * @param vocabulary the number of tokens, at least as many as a row has states
 */
record MarkovChains(int vocabulary) implements Examples {

    private static final int STATES = 12;
    private static final int ENTROPY_TOKENS = 1 << 21;

    @Override
    public void draw(SplittableRandom random, int[] window) {
        int[] states = random.ints(0, vocabulary).distinct().limit(STATES).toArray();
        int[] usual = new int[STATES];
        int[] other = new int[STATES];
        Arrays.setAll(usual, s -> random.nextInt(STATES));
        Arrays.setAll(other, s -> random.nextInt(STATES));
        int state = random.nextInt(STATES);
        for (int t = 0; t < window.length; t++) {
            window[t] = states[state];
            state = random.nextInt(4) < 3 ? usual[state] : other[state];
        }
    }

    /** Counted over two million tokens. */
    @Override
    public Entropy entropy() {
        return TextExamples.entropy(TextExamples.sample(this, ENTROPY_TOKENS), vocabulary);
    }
}
