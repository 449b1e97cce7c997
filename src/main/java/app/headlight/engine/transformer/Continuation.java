package app.headlight.engine.transformer;

import app.headlight.engine.refusal.Refusal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * How a model goes on from a text: token after token, each the likeliest, or drawn from the model's probabilities.
 *
 * @param tokens how many, 0 to {@value #MOST}
 * @param seed of the draws, so that they are the same each time; null: the likeliest token each time
 */
public record Continuation(int tokens, @Nullable Long seed) {

    /** Each token costs a run of all before it. */
    public static final int MOST = 200;

    /** Nothing is added. */
    public static final Continuation NONE = new Continuation(0, null);

    /** @throws Refusal if more tokens are asked for than {@value #MOST}, or fewer than none */
    public Continuation {
        if (tokens < 0 || tokens > MOST) {
            throw new Refusal(tokens + " tokens are asked for; a text is continued by 0 to " + MOST);
        }
    }

    /** With another number of tokens, of which the common ones are the same. */
    public Continuation withTokens(int tokens) {
        return tokens == 0 ? NONE : new Continuation(tokens, seed);
    }

    /**
     * The tokens that follow.
     *
     * @param given at least one
     * @param known the first of them, found before
     */
    public List<Integer> of(Transformer model, int[] given, List<Integer> known) {
        List<Integer> more = new ArrayList<>(known);
        int[] all = Arrays.copyOf(given, given.length + tokens);
        for (int i = 0; i < tokens; i++) {
            if (i == more.size()) {
                Run run = model.run(Arrays.copyOf(all, given.length + i));
                more.add(next(run.logits().row(run.length() - 1), i));
            }
            all[given.length + i] = more.get(i);
        }
        return List.copyOf(more.subList(0, tokens));
    }

    private int next(float[] logits, int place) {
        int likeliest = 0;
        for (int token = 1; token < logits.length; token++) {
            if (logits[token] > logits[likeliest]) {
                likeliest = token;
            }
        }
        if (seed == null) {
            return likeliest;
        }
        double[] upTo = new double[logits.length]; // the sum of what is proportional to the probabilities
        double sum = 0;
        for (int token = 0; token < logits.length; token++) {
            sum += Math.exp((double) logits[token] - logits[likeliest]);
            upTo[token] = sum;
        }
        // A place's draw depends on no other's, so that longer continuations begin as shorter ones do.
        double drawn = new SplittableRandom(MOST * seed + place).nextDouble() * sum;
        int found = Arrays.binarySearch(upTo, drawn);
        return Math.min(found < 0 ? -found - 1 : found + 1, logits.length - 1);
    }
}
