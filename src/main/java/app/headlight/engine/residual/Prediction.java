package app.headlight.engine.residual;

import app.headlight.engine.residual.LogitLens.TokenProbability;
import app.headlight.engine.tensor.Softmax;
import app.headlight.engine.tensor.Vector;
import app.headlight.engine.transformer.Run;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.ejml.data.FMatrixRMaj;

/** What a model expects after one position: the distribution over its vocabulary. */
public final class Prediction {

    private final Vector logits; // [V]
    private final double logSum;

    private Prediction(Vector logits, double logSum) {
        this.logits = logits;
        this.logSum = logSum;
    }

    /** What the model predicts after a position of a run. */
    public static Prediction at(Run run, int position) {
        return new Prediction(Vector.of(run.logits().row(position)), run.logSum()[position]);
    }

    /** The prediction of one row of logits, [n, V]. */
    static Prediction of(FMatrixRMaj logits, int row) {
        float[] own = Arrays.copyOfRange(logits.data, row * logits.numCols, (row + 1) * logits.numCols);
        return new Prediction(Vector.of(own), Softmax.logSumExp(logits, row));
    }

    /** In [0, 1]. */
    public double probability(int token) {
        return Math.exp(logProbability(token));
    }

    /** In nats. */
    public double logProbability(int token) {
        return logits.get(token) - logSum;
    }

    /** 1 for the likeliest token. */
    public int rank(int token) {
        return logits.rank(token);
    }

    /** The {@code k} likeliest tokens, the likeliest first. */
    public List<TokenProbability> likeliest(int k) {
        return logits.largest(k).stream()
                .map(entry -> new TokenProbability(entry.index(), probability(entry.index())))
                .toList();
    }

    /** Of every token, [V]. */
    double[] probabilities() {
        return IntStream.range(0, logits.size()).mapToDouble(this::probability).toArray();
    }

    /** KL(last ‖ this) in nats, given the probabilities of {@code last}; rounding must not make it negative. */
    double divergence(Prediction last, double[] probabilities) {
        double sum = logSum - last.logSum;
        for (int v = 0; v < probabilities.length; v++) {
            sum += probabilities[v] * ((double) last.logits.get(v) - logits.get(v));
        }
        return Math.max(0, sum);
    }
}
