package app.headlight.engine.training;

import app.headlight.engine.refusal.Refusal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Figures of the text of a model, which are stored beside its weights: windows that it was not trained on, and how
 * often the commonest pairs of tokens occur in the text that it was trained on.
 *
 * @param unseen windows of tokens, each of the context's length
 * @param counts how often each token of the training text has another after it, {@code [V]}; empty if the examples were
 *     made while training
 * @param follows for each token the commonest next tokens and their counts, {@code b, n, b, n …}, the commonest first:
 *     those after at least {@value #LEAST} of its occurrences, {@value #MOST} at most
 */
public record TextFigures(List<int[]> unseen, int[] counts, List<int[]> follows) {

    /** The name of the file in the folder of a model. */
    public static final String FILE = "text.json";

    static final int MOST = 24;
    static final double LEAST = 0.004;
    private static final int WINDOWS = 16;
    private static final long SEED = 5;

    /** Two tokens, one after the other, and how often they occur: p(a), p(b | a). */
    public record Pair(int first, int second, double firstShare, double share) {}

    /** Copies the lists. */
    public TextFigures {
        unseen = List.copyOf(unseen);
        follows = List.copyOf(follows);
    }

    /** The figures of examples that are made while training: only windows. */
    static TextFigures of(Examples examples, int context) {
        SplittableRandom random = new SplittableRandom(SEED);
        List<int[]> unseen = new ArrayList<>();
        for (int i = 0; i < WINDOWS; i++) {
            int[] window = new int[context];
            examples.drawUnseen(random, window);
            unseen.add(window);
        }
        return new TextFigures(unseen, new int[0], List.of());
    }

    /** The same with the pairs of a text. */
    TextFigures withPairs(char[] text, int vocabulary) {
        int[] pairs = new int[Math.multiplyExact(vocabulary, vocabulary)];
        int[] counted = new int[vocabulary];
        for (int t = 0; t + 1 < text.length; t++) {
            pairs[text[t] * vocabulary + text[t + 1]]++;
            counted[text[t]]++;
        }
        List<int[]> commonest = new ArrayList<>();
        for (int a = 0; a < vocabulary; a++) {
            int row = a * vocabulary;
            double least = Math.max(1, LEAST * counted[a]);
            commonest.add(IntStream.range(0, vocabulary)
                    .filter(b -> pairs[row + b] >= least)
                    .boxed()
                    .sorted(Comparator.comparingInt(b -> -pairs[row + b]))
                    .limit(MOST)
                    .flatMapToInt(b -> IntStream.of(b, pairs[row + b]))
                    .toArray());
        }
        return new TextFigures(unseen, counted, commonest);
    }

    /** Whether there are figures of pairs. */
    public boolean hasPairs() {
        return counts.length > 0;
    }

    /** p(b | a) in the training text; NaN if the pair was too rare to be stored. */
    public double share(int a, int b) {
        if (a < follows.size()) {
            int[] next = follows.get(a);
            for (int i = 0; i < next.length; i += 2) {
                if (next[i] == b) {
                    return (double) next[i + 1] / counts[a];
                }
            }
        }
        return Double.NaN;
    }

    /** The pairs that begin with a token, the commonest first. */
    public List<Pair> after(int a) {
        double total = Arrays.stream(counts).asLongStream().sum();
        List<Pair> pairs = new ArrayList<>();
        int[] next = a < follows.size() ? follows.get(a) : new int[0];
        for (int i = 0; i < next.length; i += 2) {
            pairs.add(new Pair(a, next[i], counts[a] / total, (double) next[i + 1] / counts[a]));
        }
        return pairs;
    }

    /** These figures as one JSON object with the names above. */
    public String json() {
        return TrainingJson.write(this);
    }

    /** Reads such an object; throws {@link Refusal} if it is not one. */
    public static TextFigures of(String json) {
        return TrainingJson.read(json, TextFigures.class);
    }
}
