package app.headlight.engine.training;

/**
 * The optimizer: Adam with decoupled weight decay (Loshchilov and Hutter 2019, algorithm 2), on one array at a time.
 */
final class AdamW {

    private static final float EPS = 1e-8f;

    private AdamW() {}

    /**
     * Takes one step, in place.
     *
     * @param step from 1
     * @param settings its decay is not looked at
     * @param scale the factor of the gradient: 1, or less if the gradient is clipped
     * @param decay 0 for biases and the weights of norms
     * @param from the first element
     * @param to the element after the last
     */
    static void step(
            float[] weights,
            float[] gradient,
            float[] mean,
            float[] square,
            Optimizer settings,
            long step,
            double rate,
            float scale,
            double decay,
            int from,
            int to) {
        float keepMean = (float) settings.beta1();
        float keepSquare = (float) settings.beta2();
        float size = (float) (rate / (1 - Math.pow(settings.beta1(), step)));
        float unbias = (float) (1 / (1 - Math.pow(settings.beta2(), step)));
        float keep = (float) (1 - rate * decay);
        for (int i = from; i < to; i++) {
            float g = scale * gradient[i];
            float m = keepMean * mean[i] + (1 - keepMean) * g;
            float v = keepSquare * square[i] + (1 - keepSquare) * g * g;
            mean[i] = m;
            square[i] = v;
            weights[i] = keep * weights[i] - size * m / ((float) Math.sqrt(v * unbias) + EPS);
        }
    }
}
