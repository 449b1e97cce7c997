package app.headlight.engine.transformer;

import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.tensor.EjmlProducts;
import app.headlight.engine.tensor.Matrix;
import app.headlight.engine.tensor.MatrixProducts;
import app.headlight.engine.tensor.Prepared;
import app.headlight.engine.tensor.UncomputableException;
import app.headlight.engine.transformer.Site.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.ejml.data.FMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * A transformer, whose forward pass keeps all activations ({@code docs/maths.md}, "Forward pass";
 * Elhage et al. 2021, "Transformer overview").
 */
public final class Transformer {

    /**
     * Layers whose matrices have at most this many numbers are multiplied in Java, whatever products are given: a
     * native call takes longer than such a small product, and its order of summation loses a digit on models with very
     * large scores.
     */
    private static final int TINY = 1 << 11;

    private final Config config;
    private final Weights weights;
    private final MatrixProducts products;
    private final PreparedWeights prepared;
    private final HeadOutputs outputs;

    /**
     * A model that computes with {@code products}, which copy the weights: later changes of the weights do not change
     * the model.
     *
     * @throws Refusal if a weight's shape is not the configuration's
     */
    public Transformer(Config config, Weights weights, MatrixProducts products) {
        weights.check(config);
        this.config = config;
        this.weights = weights;
        this.products = config.dModel() * config.nHeads() * config.dHead() <= TINY ? new EjmlProducts() : products;
        this.prepared = PreparedWeights.of(config, weights, this.products);
        this.outputs = HeadOutputs.of(prepared, this.products);
    }

    public Config config() {
        return config;
    }

    public Weights weights() {
        return weights;
    }

    /** The memory that copies of the weights take for the products, in bytes. */
    public long copiedBytes() {
        return prepared.bytes();
    }

    public MatrixProducts products() {
        return products;
    }

    /** @throws Refusal if there is no such head */
    public Head head(HeadId id) {
        return Head.of(weights, config, id);
    }

    /** Every head, layer by layer. */
    public List<HeadId> heads() {
        List<HeadId> heads = new ArrayList<>();
        for (int layer = 0; layer < config.nLayers(); layer++) {
            for (int head = 0; head < config.nHeads(); head++) {
                heads.add(new HeadId(layer, head));
            }
        }
        return heads;
    }

    public Run run(int[] tokens) {
        return run(tokens, List.of());
    }

    /**
     * @throws Refusal if there is no token, more than the context, or one outside the vocabulary, or
     *     if an edit names a site that does not exist, or two change the same entry
     * @throws UncomputableException if the run would take too much memory, or its numbers are not finite
     */
    public Run run(int[] tokens, List<Edit> edits) {
        return run(tokens, edits, null);
    }

    /**
     * Does the same, and takes over what is the same as in an earlier run: all layers before the first edit.
     *
     * @param earlier a run of this model on the same tokens without edits
     */
    public Run rerun(Run earlier, List<Edit> edits) {
        return run(earlier.tokens(), edits, earlier.edits().isEmpty() ? earlier : null);
    }

    private Run run(int[] tokens, List<Edit> edits, @Nullable Run earlier) {
        check(tokens);
        Bounds.checkRun(config, tokens.length);
        Activations kept = new Activations(config, Run.kept(config));
        Hooks hooks = edits.isEmpty() ? kept : new Edits(config, edits, kept);
        int first = earlier == null ? 0 : firstLayer(edits);
        FMatrixRMaj logits = new FMatrixRMaj(tokens.length, config.dVocab()); // (T, V)
        FMatrixRMaj last;
        try (Pass pass = Pass.forward(config, 1, tokens.length, products)) {
            if (earlier == null || first == 0) {
                pass.forward(prepared, new int[][] {tokens}, hooks);
            } else {
                kept.takeBefore(first, earlier.activations());
                pass.forwardFrom(prepared, first, new FMatrixRMaj[] {earlier.stream(first)}, hooks);
            }
            last = pass.last(0);
            pass.logits(prepared, new FMatrixRMaj[] {logits}, hooks);
        }
        Bounds.finite("The residual stream", last);
        Bounds.finite("A logit", logits);
        return new Run(config, outputs, tokens.clone(), edits, kept, last, logits);
    }

