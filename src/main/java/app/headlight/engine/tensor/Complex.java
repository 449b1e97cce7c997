package app.headlight.engine.tensor;

/** A complex number. */
public record Complex(double re, double im) {

    public double magnitude() {
        return Math.hypot(re, im);
    }

    /** In radians, in (-π, π]. */
    public double angle() {
        return Math.atan2(im, re);
    }
}
