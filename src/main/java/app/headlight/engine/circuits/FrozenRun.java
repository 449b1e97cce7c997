package app.headlight.engine.circuits;

import app.headlight.engine.transformer.Head;
import app.headlight.engine.transformer.HeadId;
import app.headlight.engine.transformer.Intervention;
import app.headlight.engine.transformer.LayerWeights;
import app.headlight.engine.transformer.Run;
import app.headlight.engine.transformer.Transformer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.ejml.data.FMatrixRMaj;

/** A run whose patterns are frozen, whatever its heads then read. Heads that are removed in the run are left out. */
final class FrozenRun {

    private final Transformer model;
    private final Run run;
    private final Map<HeadId, Head> heads = new LinkedHashMap<>();

    FrozenRun(Transformer model, Run run) {
        this.model = model;
        this.run = run;
        for (HeadId id : model.heads()) {
            if (!run.interventions().contains(new Intervention.ZeroHead(id))) {
                heads.put(id, model.head(id));
            }
        }
    }

    /**
     * The stream before layer {@code l}, {@code [T, D]}, if the heads of earlier layers write {@code outputs}; heads
     * that are missing there write nothing.
     */
    FMatrixRMaj stream(int l, Map<HeadId, FMatrixRMaj> outputs) {
        FMatrixRMaj stream = run.residual(0).copy();
        for (int layer = 0; layer < l; layer++) {
            LayerWeights weights = model.weights().layer(layer);
            for (int i = 0; i < stream.data.length; i++) {
                stream.data[i] += weights.bO()[i % stream.numCols];
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
        Map<HeadId, FMatrixRMaj> next = new LinkedHashMap<>();
        for (int layer = 0; layer < model.config().nLayers(); layer++) {
            next.putAll(written(layer, outputs));
        }
        return next;
    }

    /** What every head writes without the head {@code gone}: each layer reads what the earlier layers then write. */
    Map<HeadId, FMatrixRMaj> without(HeadId gone) {
        Map<HeadId, FMatrixRMaj> outputs = new LinkedHashMap<>();
        for (int layer = 0; layer < model.config().nLayers(); layer++) {
            outputs.putAll(written(layer, outputs));
            outputs.remove(gone);
        }
        return outputs;
    }

    private Map<HeadId, FMatrixRMaj> written(int layer, Map<HeadId, FMatrixRMaj> outputs) {
        FMatrixRMaj read = model.normalised(stream(layer, outputs)); // (T, D)
        Map<HeadId, FMatrixRMaj> written = new LinkedHashMap<>();
        for (HeadId id : heads.keySet()) {
            if (id.layer() == layer) {
                written.put(id, written(id, read));
            }
        }
        return written;
    }

    private FMatrixRMaj written(HeadId id, FMatrixRMaj read) {
        Head head = heads.get(id);
        FMatrixRMaj values = new FMatrixRMaj(run.length(), model.config().dHead());
        FMatrixRMaj mixed = new FMatrixRMaj(run.length(), model.config().dHead());
        FMatrixRMaj written = new FMatrixRMaj(run.length(), model.config().dModel());
        model.products().multiply(read, head.wV(), values); // (T, D) (D, K)
        for (int i = 0; i < values.data.length; i++) {
            values.data[i] += head.bV()[i % values.numCols];
        }
        model.products().multiply(run.pattern(id), values, mixed); // (T, T) (T, K)
        model.products().multiply(mixed, head.wO(), written); // (T, K) (K, D)
        return written;
    }
}
