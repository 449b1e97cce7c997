package app.headlight.engine.training;

/**
 * How much the tokens before help to predict: the mean loss at the end of a window less that at a tenth of it, each over
 * a sixteenth of its tokens (Olsson et al. 2022 take the 500th and the 50th of 512). Below zero where context helps; it
 * falls when induction heads form.
 */
final class ContextScore {

    private final int early;
    private final int late;
    private final int width;
    private double sum;
    private int windows;

    /** @param context tokens of a window whose losses are known, T */
    ContextScore(int context) {
        width = Math.max(1, context / 16);
        early = Math.min(context / 10, context - width);
        late = context - width;
    }

    /** @param losses of a window, [T], in nats */
    void add(double[] losses) {
        for (int i = 0; i < width; i++) {
            sum += (losses[late + i] - losses[early + i]) / width;
        }
        windows++;
    }

    /** The mean over the windows, in nats a token. */
    double mean() {
        return sum / windows;
    }
}
