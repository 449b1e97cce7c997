package app.headlight.engine.residual;

import app.headlight.engine.transformer.Run;
import org.ejml.data.FMatrixRMaj;

/**
 * The length of the residual stream at each layer and position, and how far each layer turns it.
 *
 * @param norms ‖x_l‖ at each position, {@code [L+1][T]}; read-only
 * @param cosines between x_l and x_{l+1}, {@code [L][T]}, 0 where one of them is all zeros; read-only
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

    private static double dot(FMatrixRMaj a, FMatrixRMaj b, int row) {
        double sum = 0;
        for (int i = row * a.numCols; i < (row + 1) * a.numCols; i++) {
            sum += (double) a.data[i] * b.data[i];
        }
        return sum;
    }
}
