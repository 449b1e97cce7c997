package app.headlight.engine.circuits;

import app.headlight.engine.tensor.Matrix;
import app.headlight.engine.transformer.Edit;
import app.headlight.engine.transformer.Edit.At;
import app.headlight.engine.transformer.HeadId;
import app.headlight.engine.transformer.Run;
import app.headlight.engine.transformer.Site;
import app.headlight.engine.transformer.Site.Kind;
import app.headlight.engine.transformer.Transformer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ejml.data.FMatrixRMaj;

/**
 * A run whose patterns are frozen, whatever its heads then read: edited runs of the model. Heads that are removed in
 * the run are left out.
 */
final class FrozenRun {

    private final Transformer model;
    private final Run run;
    private final List<HeadId> heads;
    private final List<Edit> frozen = new ArrayList<>();

    FrozenRun(Transformer model, Run run) {
        this.model = model;
        this.run = run;
        heads = model.heads().stream().filter(head -> !run.isZeroed(head)).toList();
        for (HeadId head : model.heads()) {
            frozen.add(run.isZeroed(head) ? Edit.zero(head) : Edit.freeze(head, run.pattern(head)));
        }
    }

    /**
     * The stream before layer {@code l}, {@code [T, D]}, if the heads of earlier layers write {@code outputs}; heads
     * that are missing there write nothing.
     */
    FMatrixRMaj stream(int l, Map<HeadId, FMatrixRMaj> outputs) {
        FMatrixRMaj stream = run.residual(0).copy();
        for (int layer = 0; layer < l; layer++) {
            float[] bO = model.weights().layer(layer).bO();
            for (int i = 0; i < stream.data.length; i++) {
                stream.data[i] += bO[i % stream.numCols];
            }
        }
        outputs.forEach((head, written) -> {
            if (head.layer() < l) {
                for (int i = 0; i < stream.data.length; i++) {
                    stream.data[i] += written.data[i];
                }
            }
        });
        return stream;
    }

    /** The stream after the last layer. */
    FMatrixRMaj stream(Map<HeadId, FMatrixRMaj> outputs) {
        return stream(model.config().nLayers(), outputs);
    }

    /** What every head writes, {@code [T, D]} each, if the heads before it write {@code outputs}. */
    Map<HeadId, FMatrixRMaj> next(Map<HeadId, FMatrixRMaj> outputs) {
        List<Edit> edits = new ArrayList<>(frozen);
        for (int l = 1; l < model.config().nLayers(); l++) {
            edits.add(new Edit.Patch(Site.of(Kind.RESID_PRE, l), At.ALL, Matrix.of(stream(l, outputs))));
        }
        Run edited = model.run(run.tokens(), edits);
        Map<HeadId, FMatrixRMaj> next = new LinkedHashMap<>();
        heads.forEach(head -> next.put(head, edited.result(head).copy()));
        return next;
    }

    /** The run without the head {@code gone}: each layer reads what the earlier layers then write. */
    Run without(HeadId gone) {
        List<Edit> edits = new ArrayList<>(frozen);
        edits.add(Edit.zero(gone));
        return model.run(run.tokens(), edits);
    }
}
