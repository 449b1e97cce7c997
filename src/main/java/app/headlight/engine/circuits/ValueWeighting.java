package app.headlight.engine.circuits;

import app.headlight.engine.tensor.Matrix;
import app.headlight.engine.transformer.HeadId;
import app.headlight.engine.transformer.Run;
import app.headlight.engine.transformer.Transformer;
import org.ejml.data.FMatrixRMaj;

/**
 * The pattern of a head, weighted by the size of what it moves from each source: attention to a source from which it
 * writes nearly nothing has no effect (Kobayashi et al. 2020, "Attention is Not Only a Weight").
 *
 * @param sourceNorms ‖v_s W_O‖ of each source, {@code [T]}
 * @param pattern A[t,s] ‖v_s W_O‖, {@code [T destination, T source]}; where an edit takes the place of what the head
 *     writes, 0
 */
public record ValueWeighting(float[] sourceNorms, Matrix pattern) {

    /** Weights the pattern of a head in a run of {@code model}. */
    public static ValueWeighting of(Transformer model, Run run, HeadId head) {
        return of(SourceOutputs.kept(run, head), SourceOutputs.of(model, run, head));
    }

    /** The same for a virtual head, by the size of what passes through all its heads, without the scales of norms. */
    public static ValueWeighting of(Transformer model, Run run, VirtualHead head) {
        return of(head.pattern(model, run), head.sourceOutputs(model, run));
    }

    private static ValueWeighting of(Matrix pattern, FMatrixRMaj outputs) {
        float[] norms = new float[outputs.numRows];
        for (int s = 0; s < norms.length; s++) {
            double squares = 0;
            for (int d = 0; d < outputs.numCols; d++) {
                double x = outputs.get(s, d);
                squares += x * x;
            }
            norms[s] = (float) Math.sqrt(squares);
        }
        FMatrixRMaj weighted = pattern.copy();
        for (int i = 0; i < weighted.data.length; i++) {
            weighted.data[i] *= norms[i % norms.length];
        }
        return new ValueWeighting(norms, Matrix.of(weighted));
    }

    /** A copy. */
    @Override
    public float[] sourceNorms() {
        return sourceNorms.clone();
    }
}
