package app.headlight.engine.circuits.modular;

import java.util.List;

/**
 * The logits of all pairs along the waves cos(2π k (a + b − c) / p), which are largest where c is the right sum. Logits are
 * centred over c first: what all of them share does not change what is predicted.
 */
final class Waves {

    private final Frequencies frequencies;
    private final double[] sums; // Σ of the centred logits by (a + b − c) mod p
    private final double variance;

    /** @param logits by a p + b, [p²][at least p] */
    Waves(Frequencies frequencies, float[][] logits) {
        this.frequencies = frequencies;
        int p = frequencies.p();
        sums = new double[p];
        double squares = 0;
        for (int pair = 0; pair < logits.length; pair++) {
            double mean = 0;
            for (int c = 0; c < p; c++) {
                mean += logits[pair][c] / (double) p;
            }
            int sum = pair / p + pair % p;
            for (int c = 0; c < p; c++) {
                double value = logits[pair][c] - mean;
                squares += value * value;
                sums[Math.floorMod(sum - c, p)] += value;
            }
        }
        variance = squares;
    }

    /** The coefficient of a cosine: the mean of logit × cosine, times 2. */
    private double coefficient(int k) {
        double along = 0;
        for (int e = 0; e < sums.length; e++) {
            along += sums[e] * frequencies.cos(k, e);
        }
        return along / (Math.pow(sums.length, 3) / 2);
    }

    /** The share of the variance along each cosine, by k − 1. */
    double[] shares() {
        double[] shares = new double[frequencies.count()];
        for (int k = 1; k <= shares.length && variance > 0; k++) {
            double coefficient = coefficient(k);
            shares[k - 1] = coefficient * coefficient * Math.pow(sums.length, 3) / 2 / variance;
        }
        return shares;
    }

    /** Logits that have only the cosines of some frequencies, [p²][p]. */
    float[][] only(List<Integer> key) {
        int p = sums.length;
        double[] wave = new double[p];
        for (int k : key) {
            double coefficient = coefficient(k);
            for (int e = 0; e < p; e++) {
                wave[e] += coefficient * frequencies.cos(k, e);
            }
        }
        float[][] logits = new float[p * p][p];
        for (int pair = 0; pair < logits.length; pair++) {
            for (int c = 0; c < p; c++) {
                logits[pair][c] = (float) wave[Math.floorMod(pair / p + pair % p - c, p)];
            }
        }
        return logits;
    }
}
