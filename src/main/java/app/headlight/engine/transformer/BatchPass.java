package app.headlight.engine.transformer;

import app.headlight.engine.tensor.MatrixProducts;
import app.headlight.engine.tensor.Prepared;
import java.util.Arrays;
import org.ejml.data.FMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * A forward and backward pass over several sequences of one length at once: their losses, and the exact gradient of the
 * sum of the losses by every weight ({@code docs/maths.md}, "Forward pass"). It allocates its memory once, at the
 * start. Not safe for several threads.
 *
 * <p>{@link Transformer} keeps all activations of one sequence, to show them; this keeps only what the next product
 * needs.
 */
public final class BatchPass {

    private final BatchShape shape;
    private final Prepared[] stream; // x_0 .. x_L, [S·n, D]
    private final Prepared[] first; // x_0 by sequence, [n, D]
    private final BatchLayer[] layers;
    private final BatchOutput output;
    private final BatchChange change;
    private final @Nullable Prepared positionGradient; // [n, D]
    private final Prepared noPositions; // [n, D], zeros
    private final FMatrixRMaj embeddingGradient; // [V, D]
    private final double[][] loss;

    /**
     * @param sequences S, how many at a time
     * @param length n, positions of each; at most the context
     * @param biases whether the model has biases; the same as for the weights that it will run on
     * @throws IllegalArgumentException if {@code length} is larger than the context, or one of the numbers is not
     *     positive
     */
    public BatchPass(Config config, int sequences, int length, boolean biases, MatrixProducts products) {
        if (sequences < 1 || length < 1 || length > config.nCtx()) {
            throw new IllegalArgumentException(sequences + " sequences of " + length + " positions; expected at least 1"
                    + " of each, and at most " + config.nCtx() + " positions");
        }
        shape = BatchShape.of(config, sequences, length, biases, products);
        change = BatchChange.of(shape);
        stream = new Prepared[config.nLayers() + 1];
        layers = new BatchLayer[config.nLayers()];
        for (int l = 0; l <= config.nLayers(); l++) {
            stream[l] = shape.stacked(config.dModel());
        }
        for (int l = 0; l < layers.length; l++) {
            layers[l] = new BatchLayer(shape, l, stream[l], change);
        }
        first = shape.bySequence(stream[0]);
        output = new BatchOutput(shape, stream[layers.length]);
        noPositions = products.prepare(new FMatrixRMaj(length, config.dModel()));
        positionGradient = config.positions() == Positions.NONE
                ? null
                : products.prepare(new FMatrixRMaj(length, config.dModel()));
        embeddingGradient = new FMatrixRMaj(config.dVocab(), config.dModel());
        loss = new double[sequences][length];
    }

    /**
     * Computes only the losses.
     *
     * @param tokens S sequences of n + 1 tokens: position t reads token t and predicts token t + 1
     * @return by sequence and position, [S][n], in nats; overwritten by the next pass
     */
    public double[][] losses(TrainableWeights weights, int[][] tokens) {
        forward(weights, tokens, 0, 0);
        return loss;
    }

    /**
     * Computes the losses, and in {@code gradient} the derivative of {@code weight} times their sum by every weight of
     * the model.
     *
     * @param tokens as for {@link #losses}
     * @param weight 1 / (number of positions) for the gradient of a mean
     * @param gradient overwritten
     * @return as {@link #losses}
     */
    public double[][] gradient(TrainableWeights weights, int[][] tokens, float weight, Weights gradient) {
        forward(weights, tokens, weight, 0);
        if (positionGradient != null) {
            positionGradient.copy(noPositions);
        }
        for (int l = layers.length - 1; l >= 0; l--) {
            layers[l].backward(weights, positionGradient, null);
        }
        embeddingBackward(tokens);
        read(gradient);
        return loss;
    }

