package app.headlight.engine.residual;

import app.headlight.engine.tensor.Matrix;
import app.headlight.engine.transformer.HeadId;
import app.headlight.engine.transformer.Run;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How much a head deletes, that is, writes the opposite of what is already in the residual stream (Elhage et al. 2021,
 * "A Mathematical Framework for Transformer Circuits", Residual Stream Bandwidth: memory management).
 *
 * @param head the head
 * @param cosines of the angle between what the head writes at a position and the stream that its layer reads there, in
 *     [-1, 1], {@code [T]}: -1 deletes, 1 repeats; 0 where the head writes nothing
 * @param removed the share of the stream's length that is removed, −(written · stream) / ‖stream‖², {@code [T]}: 1 if
 *     all of it is removed, negative if the stream grows; 0 where the stream is zero
 */
public record HeadDeletion(HeadId head, double[] cosines, double[] removed) {

    /** The deletion of every head in a run, layer by layer. */
    public static Map<HeadId, HeadDeletion> of(Run run) {
        Map<HeadId, HeadDeletion> heads = new LinkedHashMap<>();
        for (int layer = 0; layer < run.config().nLayers(); layer++) {
            for (int h = 0; h < run.config().nHeads(); h++) {
                HeadId head = new HeadId(layer, h);
                heads.put(head, of(head, run.result(head), run.residual(layer)));
            }
        }
        return Collections.unmodifiableMap(heads);
    }

    /** The mean cosine over the positions. */
    public double meanCosine() {
        double sum = 0;
        for (double cosine : cosines) {
            sum += cosine;
        }
        return sum / cosines.length;
    }

    private static HeadDeletion of(HeadId head, Matrix written, Matrix stream) {
        double[] cosines = new double[stream.rows()];
        double[] removed = new double[stream.rows()];
        for (int t = 0; t < stream.rows(); t++) {
            double dot = 0;
            double ofWritten = 0;
            double ofStream = 0;
            for (int d = 0; d < stream.columns(); d++) {
                double w = written.get(t, d);
                double x = stream.get(t, d);
                dot += w * x;
                ofWritten += w * w;
                ofStream += x * x;
            }
            double lengths = Math.sqrt(ofWritten) * Math.sqrt(ofStream);
            cosines[t] = lengths == 0 ? 0 : dot / lengths;
            removed[t] = ofStream == 0 ? 0 : 0 - dot / ofStream; // not −0
        }
        return new HeadDeletion(head, cosines, removed);
    }

    /** A copy. */
    @Override
    public double[] cosines() {
        return cosines.clone();
    }

    /** A copy. */
    @Override
    public double[] removed() {
        return removed.clone();
    }
}