    /**
     * Shows hooks the layers of a model on several texts at once. Without logits, and with each weight read once for all
     * of them, it takes much less than a run of each.
     *
     * @param texts of one length
     * @throws Refusal as {@link #run(int[])}, or if the lengths differ
     * @throws UncomputableException if a number is not finite
     */
    public void watch(List<int[]> texts, Hooks hooks) {
        int length = texts.getFirst().length;
        for (int[] tokens : texts) {
            check(tokens);
            if (tokens.length != length) {
                throw new Refusal("a text has " + tokens.length + " tokens; expected " + length + ", as the first has");
            }
        }
        Bounds.checkRun(config, length);
        try (Pass pass = Pass.forward(config, texts.size(), length, products)) {
            pass.forward(prepared, texts.toArray(int[][]::new), hooks);
            for (int s = 0; s < texts.size(); s++) {
                Bounds.finite("The residual stream", pass.last(s));
            }
        }
    }

    /** The first layer that edits change; 0 for those of the embedding. */
    private int firstLayer(List<Edit> edits) {
        int first = config.nLayers();
        for (Edit edit : edits) {
            boolean last = edit.site().kind() == Kind.FINAL_NORM;
            first = last ? first : Math.min(first, Math.max(0, edit.site().layer()));
        }
        return first;
    }

    /**
     * The values at the sites of some kinds in a run: those that it keeps, or else computed anew with the same edits.
     *
     * @throws Refusal if the model has no such site
     */
    public Activations activations(Run run, Set<Kind> kinds) {
        kinds.forEach(kind -> kind.check(config));
        if (Run.kept(config).containsAll(kinds)) {
            return run.activations();
        }
        Activations kept = new Activations(config, kinds);
        Hooks hooks = run.edits().isEmpty() ? kept : new Edits(config, run.edits(), kept);
        try (Pass pass = Pass.forward(config, 1, run.length(), products)) {
            pass.forward(prepared, new int[][] {run.tokens()}, hooks);
            if (kinds.contains(Kind.FINAL_NORM)) { // it is made on the way to the logits
                FMatrixRMaj logits = new FMatrixRMaj(run.length(), config.dVocab());
                pass.logits(prepared, new FMatrixRMaj[] {logits}, hooks);
            }
        }
        return kept;
    }

    /**
     * The derivatives of a metric of the logits by the sites of some kinds, in a run without edits.
     *
     * @throws Refusal and {@link UncomputableException} as {@link #run(int[])}
     */
    public Activations gradients(int[] tokens, LogitMetric metric, Set<Kind> kinds) {
        check(tokens);
        Bounds.checkRun(config, tokens.length);
        Activations by = new Activations(config, kinds);
        try (Pass pass = new Pass(config, 1, tokens.length, products)) {
            pass.differentiate(prepared, new int[][] {tokens}, metric, Hooks.NONE, by);
        }
        return by;
    }

    /**
     * The streams after the last layer of several sentences of one length, in a pass that hooks watch and edit.
     *
     * @return by sentence, [T, D]
     * @throws Refusal as {@link #run(int[])}, or if the sentences are not of one length
     */
    public FMatrixRMaj[] streams(int[][] tokens, Hooks hooks) {
        for (int[] sentence : tokens) {
            check(sentence);
        }
        try (Pass pass = Pass.forward(config, tokens.length, tokens[0].length, products)) {
            pass.forward(prepared, tokens, hooks);
            return lasts(pass, tokens.length);
        }
    }

    /**
     * The same from the streams before a layer on.
     *
     * @param before by sentence, [T, D]
     */
    public FMatrixRMaj[] streamsFrom(int layer, FMatrixRMaj[] before, Hooks hooks) {
        try (Pass pass = Pass.forward(config, before.length, before[0].numRows, products)) {
            pass.forwardFrom(prepared, layer, before, hooks);
            return lasts(pass, before.length);
        }
    }

