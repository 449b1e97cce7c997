package app.headlight.engine.transformer;

import app.headlight.engine.tensor.MatrixProducts;
import app.headlight.engine.tensor.Prepared;
import app.headlight.engine.transformer.Site.Kind;
import java.util.Arrays;
import org.ejml.data.FMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * The forward pass of a transformer, over several sequences of one length at once, and its backward pass
 * ({@code docs/maths.md}, "Forward pass"). {@link Hooks} watch and edit the activations; {@link Transformer} shows all
 * of them, training needs none. It allocates its memory once, at the start. Not safe for several threads.
 */
public final class Pass implements AutoCloseable {

    private final Config config;
    private final PassShape shape;
    private final boolean keeps;
    private final Prepared[] stream; // x_0 .. x_L, [S·n, D]; where nothing is kept, two in turn
    private final LayerPass[] layers; // where nothing is kept, the same each time
    private final EmbedPass embedding;
    private final OutputPass output;
    private final double[][] loss;
    private @Nullable PassChange change;
    private @Nullable WeightGradients gradients;

    /**
     * A pass that can go backward.
     *
     * @param sequences S, how many at a time
     * @param length n, positions of each; at most the context
     * @throws IllegalArgumentException if {@code length} is larger than the context, or one of the numbers is not
     *     positive
     */
    public Pass(Config config, int sequences, int length, MatrixProducts products) {
        this(config, sequences, length, products, true);
    }

    /** A pass that only goes forward, keeps nothing, and divides its heads and rows among threads. */
    static Pass forward(Config config, int sequences, int length, MatrixProducts products) {
        return new Pass(config, sequences, length, products, false);
    }

    private Pass(Config config, int sequences, int length, MatrixProducts products, boolean keeps) {
        this.config = config;
        this.keeps = keeps;
        shape = new PassShape(config, sequences, length, products, !keeps);
        Rotary rotary = config.rotary();
        Rotation rotation = rotary == null ? null : new Rotation(rotary, config.dHead(), length);
        stream = new Prepared[config.nLayers() + 1];
        layers = new LayerPass[config.nLayers()];
        for (int l = 0; l < stream.length; l++) {
            stream[l] = keeps || l < 2 ? shape.stacked(config.dModel()) : stream[l - 2];
        }
        for (int l = 0; l < layers.length; l++) {
            layers[l] = keeps || l == 0 ? new LayerPass(shape, rotation) : layers[0];
        }
        embedding = new EmbedPass(shape);
        output = new OutputPass(shape);
        loss = new double[sequences][length];
    }

    /**
     * Computes only the losses.
     *
     * @param tokens S sequences of n + 1 tokens: position t reads token t and predicts token t + 1
     * @return by sequence and position, [S][n], in nats; overwritten by the next pass
     */
    public double[][] losses(PreparedWeights weights, int[][] tokens) {
        check(weights, tokens, 1);
        forward(weights, tokens, Hooks.NONE);
        LogitMetric metric = LogitMetric.loss(targets(tokens), 0, 0, loss);
        output.differentiate(weights, stream[layers.length], metric, null, null, Hooks.NONE, Hooks.NONE);
        return loss;
    }

    /**
     * Computes the losses, and in {@code gradient} the derivative of {@code weight} times their sum by every weight of
     * the model; that by a bias that {@code weights} take to be 0 is 0.
     *
     * @param tokens as for {@link #losses}
     * @param weight 1 / (number of positions that count) for the gradient of a mean
     * @param from the first position whose loss counts
     * @param gradient overwritten
     * @return as {@link #losses}
     */
    public double[][] gradient(PreparedWeights weights, int[][] tokens, float weight, int from, Weights gradient) {
        check(weights, tokens, 1);
        WeightGradients sums = gradients == null ? new WeightGradients(shape) : gradients;
        gradients = sums;
        sums.begin();
        backward(weights, tokens, LogitMetric.loss(targets(tokens), weight, from, loss), sums, Hooks.NONE, Hooks.NONE);
        sums.read(gradient);
        return loss;
    }

    /** The same where every position counts. */
    public double[][] gradient(PreparedWeights weights, int[][] tokens, float weight, Weights gradient) {
        return gradient(weights, tokens, weight, 0, gradient);
    }

