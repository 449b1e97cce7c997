package app.headlight.engine.residual;

import app.headlight.engine.tensor.Copies;
import app.headlight.engine.tensor.Matrix;
import app.headlight.engine.transformer.Run;

/**
 * The length of the residual stream at each layer and position, and how far each layer turns it.
 *
 * @param norms ‖x_l‖ at each position, {@code [L+1][T]}
 * @param cosines between x_l and x_{l+1}, {@code [L][T]}, 0 where one of them is all zeros
 */
public record StreamNorms(double[][] norms, double[][] cosines) {

    /** Measures the stream of a run. */
    public static StreamNorms of(Run run) {
        int layers = run.config().nLayers();
        double[][] norms = new double[layers + 1][run.length()];
        double[][] cosines = new double[layers][run.length()];
        for (int t = 0; t < run.length(); t++) {
            for (int l = 0; l <= layers; l++) {
                norms[l][t] = Math.sqrt(dot(run.residual(l), run.residual(l), t));
            }
            for (int l = 0; l < layers; l++) {
                double lengths = norms[l][t] * norms[l + 1][t];
                cosines[l][t] = lengths == 0 ? 0 : dot(run.residual(l), run.residual(l + 1), t) / lengths;
            }
        }
        return new StreamNorms(norms, cosines);
    }

    private static double dot(Matrix a, Matrix b, int row) {
        double sum = 0;
        for (int d = 0; d < a.columns(); d++) {
            sum += (double) a.get(row, d) * b.get(row, d);
        }
        return sum;
    }

    /** A copy. */
    @Override
    public double[][] norms() {
        return Copies.of(norms);
    }

    /** A copy. */
    @Override
    public double[][] cosines() {
        return Copies.of(cosines);
    }
}
