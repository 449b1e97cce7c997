package app.headlight.engine.transformer;

import app.headlight.engine.tensor.Exponentials;
import app.headlight.engine.transformer.Mlp.Activation;
import org.ejml.data.FMatrixRMaj;

/** The activation functions of neurons and their derivatives, one row at a time. */
final class Neurons {

    private static final double ROOT_TWO_OVER_PI = Math.sqrt(2 / Math.PI);
    private static final double CUBIC = 0.044715;
    private static final double QUICK = 1.702;

    private Neurons() {}

    /**
     * Replaces a row by its activations.
     *
     * @param exponentials room for a row
     */
    static void activate(Activation activation, FMatrixRMaj x, int row, double[] exponentials) {
        int m = x.numCols;
        int from = row * m;
        switch (activation) {
            case RELU -> {
                for (int i = from; i < from + m; i++) {
                    x.data[i] = Math.max(0, x.data[i]);
                }
            }
            case RELU2 -> {
                for (int i = from; i < from + m; i++) {
                    float positive = Math.max(0, x.data[i]);
                    x.data[i] = positive * positive;
                }
            }
            case SOLU, SOLU_LN -> {
                double share = softmax(x, row, exponentials);
                for (int i = 0; i < m; i++) {
                    x.data[from + i] *= (float) (exponentials[i] * share);
                }
            }
            default -> {
                gates(activation, x, row, exponentials);
                for (int i = 0; i < m; i++) {
                    x.data[from + i] = (float) (x.data[from + i] * exponentials[i]);
                }
            }
        }
    }

    /**
     * Computes the derivative by a row from that by its activations, in place.
     *
     * @param x what the function was applied to
     * @param exponentials room for a row
     */
    static void backward(Activation activation, FMatrixRMaj x, int row, FMatrixRMaj change, double[] exponentials) {
        int m = x.numCols;
        int from = row * m;
        switch (activation) {
            case RELU -> {
                for (int i = from; i < from + m; i++) {
                    change.data[i] = x.data[i] > 0 ? change.data[i] : 0;
                }
            }
            case RELU2 -> {
                for (int i = from; i < from + m; i++) {
                    change.data[i] *= 2 * Math.max(0, x.data[i]);
                }
            }
            case SOLU, SOLU_LN -> soluBackward(x, row, change, exponentials);
            default -> {
                gates(activation, x, row, exponentials);
                for (int i = 0; i < m; i++) {
                    double gate = exponentials[i];
                    double slope = gate + x.data[from + i] * slope(activation, x.data[from + i], gate);
                    change.data[from + i] *= (float) slope;
                }
            }
        }
    }

    /** The g of x·g(x): the share of each input that goes through, in [0, 1]. */
    private static void gates(Activation activation, FMatrixRMaj x, int row, double[] gates) {
        int m = x.numCols;
        int from = row * m;
        switch (activation) {
            case SILU -> {
                for (int i = 0; i < m; i++) {
                    gates[i] = -x.data[from + i];
                }
                sigmoids(gates, m);
            }
            case QUICK_GELU -> {
                for (int i = 0; i < m; i++) {
                    gates[i] = -QUICK * x.data[from + i];
                }
                sigmoids(gates, m);
            }
            case GELU_NEW -> { // ½ (1 + tanh u) is the logistic function of 2u
                for (int i = 0; i < m; i++) {
                    double v = x.data[from + i];
                    gates[i] = -2 * ROOT_TWO_OVER_PI * (v + CUBIC * v * v * v);
                }
                sigmoids(gates, m);
            }
            case GELU -> {
                for (int i = 0; i < m; i++) {
                    double v = x.data[from + i];
                    gates[i] = -v * v / 2;
                }
                Exponentials.exp(gates, m);
                for (int i = 0; i < m; i++) {
                    gates[i] = normal(x.data[from + i], gates[i]);
                }
            }
            default -> throw new IllegalArgumentException(activation + " is not a function of each neuron by itself");
        }
    }

    /** The derivative of the gate. */
    private static double slope(Activation activation, double x, double gate) {
        return switch (activation) {
            case SILU -> gate * (1 - gate);
            case QUICK_GELU -> QUICK * gate * (1 - gate);
            case GELU_NEW -> gate * (1 - gate) * 2 * ROOT_TWO_OVER_PI * (1 + 3 * CUBIC * x * x);
            case GELU -> Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
            default -> throw new IllegalArgumentException(activation + " is not a function of each neuron by itself");
        };
    }

    /** 1 / (1 + e^y), in place. */
    private static void sigmoids(double[] y, int count) {
        Exponentials.exp(y, count);
        for (int i = 0; i < count; i++) {
            y[i] = 1 / (1 + y[i]);
        }
    }

    /**
     * The distribution function of the normal distribution, Φ(x), from e^(−x²/2), by the rational approximation of
     * Abramowitz and Stegun 26.2.17: within 7.5e-8.
     */
    private static double normal(double x, double exponential) {
        double t = 1 / (1 + 0.2316419 * Math.abs(x));
        double tail = exponential
                / Math.sqrt(2 * Math.PI)
                * t
                * (0.319381530 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
        return x < 0 ? tail : 1 - tail;
    }

    /** Puts e^(x − largest) into {@code exponentials}, and returns 1 / their sum. */
    private static double softmax(FMatrixRMaj x, int row, double[] exponentials) {
        int m = x.numCols;
        Exponentials.below(Exponentials.most(x.data, row * m, m), x.data, row * m, m, exponentials);
        return 1 / Exponentials.sum(exponentials, m);
    }

    /** y = x ∘ s with s the softmax of x: dx = s ∘ (dy + x ∘ dy − Σ y ∘ dy). */
    private static void soluBackward(FMatrixRMaj x, int row, FMatrixRMaj change, double[] exponentials) {
        int m = x.numCols;
        int from = row * m;
        double share = softmax(x, row, exponentials);
        double along = 0;
        for (int i = 0; i < m; i++) {
            along += exponentials[i] * share * x.data[from + i] * change.data[from + i];
        }
        for (int i = 0; i < m; i++) {
            double dy = change.data[from + i];
            change.data[from + i] = (float) (exponentials[i] * share * (dy + x.data[from + i] * dy - along));
        }
    }
}
