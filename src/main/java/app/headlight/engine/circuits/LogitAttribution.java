package app.headlight.engine.circuits;

import app.headlight.engine.tensor.Matrix;
import app.headlight.engine.transformer.HeadId;
import app.headlight.engine.transformer.KeptShare;
import app.headlight.engine.transformer.Run;
import app.headlight.engine.transformer.Transformer;
import java.util.ArrayList;
import java.util.List;
import org.ejml.data.FMatrixRMaj;

/**
 * Direct logit attribution: a value of the logits at one position, split by what wrote to the stream there. Unlike a
 * path, the share of a head includes all that it moves, wherever that came from. Every share goes through the final norm
 * with the scale that the run has at the position.
 *
 * @param direction what is split
 * @param heads the share of each head, layer by layer
 * @param mlps the share of the MLP of each layer, b_out included; empty if the model has none
 * @param embedding the share of x_0: the token, and its position if the stream contains it
 * @param biases the share of b_O of all layers, of the final norm's b and of b_U
 * @param edits what the edits of the run put into the stream, or took out of it along a direction: what the other shares
 *     leave; 0 in a run without edits
 */
public record LogitAttribution(
        LogitDirection direction,
        List<HeadShare> heads,
        List<Double> mlps,
        double embedding,
        double biases,
        double edits) {

    /**
     * The share of one head.
     *
     * @param value result[t] · direction; what edits put in the place of the output, or of what it becomes in the stream,
     *     is no part of it
     * @param bySource the same by source, A[t,s] (v_s W_O) · direction, {@code [T]}
     */
    public record HeadShare(HeadId head, double value, double[] bySource) {
        /** A copy. */
        @Override
        public double[] bySource() {
            return bySource.clone();
        }
    }

    /** Copies the lists. */
    public LogitAttribution {
        heads = List.copyOf(heads);
        mlps = List.copyOf(mlps);
    }

    /** Splits a value of a run of {@code model}: H L T D K operations. */
    public static LogitAttribution of(Transformer model, Run run, LogitDirection direction) {
        FrozenReaders frozen = new FrozenReaders(model, run);
        FMatrixRMaj reader = frozen.unembedding(direction);
        List<HeadShare> heads = new ArrayList<>();
        for (HeadId head : model.heads()) {
            heads.add(share(model, run, head, reader, direction.destination()));
        }
        List<Double> mlps = new ArrayList<>();
        for (int layer = 0;
                model.config().mlp() != null && layer < model.config().nLayers();
                layer++) {
            mlps.add(KeptShare.ofMlp(run, layer)[direction.destination()]
                    * along(run.mlpOut(layer), reader, direction.destination()));
        }
        double embedding = KeptShare.ofEmbedding(run)[direction.destination()]
                * along(run.residual(0), reader, direction.destination());
        double biases = direction.bias();
        for (int layer = 0; layer < model.config().nLayers(); layer++) {
            biases += KeptShare.ofAttention(run, layer)[direction.destination()] * frozen.outputBias(layer, reader);
        }
        LogitAttribution split = new LogitAttribution(direction, heads, mlps, embedding, biases, 0);
        return run.edits().isEmpty() ? split : split.withEdits(direction.value() - split.sum());
    }

    /** The share of one head alone; T D K operations. */
    public static HeadShare ofHead(Transformer model, Run run, HeadId head, LogitDirection direction) {
        FMatrixRMaj reader = new FrozenReaders(model, run).unembedding(direction);
        return share(model, run, head, reader, direction.destination());
    }

    /** What is written at a position, {@code [T, D]}, times the reader there. */
    private static double along(Matrix written, FMatrixRMaj reader, int position) {
        double sum = 0;
        for (int d = 0; d < reader.numCols; d++) {
            sum += (double) written.get(position, d) * reader.get(position, d);
        }
        return sum;
    }

    /** The sum of all shares, which should be the model's own value. */
    public double sum() {
        return heads.stream().mapToDouble(HeadShare::value).sum()
                + mlps.stream().mapToDouble(share -> share).sum()
                + embedding
                + biases
                + edits;
    }

    private LogitAttribution withEdits(double share) {
        return new LogitAttribution(direction, heads, mlps, embedding, biases, share);
    }

    private static HeadShare share(Transformer model, Run run, HeadId head, FMatrixRMaj reader, int destination) {
        FMatrixRMaj outputs = SourceOutputs.of(model, run, head); // (T, D)
        double[] bySource = new double[run.length()];
        double value = 0;
        Matrix pattern = SourceOutputs.reaching(run, head);
        for (int s = 0; s <= destination; s++) {
            double along = 0;
            for (int d = 0; d < reader.numCols; d++) {
                along += (double) outputs.get(s, d) * reader.get(destination, d);
            }
            bySource[s] = along * pattern.get(destination, s);
            value += bySource[s];
        }
        return new HeadShare(head, value, bySource);
    }
}
