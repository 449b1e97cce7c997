package app.headlight.engine.transformer;

import app.headlight.engine.tensor.Prepared;
import app.headlight.engine.transformer.Site.Kind;
import org.ejml.data.FMatrixRMaj;
import org.jspecify.annotations.Nullable;

/** The embedding of tokens and positions in a pass ({@code docs/maths.md}, "Forward pass"). */
final class EmbedPass {

    private final PassShape shape;
    private final Config config;
    private @Nullable Prepared positionGradient; // [n, D]

    EmbedPass(PassShape shape) {
        this.shape = shape;
        this.config = shape.config();
    }

    /** The embedding of shortformer positions, which hooks may change; otherwise nothing. */
    Prepared[] positions(PreparedWeights weights, Hooks hooks) {
        Prepared[] positions = new Prepared[config.positions() == Positions.SHORTFORMER ? shape.sequences() : 0];
        for (int s = 0; s < positions.length; s++) {
            positions[s] = weights.get("pos_embed.W_pos").rows(0, shape.length());
            if (hooks.wants(Kind.POS_EMBED, -1, -1)) {
                FMatrixRMaj values = positions[s].read();
                if (hooks.at(Site.of(Kind.POS_EMBED), s, values)) {
                    positions[s] = shape.blank(shape.length(), config.dModel());
                    positions[s].write(values);
                }
            }
        }
        return positions;
    }

    /**
     * Computes x_0 in {@code stream}, [S·n, D].
     *
     * @param tokens S sequences; of each the first n are read
     */
    void forward(PreparedWeights weights, int[][] tokens, Prepared stream, Hooks hooks) {
        int d = config.dModel();
        FMatrixRMaj wPos = weights.weights().wPos();
        for (int s = 0; s < tokens.length; s++) {
            FMatrixRMaj rows = shape.room(0, shape.length(), d);
            for (int t = 0; t < shape.length(); t++) {
                weights.weights().embed(tokens[s][t], rows.data, t * d);
            }
            shape.of(stream, s).write(rows);
        }
        shape.visit(hooks, Kind.EMBED, -1, stream);
        if (wPos != null && config.positions() == Positions.STANDARD) {
            addPositions(wPos, stream, hooks);
        }
    }

    private void addPositions(FMatrixRMaj wPos, Prepared stream, Hooks hooks) {
        int d = config.dModel();
        for (int s = 0; s < shape.sequences(); s++) {
            FMatrixRMaj rows = shape.room(0, shape.length(), d);
            shape.of(stream, s).read(rows, 0);
            float[] added = wPos.data;
            if (hooks.wants(Kind.POS_EMBED, -1, -1)) {
                FMatrixRMaj values = new FMatrixRMaj(shape.length(), d);
                System.arraycopy(wPos.data, 0, values.data, 0, values.data.length);
                hooks.at(Site.of(Kind.POS_EMBED), s, values);
                added = values.data;
            }
            for (int i = 0; i < shape.length() * d; i++) {
                rows.data[i] += added[i];
            }
            shape.of(stream, s).write(rows);
        }
    }

    /** Room for the derivative by shortformer positions, all zero. */
    @Nullable
    Prepared forgottenPositions() {
        if (config.positions() != Positions.SHORTFORMER) {
            return null;
        }
        if (positionGradient == null) {
            positionGradient = shape.blank(shape.length(), config.dModel());
        }
        positionGradient.write(new FMatrixRMaj(shape.length(), config.dModel()));
        return positionGradient;
    }

    /**
     * Adds up the derivatives by the embeddings.
     *
     * @param byStream the derivative by x_0, [S·n, D]
     * @param byPositions that by shortformer positions, [n, D]; null if the model has none
     */
    void backward(int[][] tokens, Prepared byStream, @Nullable Prepared byPositions, WeightGradients sums) {
        int d = config.dModel();
        float[] dE = sums.sums("embed.W_E", config.dVocab() * d);
        for (int s = 0; s < tokens.length; s++) {
            FMatrixRMaj rows = shape.room(0, shape.length(), d);
            shape.of(byStream, s).read(rows, 0);
            for (int t = 0; t < shape.length(); t++) {
                int from = tokens[s][t] * d;
                for (int i = 0; i < d; i++) {
                    dE[from + i] += rows.data[t * d + i];
                }
            }
            if (config.positions() == Positions.STANDARD) {
                addPositions(rows, sums);
            }
        }
        if (byPositions != null) {
            addPositions(byPositions.read(), sums);
        }
    }

    private void addPositions(FMatrixRMaj rows, WeightGradients sums) {
        float[] dPos = sums.sums("pos_embed.W_pos", config.nCtx() * config.dModel());
        for (int i = 0; i < rows.getNumElements(); i++) {
            dPos[i] += rows.data[i];
        }
    }
}