    private static FMatrixRMaj[] lasts(Pass pass, int sentences) {
        FMatrixRMaj[] last = new FMatrixRMaj[sentences];
        for (int s = 0; s < sentences; s++) {
            last[s] = pass.last(s);
            Bounds.finite("The residual stream", last[s]);
        }
        return last;
    }

    /**
     * The derivatives of a metric by the sites of some kinds, in a run that begins with another embedding of the tokens.
     *
     * @param embedding takes the place of W_E of each token, [T, D]
     * @param kinds of the sites whose values are kept in {@code values}
     * @throws Refusal and {@link UncomputableException} as {@link #run(int[])}
     */
    public Derivatives gradients(
            int[] tokens, FMatrixRMaj embedding, LogitMetric metric, Set<Kind> byKinds, Set<Kind> kinds) {
        check(tokens);
        Bounds.checkRun(config, tokens.length);
        Activations values = new Activations(config, kinds);
        Activations by = new Activations(config, byKinds);
        Edit embed = new Edit.Patch(Site.of(Kind.EMBED), Edit.At.ALL, Matrix.of(embedding));
        try (Pass pass = new Pass(config, 1, tokens.length, products)) {
            // Nothing before the embedding is differentiated, so that an edit there changes no derivative.
            pass.differentiate(prepared, new int[][] {tokens}, metric, new Edits(config, List.of(embed), values), by);
        }
        return new Derivatives(values, by);
    }

    /** The values at some sites of a run, and the derivatives of a metric by others. */
    public record Derivatives(Activations values, Activations by) {}

    /** What the readers of the stream make of it. */
    public StreamReading reading() {
        return new StreamReading(config, prepared, products);
    }

    /**
     * What the unembedding reads of the last stream: its rows through the final norm.
     *
     * @param stream [n, D], any n
     * @return [n, D]
     */
    public FMatrixRMaj normalised(FMatrixRMaj stream) {
        if (config.finalNorm() == Norm.NONE) {
            return stream;
        }
        FMatrixRMaj rows = stream.copy();
        for (int t = 0; t < rows.numRows; t++) {
            Rows.normalise(rows, t, config.finalNorm(), config.eps());
            Rows.weigh(rows, t, weights.lnFinal());
        }
        return rows;
    }

    /**
     * The logits of rows that the final norm has been applied to: x W_U + b_U, capped if the model does that.
     *
     * @param x [n, D], any n
     * @return [n, V]
     */
    public FMatrixRMaj unembed(FMatrixRMaj x) {
        FMatrixRMaj logits = new FMatrixRMaj(x.numRows, config.dVocab());
        try (Prepared read = products.prepare(x);
                Prepared product = products.blank(logits.numRows, logits.numCols)) {
            Unembedding.logits(
                    prepared,
                    products,
                    read,
                    product,
                    (work, rows) -> IntStream.range(0, rows).parallel().forEach(work),
                    logits);
        }
        return logits;
    }

    /**
     * What a part of the stream adds to the logits, before any cap: x W_U, without the biases.
     *
     * @param x [n, D], any n
     * @return [n, V]
     */
    public FMatrixRMaj logitsAdded(Matrix x) {
        return HeadOutputs.times(x, prepared.get("unembed.W_U"), products);
    }

    private void check(int[] tokens) {
        if (tokens.length == 0) {
            throw new Refusal("there is no token to run on");
        }
        if (tokens.length > config.nCtx()) {
            throw new Refusal(tokens.length + " tokens are given; the model's context is " + config.nCtx());
        }
        for (int token : tokens) {
            if (token < 0 || token >= config.dVocab()) {
                throw new Refusal("token " + token + " is given; the vocabulary has ids 0 to " + (config.dVocab() - 1));
            }
        }
    }
}
