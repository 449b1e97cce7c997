package app.headlight.engine.transformer;

import app.headlight.engine.tensor.EjmlProducts;
import app.headlight.engine.tensor.MatrixProducts;
import app.headlight.engine.tensor.Prepared;
import app.headlight.engine.tensor.Softmax;
import app.headlight.engine.tensor.UncomputableException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.ejml.data.FMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * An attention-only transformer, whose forward pass keeps all activations ({@code docs/maths.md}, "Forward pass";
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

    /**
     * A model that computes with {@code products}, which copy the weights: later changes of the weights do not change
     * the model.
     *
     * @throws IllegalArgumentException if a weight's shape is not the configuration's
     */
    public Transformer(Config config, Weights weights, MatrixProducts products) {
        Bounds.requireComputable(config);
        weights.check(config);
        this.config = config;
        this.weights = weights;
        this.products = config.dModel() * config.nHeads() * config.dHead() <= TINY ? new EjmlProducts() : products;
        this.prepared = PreparedWeights.of(config, weights, this.products);
    }

    public Config config() {
        return config;
    }

    public Weights weights() {
        return weights;
    }

    public MatrixProducts products() {
        return products;
    }

    /** @throws IllegalArgumentException if there is no such head */
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
     * @throws IllegalArgumentException if there is no token, more than the context, or one outside the vocabulary, or
     *     if an intervention names a head that does not exist
     * @throws UncomputableException if the run would take too much memory, or its numbers are not finite
     */
    public Run run(int[] tokens, List<Intervention> interventions) {
        check(tokens);
        Edits.check(interventions, config);
        Bounds.checkRun(config, tokens.length);
        int depth = config.nLayers();
        FMatrixRMaj[] residual = new FMatrixRMaj[depth + 1];
        float[][] normScale = new float[depth + 1][];
        RunLayer[] layers = new RunLayer[depth];
        FMatrixRMaj logits = new FMatrixRMaj(tokens.length, config.dVocab()); // (T, V)
        double[] logSum;
        try (Scratch scratch = Scratch.of(config, tokens.length, products)) {
            residual[0] = embed(tokens); // (T, D)
            for (int l = 0; l < depth; l++) {
                normScale[l] = scale(residual[l]);
                FMatrixRMaj read = normalised(residual[l], normScale[l]); // (T, D)
                layers[l] = attend(l, read, interventions, scratch);
                residual[l + 1] = Rows.sum(
                        residual[l], layers[l].result(), weights.layer(l).bO()); // (T, D)
            }
            normScale[depth] = scale(residual[depth]);
            scratch.x().write(normalised(residual[depth], normScale[depth])); // (T, D)
            logSum = unembed(scratch.x(), logits);
        }
        Bounds.finite("The residual stream", residual[depth]);
        Bounds.finite("A logit", logits);
        return new Run(
                config,
                tokens.clone(),
                List.copyOf(interventions),
                residual,
                normScale,
                layers,
                logits,
                loss(tokens, logits, logSum),
                logSum);
    }

    /**
     * What a layer or the unembedding reads: the stream itself, or with {@link Norm#LN_PRE} its rows centred and scaled.
     *
     * @param stream [n, D], any n
     * @return [n, D]
     */
    public FMatrixRMaj normalised(FMatrixRMaj stream) {
        return normalised(stream, scale(stream));
    }

    /**
     * The logits of rows that the final norm has been applied to: x W_U + b_U.
     *
     * @param x [n, D], any n
     * @return [n, V]
     */
    public FMatrixRMaj unembed(FMatrixRMaj x) {
        FMatrixRMaj logits = new FMatrixRMaj(x.numRows, config.dVocab());
        try (Prepared read = products.prepare(x)) {
            unembed(read, logits);
        }
        return logits;
    }

    /**
     * What a part of the stream adds to the logits: x W_U, without the biases.
     *
     * @param x [n, D], any n
     * @return [n, V]
     */
    public FMatrixRMaj logitsAdded(FMatrixRMaj x) {
        FMatrixRMaj added = new FMatrixRMaj(x.numRows, config.dVocab());
        try (Prepared read = products.prepare(x);
                Prepared product = products.blank(added.numRows, added.numCols)) {
            products.multiply(read, prepared.wU(), product);
            product.read(added, 0);
        }
        return added;
    }

    private void check(int[] tokens) {
        if (tokens.length == 0) {
            throw new IllegalArgumentException("there is no token to run on");
        }
        if (tokens.length > config.nCtx()) {
            throw new IllegalArgumentException(
                    tokens.length + " tokens are given; the model's context is " + config.nCtx());
        }
        for (int token : tokens) {
            if (token < 0 || token >= config.dVocab()) {
                throw new IllegalArgumentException(
                        "token " + token + " is given; the vocabulary has ids 0 to " + (config.dVocab() - 1));
            }
        }
    }

    private FMatrixRMaj embed(int[] tokens) {
        int d = config.dModel();
        FMatrixRMaj x = new FMatrixRMaj(tokens.length, d); // (T, D)
        for (int t = 0; t < tokens.length; t++) {
            System.arraycopy(weights.wE().data, tokens[t] * d, x.data, t * d, d);
        }
        if (config.positions() == Positions.STANDARD) {
            addPositions(x);
        }
        return x;
    }

    private RunLayer attend(int l, FMatrixRMaj x, List<Intervention> interventions, Scratch scratch) {
        LayerWeights layer = weights.layer(l);
        PreparedWeights.Layer w = prepared.layers().get(l);
        scratch.x().write(x); // (T, D)
        Prepared asked = scratch.x(); // what queries and keys read, (T, D)
        if (config.positions() == Positions.SHORTFORMER) {
            FMatrixRMaj withPositions = x.copy();
            addPositions(withPositions);
            asked = scratch.asked();
            asked.write(withPositions);
        }
        FMatrixRMaj q = biased(asked, w.wQ(), layer.bQ(), scratch.q()); // (T, D) (D, H K) = (T, H K)
        FMatrixRMaj k = biased(asked, w.wK(), layer.bK(), scratch.k()); // (T, H K)
        FMatrixRMaj v = biased(scratch.x(), w.wV(), layer.bV(), scratch.v()); // (T, H K)
        int heads = config.nHeads();
        FMatrixRMaj[] scores = new FMatrixRMaj[heads]; // each (T, T)
        FMatrixRMaj[] pattern = new FMatrixRMaj[heads]; // each (T, T)
        FMatrixRMaj[] result = new FMatrixRMaj[heads]; // each (T, D)
        IntStream.range(0, heads).parallel().forEach(h -> {
            HeadId id = new HeadId(l, h);
            Prepared square = ofHead(scratch.scores(), h, x.numRows); // (T, T)
            products.multiplyTransB(ofHead(scratch.q(), h), ofHead(scratch.k(), h), square); // (T, K) (K, T)
            scores[h] = scaledAndMasked(square.read());
            pattern[h] = Softmax.causal(scores[h]);
            Edits.cut(interventions, id, pattern[h]);
            square.write(pattern[h]);
            Prepared z = ofHead(scratch.z(), h);
            products.multiply(square, ofHead(scratch.v(), h), z); // (T, T) (T, K) = (T, K)
            Prepared written = ofHead(scratch.result(), h, x.numRows);
            products.multiply(z, ofHead(w.wO(), h, config.dHead()), written); // (T, K) (K, D) = (T, D)
            result[h] = written.read();
            Edits.zero(interventions, id, result[h]);
        });
        return new RunLayer(q, k, v, scratch.z().read(), scores, pattern, result);
    }

    /** Computes x w + bias, in {@code out} for the heads, and as a copy for the run. */
    private FMatrixRMaj biased(Prepared x, Prepared w, float[] bias, Prepared out) {
        products.multiply(x, w, out);
        FMatrixRMaj values = out.read();
        Rows.add(values, bias);
        out.write(values);
        return values;
    }

    /** The columns of one head in a matrix (T, H K). */
    private Prepared ofHead(Prepared packed, int head) {
        int k = config.dHead();
        return packed.columns(head * k, (head + 1) * k);
    }

    /** The {@code n} rows of one head. */
    private static Prepared ofHead(Prepared stacked, int head, int n) {
        return stacked.rows(head * n, (head + 1) * n);
    }

    private FMatrixRMaj scaledAndMasked(FMatrixRMaj scores) {
        int n = scores.numRows;
        float scale = (float) (1 / Math.sqrt(config.dHead()));
        for (int t = 0; t < n; t++) {
            for (int s = 0; s <= t; s++) {
                scores.data[t * n + s] *= scale;
            }
            Arrays.fill(scores.data, t * n + t + 1, (t + 1) * n, Float.NEGATIVE_INFINITY);
        }
        return scores;
    }

    /** Writes the logits, (T, V), of what the unembedding reads, (T, D), and returns log Σ exp of each row. */
    private double[] unembed(Prepared x, FMatrixRMaj logits) {
        double[] logSum = new double[x.rows()];
        try (Prepared product = products.blank(logits.numRows, logits.numCols)) {
            products.multiply(x, prepared.wU(), product); // (T, D) (D, V) = (T, V)
            // Row by row, so that each row is finished while it is in the cache.
            IntStream.range(0, x.rows()).parallel().forEach(t -> {
                product.rows(t, t + 1).read(logits, t);
                Rows.add(logits, t, weights.bU());
                logSum[t] = Softmax.logSumExp(logits, t);
            });
        }
        return logSum;
    }

    private static double[] loss(int[] tokens, FMatrixRMaj logits, double[] logSum) {
        double[] loss = new double[tokens.length - 1];
        for (int t = 0; t < loss.length; t++) {
            loss[t] = logSum[t] - logits.get(t, tokens[t + 1]);
        }
        return loss;
    }

    private float[] scale(FMatrixRMaj x) {
        if (config.norm() == Norm.LN_PRE) {
            return Rows.inverseDeviation(x, config.eps());
        }
        float[] ones = new float[x.numRows];
        Arrays.fill(ones, 1);
        return ones;
    }

    private FMatrixRMaj normalised(FMatrixRMaj x, float[] scale) {
        return config.norm() == Norm.NONE ? x : Rows.centredAndScaled(x, scale);
    }

    private void addPositions(FMatrixRMaj x) {
        @Nullable FMatrixRMaj wPos = weights.wPos();
        for (int i = 0; wPos != null && i < x.data.length; i++) {
            x.data[i] += wPos.data[i];
        }
    }
}