    /**
     * The derivative, by every entry of every pattern, of {@code weight} times the sum of the losses from one position
     * on. Each entry counts as free; it acts on the loss through what the head writes, and through all that later
     * layers compute from that.
     *
     * @param tokens as for {@link #losses}
     * @param from the first position whose loss counts
     * @return by layer, sequence and head, [L][S][H] of [n, n]; entries above the diagonal have no meaning
     */
    public FMatrixRMaj[][][] patternGradient(TrainableWeights weights, int[][] tokens, float weight, int from) {
        forward(weights, tokens, weight, from);
        FMatrixRMaj[][][] byPattern =
                new FMatrixRMaj[layers.length][shape.sequences()][shape.config().nHeads()];
        for (int l = layers.length - 1; l >= 0; l--) {
            for (FMatrixRMaj[] sequence : byPattern[l]) {
                Arrays.setAll(sequence, h -> new FMatrixRMaj(shape.length(), shape.length()));
            }
            layers[l].backward(weights, null, byPattern[l]);
        }
        return byPattern;
    }

    private void forward(TrainableWeights weights, int[][] tokens, float weight, int from) {
        check(weights, tokens);
        Prepared wPos = weights.wPos();
        Prepared positions = wPos == null ? noPositions : wPos.rows(0, shape.length());
        embed(weights, tokens, positions);
        for (int l = 0; l < layers.length; l++) {
            layers[l].forward(weights, positions, stream[l + 1]);
        }
        output.run(weights, tokens, weight, from, change.streamBySequence(), loss);
    }

    private void check(TrainableWeights weights, int[][] tokens) {
        if (!weights.config().equals(shape.config()) || weights.withBiases() != shape.biases()) {
            throw new IllegalArgumentException("the weights are of another configuration than the pass: "
                    + weights.config() + "; expected " + shape.config());
        }
        if (tokens.length != shape.sequences()) {
            throw new IllegalArgumentException(tokens.length + " sequences are given; expected " + shape.sequences());
        }
        for (int[] sequence : tokens) {
            if (sequence.length != shape.length() + 1) {
                throw new IllegalArgumentException(
                        "a sequence has " + sequence.length + " tokens; expected " + (shape.length() + 1));
            }
            for (int token : sequence) {
                if (token < 0 || token >= shape.config().dVocab()) {
                    throw new IllegalArgumentException("token " + token + " is given; the vocabulary has ids 0 to "
                            + (shape.config().dVocab() - 1));
                }
            }
        }
    }

    private void embed(TrainableWeights weights, int[][] tokens, Prepared positions) {
        int d = shape.dModel();
        float[] wE = weights.weights().wE().data;
        for (int s = 0; s < tokens.length; s++) {
            for (int t = 0; t < shape.length(); t++) {
                System.arraycopy(wE, tokens[s][t] * d, shape.row().data, t * d, d);
            }
            first[s].write(shape.row());
            if (shape.config().positions() == Positions.STANDARD) {
                first[s].add(positions);
            }
        }
    }

    private void embeddingBackward(int[][] tokens) {
        int d = shape.dModel();
        Arrays.fill(embeddingGradient.data, 0);
        for (int s = 0; s < tokens.length; s++) {
            Prepared rows = change.streamBySequence()[s];
            if (positionGradient != null && shape.config().positions() == Positions.STANDARD) {
                positionGradient.add(rows);
            }
            rows.read(shape.row(), 0);
            for (int t = 0; t < shape.length(); t++) {
                int from = tokens[s][t] * d;
                for (int i = 0; i < d; i++) {
                    embeddingGradient.data[from + i] += shape.row().data[t * d + i];
                }
            }
        }
    }

    private void read(Weights out) {
        System.arraycopy(embeddingGradient.data, 0, out.wE().data, 0, embeddingGradient.data.length);
        for (BatchLayer layer : layers) {
            layer.readGradient(out);
        }
        output.readGradient(out);
        if (positionGradient != null && out.wPos() != null) {
            positionGradient.read(out.wPos(), 0);
            Arrays.fill(out.wPos().data, shape.length() * shape.dModel(), out.wPos().data.length, 0);
        }
    }
}
