package app.headlight.engine.circuits.modular;

/**
 * The waves on the numbers 0 to p − 1, for an odd p: for each frequency k from 1 to (p − 1) / 2, cos(2π k a / p) and
 * sin(2π k a / p), and the constant. Divided by √(p / 2), and the constant by √p, they are p orthonormal vectors.
 */
record Frequencies(int p) {

    /** How many frequencies there are, without the constant. */
    int count() {
        return (p - 1) / 2;
    }

    double cos(int k, int a) {
        return Math.cos(2 * Math.PI * Math.floorMod((long) k * a, p) / p);
    }

    double sin(int k, int a) {
        return Math.sin(2 * Math.PI * Math.floorMod((long) k * a, p) / p);
    }

    /** Cosine and sine of every frequency and number: {@code [2 (k − 1)][a]} and {@code [2 (k − 1) + 1][a]}. */
    double[][] waves() {
        double[][] waves = new double[2 * count()][p];
        for (int k = 1; k <= count(); k++) {
            for (int a = 0; a < p; a++) {
                waves[2 * k - 2][a] = cos(k, a);
                waves[2 * k - 1][a] = sin(k, a);
            }
        }
        return waves;
    }

    /**
     * The share of the variance of a function of two numbers that its waves of each frequency explain: those in a alone,
     * in b alone, and the four products of the same frequency in both (Nanda et al. 2023, section 4.2).
     *
     * @param values f(a, b) at a p + b
     * @param waves {@link #waves}
     * @return by frequency k − 1; all 0 where the function is constant
     */
    double[] shares(double[] values, double[][] waves) {
        double mean = 0;
        for (double value : values) {
            mean += value / values.length;
        }
        double variance = 0;
        double[] overB = new double[p]; // Σ_b f(a, b), less the mean
        double[] overA = new double[p];
        for (int a = 0; a < p; a++) {
            for (int b = 0; b < p; b++) {
                double value = values[a * p + b] - mean;
                variance += value * value;
                overB[a] += value;
                overA[b] += value;
            }
        }
        double[] shares = new double[count()];
        if (variance <= 1e-12 * values.length * (1 + mean * mean)) {
            return shares;
        }
        double[] along = new double[p];
        for (int k = 0; k < shares.length; k++) {
            double explained = 0;
            for (int wave = 2 * k; wave < 2 * k + 2; wave++) {
                explained += square(dot(waves[wave], overB)) / (p * p / 2.0);
                explained += square(dot(waves[wave], overA)) / (p * p / 2.0);
                for (int b = 0; b < p; b++) {
                    along[b] = 0;
                    for (int a = 0; a < p; a++) {
                        along[b] += waves[wave][a] * (values[a * p + b] - mean);
                    }
                }
                explained += square(dot(waves[2 * k], along)) / (p * p / 4.0);
                explained += square(dot(waves[2 * k + 1], along)) / (p * p / 4.0);
            }
            shares[k] = explained / variance;
        }
        return shares;
    }

    private static double square(double x) {
        return x * x;
    }

    static double dot(double[] x, double[] y) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            sum += x[i] * y[i];
        }
        return sum;
    }
}
