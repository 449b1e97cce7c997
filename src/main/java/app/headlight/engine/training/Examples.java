package app.headlight.engine.training;

import java.util.SplittableRandom;

/** A source of windows to train on. The same random numbers give the same window. */
public interface Examples {

    /**
     * Draws a window.
     *
     * @param window receives the tokens, one more than the positions that are trained on
     */
    void draw(SplittableRandom random, int[] window);

    /**
     * The examples for a part of the training.
     *
     * @param progress the share of the steps that was taken, in [0, 1)
     */
    default Examples at(double progress) {
        return this;
    }

    /** Draws a window that is not trained on, to measure the loss. */
    default void drawUnseen(SplittableRandom random, int[] window) {
        draw(random, window);
    }

    /**
     * The first position whose loss counts; what is predicted before it is not to be learned.
     *
     * @param context the positions of a window
     */
    default int countedFrom(int context) {
        return 0;
    }

    /** The losses of predictors without context on these examples. */
    Entropy entropy();

    /**
     * The figures that are stored beside the model: windows of {@code context} tokens, and for a text also its pairs of
     * tokens.
     */
    default TextFigures figures(int context) {
        return TextFigures.of(this, context);
    }

    /**
     * The losses of the two predictors without context, in nats a token.
     *
     * @param unigram of a predictor that knows how frequent each token is
     * @param bigram of a predictor that knows what follows each token, and how often
     */
    record Entropy(double unigram, double bigram) {}

    /** The examples of a task that are made while training. */
    static Examples of(Recipe recipe) {
        return switch (recipe.task()) {
            case REPEATS -> new Repeats(recipe.vocabulary());
            case SKIP_TRIGRAMS -> new SkipTrigrams(recipe.vocabulary());
            case MARKOV -> new MarkovChains(recipe.vocabulary());
            case MODULAR_ADDITION -> new ModularAddition(recipe.vocabulary());
            case TEXT -> throw new IllegalArgumentException("the examples of a text are not made while training");
        };
    }
}
