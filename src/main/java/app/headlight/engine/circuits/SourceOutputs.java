package app.headlight.engine.circuits;

import app.headlight.engine.tensor.Matrix;
import app.headlight.engine.transformer.Head;
import app.headlight.engine.transformer.HeadId;
import app.headlight.engine.transformer.KeptShare;
import app.headlight.engine.transformer.Run;
import app.headlight.engine.transformer.Transformer;
import org.ejml.data.FMatrixRMaj;

/** Computes what a head would write for attention 1 to each source of a run. */
final class SourceOutputs {

    private SourceOutputs() {}

    /** The pattern of a head, {@code [T, T]}, each row times the share of it that is in the head's output. */
    static Matrix kept(Run run, HeadId head) {
        return run.pattern(head).scaledRows(KeptShare.ofLines(run, head));
    }

    /** The same, as far as it reaches the unembedding through the stream alone. */
    static Matrix reaching(Run run, HeadId head) {
        return kept(run, head).scaledRows(KeptShare.ofAttention(run, head.layer()));
    }

    /** v_s W_O for each source s, {@code [T, D]}, b_V included; zeros if the run removes the head's output. */
    static FMatrixRMaj of(Transformer model, Run run, HeadId id) {
        FMatrixRMaj outputs = new FMatrixRMaj(run.length(), model.config().dModel());
        if (!run.isZeroed(id)) {
            Head head = model.head(id);
            model.products().multiply(run.ofHead(run.v(id.layer()), id.head()), head.wO(), outputs);
        }
        return outputs;
    }
}
