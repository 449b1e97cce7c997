package app.headlight.circuits;

import app.headlight.transformer.HeadId;
import app.headlight.transformer.Run;
import app.headlight.transformer.Transformer;
import java.util.ArrayList;
import java.util.List;
import org.ejml.data.FMatrixRMaj;

/**
 * A figure of the logits at one position, split by who wrote it to the stream there: direct logit attribution. Unlike a
 * path, a head's share holds all that it moves, whoever wrote that before. With {@code LNPre} every share takes the
 * final norm's scale at the position.
 *
 * @param direction what is split
 * @param heads the share of each head, layer by layer
 * @param embedding the share of x_0: the token, and its position where that is in the stream
 * @param biases the share of b_O of all layers and of b_U
 */
public record LogitAttribution(LogitDirection direction, List<HeadShare> heads, double embedding, double biases) {

    /**
     * What a head adds.
     *
     * @param value result[t] · direction
     * @param bySource the same by source, A[t,s] (v_s W_O) · direction, {@code [T]}; not to be written to
     */
    public record HeadShare(HeadId head, double value, double[] bySource) {}

    /** Copies the list. */
    public LogitAttribution {
        heads = List.copyOf(heads);
    }

    /** Splits a figure of a run of {@code model}: H L T D K operations. */
    public static LogitAttribution of(Transformer model, Run run, LogitDirection direction) {
        FrozenReaders frozen = new FrozenReaders(model, run);
        FMatrixRMaj reader = frozen.unembedding(direction);
        List<HeadShare> heads = new ArrayList<>();
        for (HeadId head : model.heads()) {
            heads.add(share(model, run, head, reader, direction.destination()));
        }
        double embedding = frozen.embedding(reader)[direction.destination()];
        double biases = direction.bias();
        for (int layer = 0; layer < model.config().nLayers(); layer++) {
            biases += frozen.outputBias(layer, reader);
        }
        return new LogitAttribution(direction, heads, embedding, biases);
    }

    /** Everything together, which is to be the model's own figure. */
    public double sum() {
        return heads.stream().mapToDouble(HeadShare::value).sum() + embedding + biases;
    }

    private static HeadShare share(Transformer model, Run run, HeadId head, FMatrixRMaj reader, int destination) {
        FMatrixRMaj outputs = SourceOutputs.of(model, run, head); // (T, D)
        double[] bySource = new double[run.length()];
        double value = 0;
        for (int s = 0; s <= destination; s++) {
            double along = 0;
            for (int d = 0; d < reader.numCols; d++) {
                along += (double) outputs.get(s, d) * reader.get(destination, d);
            }
            bySource[s] = along * run.pattern(head).get(destination, s);
            value += bySource[s];
        }
        return new HeadShare(head, value, bySource);
    }
}
