package app.headlight.training;

import java.util.SplittableRandom;

/** Where windows come from. The same random numbers give the same window. */
public interface Examples {

    /**
     * Fills in a window.
     *
     * @param window the tokens out, one more than the positions that are trained on
     */
    void draw(SplittableRandom random, int[] window);

    /**
     * The examples of a part of the training.
     *
     * @param progress share of the steps that are taken, in [0, 1)
     */
    default Examples at(double progress) {
        return this;
    }

    /** A window that takes no part in training, for measuring. */
    default void drawUnseen(SplittableRandom random, int[] window) {
        draw(random, window);
    }

    /** What predictors without context reach on these examples. */
    Entropy entropy();

    /** What is kept of them beside the model: windows of {@code context} tokens, and pairs where they are a text's. */
    default TextFigures figures(int context) {
        return TextFigures.of(this, context);
    }

    /**
     * Loss of the two predictors that look at no context, in nats a token.
     *
     * @param unigram knows how frequent each token is
     * @param bigram knows what follows each token, and how often
     */
    record Entropy(double unigram, double bigram) {}

    /** The examples of a task that is made on the fly. */
    static Examples of(Recipe recipe) {
        return switch (recipe.task()) {
            case REPEATS -> new Repeats(recipe.vocabulary());
            case SKIP_TRIGRAMS -> new SkipTrigrams(recipe.vocabulary());
            case MARKOV -> new MarkovChains(recipe.vocabulary());
            case TEXT -> throw new IllegalArgumentException("a text is not made on the fly");
        };
    }
}
