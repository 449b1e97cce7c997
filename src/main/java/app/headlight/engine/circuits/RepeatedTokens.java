package app.headlight.engine.circuits;

import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.transformer.Config;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Texts that show what heads do with repetition: random tokens, then the same tokens again, after the model's
 * beginning-of-sequence token if it wants one (Olsson et al. 2022, "In-context Learning and Induction Heads").
 *
 * @param period N, the number of random tokens
 * @param sequences the texts, each 2N tokens, or 2N + 1 with a beginning-of-sequence token; read-only
 */
public record RepeatedTokens(int period, List<int[]> sequences) {

    /** The period, if the context has room for it. */
    public static final int PERIOD = 50;

    /** Two tokens and the same two again; the beginning-of-sequence token may stand before them. */
    private static final int SHORTEST_CONTEXT = 5;

    private static final int SEQUENCES = 10;
    /** Of the texts that are the same at every call. */
    public static final long SEED = 2022;

    /** Copies the list. */
    public RepeatedTokens {
        sequences = List.copyOf(sequences);
    }

    /** Whether a context has room for such texts. */
    public static boolean fits(Config config) {
        return config.nCtx() >= SHORTEST_CONTEXT;
    }

    /** Ten texts, the same at every call, of period {@value #PERIOD} or as long as fits into the context. */
    public static RepeatedTokens of(Config config) {
        return of(config, SEED);
    }

    /** Ten such texts of another seed. */
    public static RepeatedTokens of(Config config, long seed) {
        int beginning = config.beginning() == null ? 0 : 1;
        return of(config, Math.min(PERIOD, (config.nCtx() - beginning) / 2), SEQUENCES, seed);
    }

    /**
     * Texts drawn from a seed.
     *
     * @throws Refusal if {@code period} or {@code count} is not positive, or a text does not fit the
     *     context
     */
    public static RepeatedTokens of(Config config, int period, int count, long seed) {
        Integer beginning = config.beginning();
        int length = 2 * period + (beginning == null ? 0 : 1);
        if (period < 1 || count < 1 || length > config.nCtx()) {
            throw new Refusal(count + " texts of " + period + " tokens twice; expected at least one of" + " each, and "
                    + length + " tokens in a context of " + config.nCtx());
        }
        Random random = new Random(seed);
        List<int[]> sequences = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            sequences.add(text(config.dVocab(), period, beginning, random));
        }
        return new RepeatedTokens(period, sequences);
    }

    /** Random tokens, each once if the vocabulary is large enough, so that nothing repeats except the period. */
    private static int[] drawn(int vocabulary, int period, @Nullable Integer beginning, Random random) {
        if (vocabulary <= period) {
            return random.ints(period, 0, vocabulary).toArray();
        }
        return random.ints(0, vocabulary)
                .filter(token -> beginning == null || token != beginning)
                .distinct()
                .limit(period)
                .toArray();
    }

    private static int[] text(int vocabulary, int period, @Nullable Integer beginning, Random random) {
        int[] drawn = drawn(vocabulary, period, beginning, random);
        int from = beginning == null ? 0 : 1;
        int[] text = new int[from + 2 * period];
        if (beginning != null) {
            text[0] = beginning;
        }
        System.arraycopy(drawn, 0, text, from, period);
        System.arraycopy(drawn, 0, text, from + period, period);
        return text;
    }
}
