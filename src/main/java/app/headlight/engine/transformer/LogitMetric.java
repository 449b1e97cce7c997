package app.headlight.engine.transformer;

import app.headlight.engine.tensor.Softmax;
import java.util.Arrays;
import org.ejml.data.FMatrixRMaj;

/** A number that is computed from the logits of a pass, by its derivative. */
@FunctionalInterface
public interface LogitMetric {

    /**
     * Replaces the logits of a sequence by the derivative of the metric by them.
     *
     * @param logits [n, V]; its array may be longer
     */
    void differentiate(int sequence, FMatrixRMaj logits);

    /**
     * A sum of losses times a weight.
     *
     * @param targets the tokens that are predicted, by sequence, [n]
     * @param from the first position whose loss counts
     * @param losses receives the loss of every position, by sequence, [n]
     */
    static LogitMetric loss(int[][] targets, float weight, int from, double[][] losses) {
        return (sequence, logits) -> {
            double[] room = new double[logits.numCols];
            Softmax.crossEntropy(logits, targets[sequence], weight, room, losses[sequence]);
            Arrays.fill(logits.data, 0, from * logits.numCols, 0);
        };
    }

    /** The logit of one token minus that of another, at one position. */
    static LogitMetric difference(int position, int raised, int lowered) {
        return (sequence, logits) -> {
            Arrays.fill(logits.data, 0, logits.getNumElements(), 0);
            logits.data[position * logits.numCols + raised] += 1;
            logits.data[position * logits.numCols + lowered] -= 1;
        };
    }
}
