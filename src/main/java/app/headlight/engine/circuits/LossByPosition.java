package app.headlight.engine.circuits;

import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.transformer.Progress;
import app.headlight.engine.transformer.Transformer;
import java.util.Arrays;
import java.util.List;

/**
 * The loss by position, which shows how the loss falls as the model sees more of a text (Kaplan et al. 2020; Olsson et
 * al. 2022, "In-context Learning and Induction Heads").
 *
 * @param mean the mean loss at each position, in nats, over the windows that are long enough; as many as the longest
 *     window has
 * @param windows the number of windows at each position
 */
public record LossByPosition(double[] mean, int[] windows) {

    /**
     * Measures a model on windows of a text, each by itself.
     *
     * @param progress told before each window and at the end
     * @throws Refusal if no window has two tokens
     */
    public static LossByPosition of(Transformer model, List<int[]> windows, Progress progress) {
        int longest = windows.stream().mapToInt(window -> window.length).max().orElse(0);
        if (longest < 2) {
            throw new Refusal("there is no token with a next one to predict; expected two at least");
        }
        double[] mean = new double[longest - 1];
        int[] counted = new int[longest - 1];
        for (int i = 0; i < windows.size(); i++) {
            progress.report(i, windows.size());
            double[] loss = model.run(windows.get(i)).loss();
            for (int t = 0; t < loss.length; t++) {
                mean[t] += loss[t];
                counted[t]++;
            }
        }
        progress.report(1, 1);
        for (int t = 0; t < mean.length; t++) {
            mean[t] /= counted[t];
        }
        return new LossByPosition(mean, counted);
    }

    /**
     * The in-context-learning score: the loss at a late position minus that at an early one, in nats; negative if
     * context helps. The literature takes the positions 500 and 50 of 512.
     *
     * @throws Refusal if a position has no loss, or {@code late} is not after {@code early}
     */
    public double inContextScore(int early, int late) {
        if (early < 0 || late >= mean.length || early >= late) {
            throw new IllegalArgumentException("the in-context-learning score of positions " + early + " and " + late
                    + "; expected an early and a late one of 0 to " + (mean.length - 1));
        }
        return mean[late] - mean[early];
    }

    /**
     * The same for two ranges of positions, which with few windows is less noisy than two single positions: the mean
     * loss over the late range minus that over the early one.
     *
     * @param earlyTo the first position after the early range, and likewise {@code lateTo}
     * @throws Refusal if a range is empty or has a position without a loss
     */
    public double inContextScore(int earlyFrom, int earlyTo, int lateFrom, int lateTo) {
        if (earlyFrom < 0 || earlyFrom >= earlyTo || earlyTo > lateFrom || lateFrom >= lateTo || lateTo > mean.length) {
            throw new IllegalArgumentException("the in-context-learning score of positions " + earlyFrom + " to "
                    + earlyTo + " and " + lateFrom + " to " + lateTo + "; expected an early and a late range of 0 to "
                    + mean.length);
        }
        return overall(lateFrom, lateTo) - overall(earlyFrom, earlyTo);
    }

    /** The mean over all positions of all windows. */
    public double overall() {
        return overall(0, mean.length);
    }

    private double overall(int from, int to) {
        double sum = 0;
        for (int t = from; t < to; t++) {
            sum += mean[t] * windows[t];
        }
        return sum / Arrays.stream(windows, from, to).sum();
    }

    /** A copy. */
    @Override
    public double[] mean() {
        return mean.clone();
    }

    /** A copy. */
    @Override
    public int[] windows() {
        return windows.clone();
    }
}
