package app.headlight.engine.training;

import app.headlight.engine.refusal.Refusal;
import java.util.Arrays;
import java.util.SplittableRandom;

/** The windows of a text, drawn at random places; in a share of them a passage stands twice. */
public final class TextExamples implements Examples {

    private static final int SAMPLED_ROW = 128;

    private final char[] training;
    private final char[] validation;
    private final double twice;
    private final double twiceLate;
    private final double twiceRandom;
    private final int vocabulary;

    /**
     * @param training token ids
     * @param validation token ids of a text that is not trained on
     * @param twice the share of windows in which a passage is repeated: the first m tokens, m uniform in [n/4, n/2],
     *     repeated to the end
     * @param twiceLate the same for the second half of a training
     * @param twiceRandom of those windows the share whose passage is of tokens drawn at random from the vocabulary
     */
    public TextExamples(
            char[] training, char[] validation, double twice, double twiceLate, double twiceRandom, int vocabulary) {
        this.training = training;
        this.validation = validation;
        this.twice = twice;
        this.twiceLate = twiceLate;
        this.twiceRandom = twiceRandom;
        this.vocabulary = vocabulary;
    }

    @Override
    public Examples at(double progress) {
        return progress < 0.5
                ? this
                : new TextExamples(training, validation, twiceLate, twiceLate, twiceRandom, vocabulary);
    }

    @Override
    public void draw(SplittableRandom random, int[] window) {
        draw(training, random, window);
        if (random.nextDouble() < twice) {
            if (twiceRandom > 0 && random.nextDouble() < twiceRandom) {
                Arrays.setAll(window, t -> random.nextInt(vocabulary));
            }
            repeatPassage(random, window);
        }
    }

    /** Draws a window of the validation text as it is, with no repetition on purpose. */
    @Override
    public void drawUnseen(SplittableRandom random, int[] window) {
        draw(validation, random, window);
    }

    /** Draws a window of the validation text in which the second half repeats the first. */
    public void drawUnseenTwice(SplittableRandom random, int[] window) {
        draw(validation, random, window);
        repeat(window, window.length / 2);
    }

    private static void draw(char[] text, SplittableRandom random, int[] window) {
        if (text.length < window.length) {
            throw new Refusal("the text has " + text.length + " tokens; a window takes " + window.length);
        }
        int from = random.nextInt(text.length - window.length + 1);
        for (int t = 0; t < window.length; t++) {
            window[t] = text[from + t];
        }
    }

    private static void repeatPassage(SplittableRandom random, int[] window) {
        int n = window.length - 1;
        repeat(window, random.nextInt(Math.max(1, n / 4), Math.max(2, n / 2 + 1)));
    }

    private static void repeat(int[] window, int passage) {
        for (int t = passage; t < window.length; t++) {
            window[t] = window[t - passage];
        }
    }

    @Override
    public TextFigures figures(int context) {
        return TextFigures.of(this, context).withPairs(training, vocabulary);
    }

    /** The figures of the training text. */
    @Override
    public Entropy entropy() {
        return entropy(training, vocabulary);
    }

    /**
     * Unigram entropy −Σ p(a) log p(a), and bigram entropy −Σ p(a, b) log p(b | a), from the counts of a text.
     *
     * @param vocabulary V; this needs memory for V² counts
     */
    static Entropy entropy(char[] text, int vocabulary) {
        int[] pairs = new int[Math.multiplyExact(vocabulary, vocabulary)];
        long[] firsts = new long[vocabulary];
        for (int t = 0; t + 1 < text.length; t++) {
            pairs[text[t] * vocabulary + text[t + 1]]++;
            firsts[text[t]]++;
        }
        double total = text.length - 1.0;
        double unigram = 0;
        double bigram = 0;
        for (int a = 0; a < vocabulary; a++) {
            if (firsts[a] == 0) {
                continue;
            }
            unigram -= firsts[a] / total * Math.log(firsts[a] / total);
            for (int b = 0; b < vocabulary; b++) {
                int count = pairs[a * vocabulary + b];
                if (count > 0) {
                    bigram -= count / total * Math.log((double) count / firsts[a]);
                }
            }
        }
        return new Entropy(unigram, bigram);
    }

    /** A text made of rows of examples, one after the other. */
    static char[] sample(Examples examples, int tokens) {
        SplittableRandom random = new SplittableRandom(0);
        char[] text = new char[tokens];
        int[] row = new int[SAMPLED_ROW];
        for (int t = 0; t < tokens; t++) {
            if (t % SAMPLED_ROW == 0) {
                examples.draw(random, row);
            }
            text[t] = (char) row[t % SAMPLED_ROW];
        }
        return text;
    }
}
