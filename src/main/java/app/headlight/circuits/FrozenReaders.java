package app.headlight.circuits;

import app.headlight.transformer.Head;
import app.headlight.transformer.HeadId;
import app.headlight.transformer.Intervention;
import app.headlight.transformer.LayerWeights;
import app.headlight.transformer.Norm;
import app.headlight.transformer.Run;
import app.headlight.transformer.Transformer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ejml.data.FMatrixRMaj;

/**
 * A run as the linear map that it is once its patterns are frozen, and with {@code LNPre} the scale of each reader at
 * each position (Elhage et al. 2021, "A Mathematical Framework for Transformer Circuits", Path Expansion). A reader,
 * {@code [T, D]}, says what the stream before some layer is worth: the sum over positions of stream · reader. Heads
 * that the run takes away are none of its heads.
 */
final class FrozenReaders {

    private final Transformer model;
    private final Run run;
    private final Map<HeadId, Head> heads = new HashMap<>();

    FrozenReaders(Transformer model, Run run) {
        this.model = model;
        this.run = run;
        for (HeadId id : model.heads()) {
            if (!run.interventions().contains(new Intervention.ZeroHead(id))) {
                heads.put(id, model.head(id));
            }
        }
    }

    /** The heads of a layer, in order. */
    List<HeadId> heads(int layer) {
        return model.heads().stream()
                .filter(id -> id.layer() == layer && heads.containsKey(id))
                .toList();
    }

    /** What the last stream is worth to a direction: a row at its destination alone, through the final norm. */
    FMatrixRMaj unembedding(LogitDirection direction) {
        FMatrixRMaj reader = new FMatrixRMaj(run.length(), model.config().dModel());
        System.arraycopy(direction.vector(), 0, reader.data, direction.destination() * reader.numCols, reader.numCols);
        throughNorm(reader, model.config().nLayers());
        return reader;
    }

    /** What the stream before a head's layer is worth for what the head makes of it, and its b_V besides. */
    Through through(HeadId id, FMatrixRMaj reader) {
        Head head = heads.get(id);
        FMatrixRMaj mixed = new FMatrixRMaj(run.length(), model.config().dHead());
        FMatrixRMaj values = new FMatrixRMaj(run.length(), model.config().dHead());
        FMatrixRMaj before = new FMatrixRMaj(run.length(), model.config().dModel());
        model.products().multiplyTransB(reader, head.wO(), mixed); // (T, D) (D, K)
        model.products().multiplyTransA(run.pattern(id), mixed, values); // (T, T) (T, K)
        model.products().multiplyTransB(values, head.wV(), before); // (T, K) (K, D)
        throughNorm(before, id.layer());
        return new Through(before, onEveryRow(values, head.bV()));
    }

    /**
     * @param reader of the stream before the layer
     * @param bias what b_V is worth
     */
    record Through(FMatrixRMaj reader, double bias) {}

    /** What the b_O of a layer is worth to a reader of a later stream. */
    double outputBias(int layer, FMatrixRMaj reader) {
        LayerWeights weights = model.weights().layers().get(layer);
        return onEveryRow(reader, weights.bO());
    }

    /** What x_0 is worth at each position, {@code [T]}. */
    double[] embedding(FMatrixRMaj reader) {
        float[] x = run.residual(0).data;
        double[] bySource = new double[run.length()];
        for (int i = 0; i < x.length; i++) {
            bySource[i / reader.numCols] += (double) x[i] * reader.data[i];
        }
        return bySource;
    }

    /** Centring and scaling are their own transpose: (x − mean(x)) c · r = x · (r − mean(r)) c. */
    private void throughNorm(FMatrixRMaj reader, int layer) {
        if (model.config().norm() == Norm.LN_PRE) {
            Submatrix.centreRows(reader);
            float[] scale = run.normScale(layer);
            for (int i = 0; i < reader.data.length; i++) {
                reader.data[i] *= scale[i / reader.numCols];
            }
        }
    }

    private static double onEveryRow(FMatrixRMaj reader, float[] bias) {
        double sum = 0;
        for (int i = 0; i < reader.data.length; i++) {
            sum += (double) reader.data[i] * bias[i % reader.numCols];
        }
        return sum;
    }
}
