package app.headlight.engine.circuits;

import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.tensor.Matrix;
import app.headlight.engine.transformer.Config;
import app.headlight.engine.transformer.LogitMetric;
import app.headlight.engine.transformer.Run;
import app.headlight.engine.transformer.Transformer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ejml.data.FMatrixRMaj;

/**
 * What a circuit is searched for: a clean sentence, a corrupt one of as many tokens, and a metric of the logits at one
 * position ({@code docs/maths.md}, "Edges and circuits"). Not safe for several threads.
 */
public final class EdgeTask {

    /** What is measured. */
    public enum Measure {
        /** The logit of the answer minus that of the wrong token. */
        LOGIT_DIFF,
        /** KL(clean ‖ run), of the predictions, in nats. */
        KL
    }

    private final Transformer model;
    private final Run clean;
    private final Run corrupt;
    private final PatchingMap.Metric metric;
    private final Measure measure;
    private final double[] cleanLogProbabilities; // [V], at the position
    private final Map<StreamWriter, FMatrixRMaj> cleanWritten = new HashMap<>();
    private final Map<StreamWriter, FMatrixRMaj> corruptWritten = new HashMap<>();

    /**
     * @param clean a run without edits
     * @param corrupt another of as many tokens
     * @throws Refusal if one has edits, their lengths differ, or the metric names what is not there
     */
    public EdgeTask(Transformer model, Run clean, Run corrupt, PatchingMap.Metric metric, Measure measure) {
        if (!clean.edits().isEmpty() || !corrupt.edits().isEmpty()) {
            throw new Refusal("a run has edits; edges are patched between runs without");
        }
        PatchingMap.checkLengths(clean, corrupt);
        metric.check(model.config(), clean.length());
        this.model = model;
        this.clean = clean;
        this.corrupt = corrupt;
        this.metric = metric;
        this.measure = measure;
        cleanLogProbabilities = logProbabilities(clean.logits().row(metric.position()));
    }

    Transformer model() {
        return model;
    }

    public Config config() {
        return model.config();
    }

    Run clean() {
        return clean;
    }

    Run corrupt() {
        return corrupt;
    }

    int length() {
        return clean.length();
    }

    public Measure measure() {
        return measure;
    }

    /** The metric of the clean run: for {@link Measure#KL} 0. */
    public double cleanMetric() {
        return of(clean.logits().row(metric.position()));
    }

    public double corruptMetric() {
        return of(corrupt.logits().row(metric.position()));
    }

    /** The metric of logits, [V]. */
    double of(float[] logits) {
        return measure == Measure.KL ? kl(logits) : difference(logits);
    }

    double difference(float[] logits) {
        return (double) logits[metric.answer()] - logits[metric.wrong()];
    }

    /** KL(clean ‖ run), in nats, of logits, [V]. */
    double kl(float[] logits) {
        double[] run = logProbabilities(logits);
        double sum = 0;
        for (int v = 0; v < run.length; v++) {
            sum += Math.exp(cleanLogProbabilities[v]) * (cleanLogProbabilities[v] - run[v]);
        }
        return sum;
    }

    /** The metric, to be differentiated. */
    LogitMetric derivative() {
        if (measure == Measure.LOGIT_DIFF) {
            return LogitMetric.difference(metric.position(), metric.answer(), metric.wrong());
        }
        return (sequence, logits) -> {
            int from = metric.position() * logits.numCols;
            double[] run = logProbabilities(Arrays.copyOfRange(logits.data, from, from + logits.numCols));
            Arrays.fill(logits.data, 0, logits.getNumElements(), 0);
            for (int v = 0; v < run.length; v++) {
                logits.data[from + v] = (float) (Math.exp(run[v]) - Math.exp(cleanLogProbabilities[v]));
            }
        };
    }

    /**
     * The logits at the position, of rows of the last stream there.
     *
     * @param rows [n, D]
     * @return by row, [n][V]
     */
    float[][] logits(List<float[]> rows) {
        Matrix logits =
                Matrix.of(model.unembed(model.normalised(Matrix.ofRows(rows).copy())));
        float[][] byRow = new float[rows.size()][];
        for (int i = 0; i < byRow.length; i++) {
            byRow[i] = logits.row(i);
        }
        return byRow;
    }

    /** The row of a last stream, [T, D], that the metric is of. */
    float[] row(FMatrixRMaj last) {
        int from = metric.position() * last.numCols;
        return Arrays.copyOfRange(last.data, from, from + last.numCols);
    }

    /** What a writer writes in the clean run, [T, D]; do not write to it. */
    FMatrixRMaj cleanWritten(StreamWriter writer) {
        return cleanWritten.computeIfAbsent(writer, w -> w.written(clean));
    }

    /** What a writer writes in the corrupt run, [T, D]; do not write to it. */
    FMatrixRMaj corruptWritten(StreamWriter writer) {
        return corruptWritten.computeIfAbsent(writer, w -> w.written(corrupt));
    }

    /** The embedding of the corrupt tokens plus a share of the difference to that of the clean ones, [T, D]. */
    FMatrixRMaj embeddingBetween(float share) {
        int width = model.config().dModel();
        FMatrixRMaj rows = new FMatrixRMaj(length(), width);
        for (int t = 0; t < length(); t++) {
            float[] from = model.weights().embedding(corrupt.tokens()[t]);
            float[] to = model.weights().embedding(clean.tokens()[t]);
            for (int d = 0; d < width; d++) {
                rows.data[t * width + d] = from[d] + share * (to[d] - from[d]);
            }
        }
        return rows;
    }

    private static double[] logProbabilities(float[] logits) {
        double largest = Double.NEGATIVE_INFINITY;
        for (float logit : logits) {
            largest = Math.max(largest, logit);
        }
        double sum = 0;
        for (float logit : logits) {
            sum += Math.exp(logit - largest);
        }
        double[] log = new double[logits.length];
        for (int v = 0; v < log.length; v++) {
            log[v] = logits[v] - largest - Math.log(sum);
        }
        return log;
    }
}
