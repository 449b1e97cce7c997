package app.headlight.engine.training;

/**
 * The learning rate by step: a linear rise during the warm-up, then half a cosine down to a share of the highest
 * (Loshchilov and Hutter 2017, "SGDR", without restarts).
 *
 * @param last that share, in [0, 1]
 */
record Schedule(double highest, int warmUp, int steps, double last) {

    /** @param step from 0 */
    double rate(long step) {
        if (step < warmUp) {
            return highest * (step + 1) / warmUp;
        }
        double progress = Math.min(1, (double) (step - warmUp) / Math.max(1, steps - warmUp));
        return highest * (last + (1 - last) * 0.5 * (1 + Math.cos(Math.PI * progress)));
    }
}