    /**
     * Shows the derivatives of a metric by the sites.
     *
     * @param tokens S sequences of n tokens
     * @param hooks watch the activations, and do not edit them
     * @param byHooks watch the derivatives
     */
    void differentiate(PreparedWeights weights, int[][] tokens, LogitMetric metric, Hooks hooks, Hooks byHooks) {
        check(weights, tokens, 0);
        backward(weights, tokens, metric, null, hooks, byHooks);
    }

    /**
     * Computes the last stream.
     *
     * @param tokens S sequences of n tokens
     */
    void forward(PreparedWeights weights, int[][] tokens, Hooks hooks) {
        embedding.forward(weights, tokens, stream[0], hooks);
        layers(weights, 0, hooks);
    }

    /**
     * Does the same from the stream before a layer on.
     *
     * @param before by sequence, [n, D]
     */
    void forwardFrom(PreparedWeights weights, int layer, FMatrixRMaj[] before, Hooks hooks) {
        for (int s = 0; s < before.length; s++) {
            shape.of(stream[layer], s).write(before[s]);
        }
        layers(weights, layer, hooks);
    }

    /** The stream after the last layer, of a sequence, [n, D]. */
    FMatrixRMaj last(int sequence) {
        return shape.of(stream[layers.length], sequence).read();
    }

    /**
     * Computes the logits of all sequences.
     *
     * @param logits by sequence, [n, V], written
     */
    void logits(PreparedWeights weights, FMatrixRMaj[] logits, Hooks hooks) {
        Prepared read = output.read(weights, stream[layers.length], hooks);
        for (int s = 0; s < logits.length; s++) {
            output.logits(weights, read, s, logits[s]);
        }
    }

    private void layers(PreparedWeights weights, int from, Hooks hooks) {
        Prepared[] positions = embedding.positions(weights, hooks);
        for (int l = from; l < layers.length; l++) {
            layers[l].forward(weights, l, stream[l], positions, stream[l + 1], hooks);
        }
    }

    private void backward(
            PreparedWeights weights,
            int[][] tokens,
            LogitMetric metric,
            @Nullable WeightGradients sums,
            Hooks hooks,
            Hooks byHooks) {
        if (!keeps) {
            throw new IllegalStateException("this pass keeps nothing to go backward with");
        }
        PassChange by = change == null ? PassChange.of(shape) : change;
        change = by;
        forward(weights, tokens, hooks);
        output.differentiate(weights, stream[layers.length], metric, by, sums, hooks, byHooks);
        Prepared byPositions = embedding.forgottenPositions();
        for (int l = layers.length - 1; l >= 0; l--) {
            layers[l].backward(weights, l, stream[l], by, sums, byPositions, byHooks);
        }
        shape.visit(byHooks, Kind.EMBED, -1, by.stream());
        if (sums != null) {
            embedding.backward(tokens, by.stream(), byPositions, sums);
        }
    }

    private static int[][] targets(int[][] tokens) {
        return Arrays.stream(tokens)
                .map(sequence -> Arrays.copyOfRange(sequence, 1, sequence.length))
                .toArray(int[][]::new);
    }

    /** @param more how many tokens a sequence has beyond those that are read */
    private void check(PreparedWeights weights, int[][] tokens, int more) {
        if (!weights.config().equals(config)) {
            throw new IllegalArgumentException("the weights are of another configuration than the pass: "
                    + weights.config() + "; expected " + config);
        }
        if (tokens.length != shape.sequences()) {
            throw new IllegalArgumentException(tokens.length + " sequences are given; expected " + shape.sequences());
        }
        for (int[] sequence : tokens) {
            if (sequence.length != shape.length() + more) {
                throw new IllegalArgumentException(
                        "a sequence has " + sequence.length + " tokens; expected " + (shape.length() + more));
            }
            for (int token : sequence) {
                if (token < 0 || token >= config.dVocab()) {
                    throw new IllegalArgumentException(
                            "token " + token + " is given; the vocabulary has ids 0 to " + (config.dVocab() - 1));
                }
            }
        }
    }

    /** Frees its memory now; otherwise the garbage collector does. */
    @Override
    public void close() {
        shape.close();
    }
}
