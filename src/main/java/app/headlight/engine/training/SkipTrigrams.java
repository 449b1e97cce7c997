package app.headlight.engine.training;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The task of planted rules "s … d → o" in random filler. A row has one source token s near its beginning; after it,
 * each of the two destination tokens d is followed by the o of (s, d). The two rules of a source share only the source,
 * as in "keep … in mind" and "keep … at bay", so that the paper's skip-trigram bugs can be seen: a head that raises
 * both outputs also raises the crossed ones (Elhage et al. 2021, "Skip-Trigram “Bugs”").
 */
final class SkipTrigrams implements Examples {

    /** A planted rule, in token ids. */
    record Rule(int source, int destination, int output) {}

    private static final int DESTINATIONS = 2;
    private static final int ENTROPY_TOKENS = 1 << 20;

    private final int vocabulary;
    private final int sources;
    private final int filler; // the first id of the filler tokens

    /** @param vocabulary at least 16 tokens, of which a quarter are sources and outputs */
    SkipTrigrams(int vocabulary) {
        this.vocabulary = vocabulary;
        sources = Math.max(1, vocabulary / 8);
        filler = DESTINATIONS + sources + DESTINATIONS * sources;
    }

    /** Every rule: destinations are the first ids, then sources, then outputs. */
    List<Rule> rules() {
        List<Rule> rules = new ArrayList<>();
        for (int s = 0; s < sources; s++) {
            for (int d = 0; d < DESTINATIONS; d++) {
                rules.add(new Rule(DESTINATIONS + s, d, output(s, d)));
            }
        }
        return rules;
    }

    private int output(int source, int destination) {
        return DESTINATIONS + sources + DESTINATIONS * source + destination;
    }

    @Override
    public void draw(SplittableRandom random, int[] window) {
        int source = random.nextInt(sources);
        int place = random.nextInt(Math.max(1, window.length / 4));
        for (int t = 0; t < window.length; t++) {
            if (t == place) {
                window[t] = DESTINATIONS + source;
            } else if (t > place && t > 0 && window[t - 1] < DESTINATIONS) {
                window[t] = output(source, window[t - 1]);
            } else if (t > place && random.nextInt(6) == 0) {
                window[t] = random.nextInt(DESTINATIONS);
            } else {
                window[t] = random.nextInt(filler, vocabulary);
            }
        }
    }

    /** Counted over a million tokens. */
    @Override
    public Entropy entropy() {
        return TextExamples.entropy(TextExamples.sample(this, ENTROPY_TOKENS), vocabulary);
    }
}
