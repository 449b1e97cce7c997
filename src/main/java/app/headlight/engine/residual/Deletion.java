package app.headlight.engine.residual;

import app.headlight.engine.circuits.StreamReader;
import app.headlight.engine.circuits.StreamWriter;
import app.headlight.engine.tensor.Matrix;
import app.headlight.engine.transformer.Run;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * How much a head or an MLP deletes, that is, writes the opposite of what is already in the residual stream (Elhage et
 * al. 2021, "A Mathematical Framework for Transformer Circuits", Residual Stream Bandwidth: memory management).
 *
 * @param writer the head or MLP
 * @param cosines of the angle between what it writes at a position and the stream that it reads there, before any norm,
 *     in [-1, 1], {@code [T]}: -1 deletes, 1 repeats; 0 where it writes nothing
 * @param removed the share of the stream's length that is removed, −(written · stream) / ‖stream‖², {@code [T]}: 1 if
 *     all of it is removed, negative if the stream grows; 0 where the stream is zero
 */
public record Deletion(StreamWriter writer, double[] cosines, double[] removed) {

    /** The deletion of every head and MLP in a run, in the order of a forward pass. */
    public static Map<StreamWriter, Deletion> of(Run run) {
        Map<StreamWriter, Deletion> writers = new LinkedHashMap<>();
        for (StreamWriter writer : StreamReader.LOGITS.writers(run.config())) {
            switch (writer.kind()) {
                case HEAD ->
                    writers.put(
                            writer,
                            of(
                                    writer,
                                    run.result(Objects.requireNonNull(writer.head())),
                                    run.residual(writer.layer())));
                case MLP ->
                    writers.put(writer, of(writer, run.mlpOut(writer.layer()), run.residualMid(writer.layer())));
                default -> {} // The embedding is what is there first.
            }
        }
        return Collections.unmodifiableMap(writers);
    }

    /** The mean cosine over the positions. */
    public double meanCosine() {
        double sum = 0;
        for (double cosine : cosines) {
            sum += cosine;
        }
        return sum / cosines.length;
    }

    private static Deletion of(StreamWriter writer, Matrix written, Matrix stream) {
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
        return new Deletion(writer, cosines, removed);
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
