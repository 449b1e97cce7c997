package app.headlight.engine.circuits;

import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.tensor.Matrix;
import app.headlight.engine.transformer.FrozenNorm;
import app.headlight.engine.transformer.HeadId;
import app.headlight.engine.transformer.KeptShare;
import app.headlight.engine.transformer.Run;
import app.headlight.engine.transformer.Transformer;
import java.util.Arrays;
import java.util.List;
import org.ejml.data.FMatrixRMaj;
import org.ejml.dense.row.CommonOps_FDRM;

/**
 * The direct effect of each entry of a pattern on the logits: A[t,s] (v_s W_O) W_U, minus the mean over the vocabulary
 * (Elhage et al. 2021, "A Mathematical Framework for Transformer Circuits"; direct logit attribution by source). The
 * head's output goes through the final norm with the scale that the run has at t. Where the model caps its logits, the
 * effects are on the logits before the cap.
 */
public final class LogitEffect {

    private final Transformer model;
    private final Run run;
    private final Targets targets;
    private final FrozenNorm norm;

    private LogitEffect(Transformer model, Run run, Targets targets) {
        this.model = model;
        this.run = run;
        this.targets = targets;
        norm = FrozenNorm.ofUnembedding(model, run);
    }

    /** Prepares the effects in a run of {@code model}, for any of its heads: V D operations. */
    public static LogitEffect of(Transformer model, Run run) {
        return of(model, run, Targets.of(model, run));
    }

    /** The same with the targets of that run, where they are known. */
    public static LogitEffect of(Transformer model, Run run, Targets targets) {
        return new LogitEffect(model, run, targets);
    }

    /**
     * What the effects at each destination of a run are about.
     *
     * @param tokens the next token of the text, at the last position the token that the model predicts
     * @param directions {@code [T, D]}: W_U of each of them minus the mean over all tokens
     */
    public record Targets(List<Integer> tokens, Matrix directions) {

        /** Copies the list. */
        public Targets {
            tokens = List.copyOf(tokens);
        }

        /** Those of a run of {@code model}: V D operations. */
        public static Targets of(Transformer model, Run run) {
            return LogitEffect.targets(model, run);
        }
    }

    private static Targets targets(Transformer model, Run run) {
        int[] targets = new int[run.length()];
        System.arraycopy(run.tokens(), 1, targets, 0, targets.length - 1);
        targets[targets.length - 1] = mostLikely(run.logits(), targets.length - 1);
        FMatrixRMaj wU = model.weights().wU();
        double[] mean = Submatrix.rowMeans(wU);
        FMatrixRMaj directions = new FMatrixRMaj(targets.length, wU.numRows);
        for (int t = 0; t < targets.length; t++) {
            for (int d = 0; d < mean.length; d++) {
                directions.data[t * mean.length + d] = (float) (wU.get(d, targets[t]) - mean[d]);
            }
        }
        return new Targets(Arrays.stream(targets).boxed().toList(), Matrix.of(directions));
    }

    /**
     * The token whose logit the effects at a destination are about: the next token of the text, at the last position
     * the token that the model predicts.
     */
    public int target(int destination) {
        return targets.tokens().get(Submatrix.checked(destination, run.length(), "position"));
    }

    /** The change of the target's logit at each destination by each source, {@code [T destination, T source]}. */
    public Matrix of(HeadId head) {
        return of(SourceOutputs.reaching(run, head), SourceOutputs.of(model, run, head));
    }

    /** The same for what a virtual head moves from each source, whatever wrote it there. */
    public Matrix of(VirtualHead head) {
        return of(reaching(head), head.sourceOutputs(model, run));
    }

    private Matrix of(Matrix pattern, FMatrixRMaj outputs) {
        FMatrixRMaj effects = new FMatrixRMaj(run.length(), run.length());
        norm.readUnscaled(outputs);
        model.products().multiplyTransB(targets.directions(), Matrix.of(outputs), effects);
        for (int i = 0; i < effects.data.length; i++) {
            int t = i / effects.numCols;
            effects.data[i] *= pattern.get(t, i % effects.numCols) * norm.scale(t);
        }
        return Matrix.of(effects);
    }

    /**
     * The change of every logit by one entry of the pattern, {@code [V]}, with mean 0.
     *
     * @throws Refusal naming a position that does not exist
     */
    public float[] row(HeadId head, int destination, int source) {
        return row(SourceOutputs.reaching(run, head), SourceOutputs.of(model, run, head), destination, source);
    }

    /** The same for one entry of a virtual head's pattern. */
    public float[] row(VirtualHead head, int destination, int source) {
        return row(reaching(head), head.sourceOutputs(model, run), destination, source);
    }

    /** What one entry of the pattern adds to all logits equally: the mean that {@link #row} subtracts. */
    public double common(HeadId head, int destination, int source) {
        return common(SourceOutputs.reaching(run, head), SourceOutputs.of(model, run, head), destination, source);
    }

    /** The same for one entry of a virtual head's pattern. */
    public double common(VirtualHead head, int destination, int source) {
        return common(reaching(head), head.sourceOutputs(model, run), destination, source);
    }

    private Matrix reaching(VirtualHead head) {
        return head.flow(model, run)
                .scaledRows(KeptShare.ofAttention(run, head.heads().getLast().layer()));
    }

    private double common(Matrix pattern, FMatrixRMaj outputs, int destination, int source) {
        float[] logits = logits(pattern, outputs, destination, source).data;
        double sum = 0;
        for (float logit : logits) {
            sum += logit;
        }
        return sum / logits.length;
    }

    private float[] row(Matrix pattern, FMatrixRMaj outputs, int destination, int source) {
        FMatrixRMaj logits = logits(pattern, outputs, destination, source);
        Submatrix.centreRows(logits);
        return logits.data;
    }

    /** What an entry adds to every logit, {@code [1, V]}. */
    private FMatrixRMaj logits(Matrix pattern, FMatrixRMaj outputs, int destination, int source) {
        Submatrix.checked(destination, run.length(), "position");
        FMatrixRMaj output = Submatrix.rows(Matrix.of(outputs), new int[] {source}, "position");
        norm.readUnscaled(output);
        float factor = pattern.get(destination, source) * norm.scale(destination);
        for (int d = 0; d < output.numCols; d++) {
            output.data[d] *= factor;
        }
        FMatrixRMaj logits = new FMatrixRMaj(1, model.config().dVocab());
        // Copying W_U to native memory would take longer than this product, which has only one row.
        CommonOps_FDRM.mult(output, model.weights().wU(), logits);
        return logits;
    }

    private static int mostLikely(Matrix logits, int row) {
        int best = 0;
        for (int v = 1; v < logits.columns(); v++) {
            if (logits.get(row, v) > logits.get(row, best)) {
                best = v;
            }
        }
        return best;
    }
}
