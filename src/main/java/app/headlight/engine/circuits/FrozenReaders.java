package app.headlight.engine.circuits;

import app.headlight.engine.tensor.Matrix;
import app.headlight.engine.transformer.FrozenNorm;
import app.headlight.engine.transformer.Head;
import app.headlight.engine.transformer.HeadId;
import app.headlight.engine.transformer.LayerWeights;
import app.headlight.engine.transformer.Run;
import app.headlight.engine.transformer.Transformer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ejml.data.FMatrixRMaj;

/**
 * A run as a linear map, which it is once its patterns are frozen, and the scale of each reader's norm at each
 * position (Elhage et al. 2021, "A Mathematical Framework for Transformer Circuits", Path Expansion). A reader,
 * {@code [T, D]}, gives the value of the stream before some layer: the sum over positions of stream · reader. Heads
 * that are removed in the run are not among its heads.
 */
final class FrozenReaders {

    private final Transformer model;
    private final Run run;
    private final Map<HeadId, Head> heads = new HashMap<>();

    FrozenReaders(Transformer model, Run run) {
        this.model = model;
        this.run = run;
        for (HeadId id : model.heads()) {
            if (!run.isZeroed(id)) {
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

    /**
     * The reader of the last stream for a direction: only the row of its destination is not zero; it includes the final
     * norm.
     */
    FMatrixRMaj unembedding(LogitDirection direction) {
        FMatrixRMaj reader = new FMatrixRMaj(run.length(), model.config().dModel());
        System.arraycopy(direction.vector(), 0, reader.data, direction.destination() * reader.numCols, reader.numCols);
        FrozenNorm.ofUnembedding(model, run).readBack(reader);
        return reader;
    }

    /**
     * The reader of the stream before a head's layer that stands for the head's output as {@code reader} reads it, and
     * the value of b_V and of the norm's b.
     */
    Through through(HeadId id, FMatrixRMaj reader) {
        Head head = heads.get(id);
        FMatrixRMaj mixed = new FMatrixRMaj(run.length(), model.config().dHead());
        FMatrixRMaj values = new FMatrixRMaj(run.length(), model.config().dHead());
        FMatrixRMaj before = new FMatrixRMaj(run.length(), model.config().dModel());
        model.products().multiplyTransB(Matrix.of(reader), head.wO(), mixed); // (T, D) (D, K)
        model.products().multiplyTransA(run.pattern(id), Matrix.of(mixed), values); // (T, T) (T, K)
        model.products().multiplyTransB(Matrix.of(values), head.wV(), before); // (T, K) (K, D)
        FrozenNorm norm = FrozenNorm.ofAttention(model, run, id.layer());
        double bias =
                onEveryRow(values, head.bV().toArray()) + (norm.bias() == null ? 0 : onEveryRow(before, norm.bias()));
        norm.readBack(before);
        return new Through(before, bias);
    }

    /**
     * @param reader the reader of the stream before the layer
     * @param bias the value of b_V
     */
    record Through(FMatrixRMaj reader, double bias) {}

    /** The value of the b_O of a layer for a reader of a later stream. */
    double outputBias(int layer, FMatrixRMaj reader) {
        LayerWeights weights = model.weights().layer(layer);
        return onEveryRow(reader, weights.bO());
    }

    /** The value of x_0 at each position, {@code [T]}. */
    double[] embedding(FMatrixRMaj reader) {
        Matrix x = run.residual(0);
        double[] bySource = new double[run.length()];
        for (int t = 0; t < x.rows(); t++) {
            for (int d = 0; d < x.columns(); d++) {
                bySource[t] += (double) x.get(t, d) * reader.get(t, d);
            }
        }
        return bySource;
    }

    private static double onEveryRow(FMatrixRMaj reader, float[] bias) {
        double sum = 0;
        for (int i = 0; i < reader.data.length; i++) {
            sum += (double) reader.data[i] * bias[i % reader.numCols];
        }
        return sum;
    }
}
