package app.headlight.engine.transformer;

import app.headlight.engine.transformer.LayerWeights.MlpWeights;
import app.headlight.engine.transformer.LayerWeights.NormWeights;
import app.headlight.engine.transformer.Mlp.Activation;
import app.headlight.engine.transformer.Site.Kind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ejml.data.FMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * The forward pass once more, written from {@code docs/maths.md} number by number in float64, for the tests to compare
 * with: no matrix library, no packing of heads, nothing shared with {@link Transformer}.
 */
final class PlainTransformer {

    private final Config config;
    private final Weights weights;
    private final PlainEdits edits;
    private final double[][] positions;

    /** Every site, after its edits. */
    final Map<Site, double[][]> sites = new HashMap<>();

    /** x_0 .. x_L, each [T][D]. */
    final double[][][] residual;

    /** By layer and head, [T][T]. */
    final double[][][][] pattern;

    /** By layer and head, [T][D]. */
    final double[][][][] result;

    /** [T][V]. */
    final double[][] logits;

    PlainTransformer(Config config, Weights weights, int[] tokens, List<Edit> edits) {
        this(config, weights, tokens, new PlainEdits(edits, null));
    }

    PlainTransformer(Config config, Weights weights, int[] tokens, PlainEdits edits) {
        this.config = config;
        this.weights = weights;
        this.edits = edits;
        int depth = config.nLayers();
        residual = new double[depth + 1][][];
        pattern = new double[depth][config.nHeads()][][];
        result = new double[depth][config.nHeads()][][];
        residual[0] = new double[tokens.length][config.dModel()];
        positions = new double[tokens.length][config.dModel()];
        for (int t = 0; t < tokens.length; t++) {
            for (int i = 0; i < config.dModel(); i++) {
                residual[0][t][i] = weights.wE().get(tokens[t], i);
                positions[t][i] =
                        config.positions().isEmbedded() ? weights.wPos().get(t, i) : 0;
            }
        }
        site(Kind.EMBED, -1, -1, residual[0]);
        site(Kind.POS_EMBED, -1, -1, positions);
        if (config.positions() == Positions.STANDARD) {
            add(residual[0], positions);
        }
        for (int l = 0; l < depth; l++) {
            residual[l + 1] = layer(l, residual[l], weights.layer(l));
        }
        double[][] last = normalised(
                residual[depth],
                !config.finalRms() ? config.norm() : config.norm() == Norm.LN ? Norm.RMS : Norm.RMS_PRE,
                weights.lnFinal());
        site(Kind.FINAL_NORM, -1, -1, last);
        logits = affine(last, weights.wU(), weights.bU(), 0, config.dVocab());
        for (double[] row : logits) {
            for (int i = 0; i < row.length; i++) {
                row[i] = capped(row[i], config.logitsSoftCap());
            }
        }
    }

    private void site(Kind kind, int layer, int head, double[][] values) {
        Site site = new Site(kind, layer, head);
        edits.at(site, values);
        sites.put(site, values);
    }

    private double[][] layer(int l, double[][] x, LayerWeights layer) {
        site(Kind.RESID_PRE, l, -1, x);
        double[][] attended = attention(l, x, layer);
        double[][] after = copy(x);
        add(after, attended);
        if (layer.mlp() != null) {
            if (!config.parallel()) {
                site(Kind.RESID_MID, l, -1, after);
            }
            double[][] in = copy(config.parallel() ? x : after);
            site(Kind.MLP_IN, l, -1, in);
            add(after, mlp(l, normalised(in, config.norm(), layer.ln2()), layer.mlp()));
        }
        site(Kind.RESID_POST, l, -1, after);
        return after;
    }

    private double[][] attention(int l, double[][] x, LayerWeights layer) {
        double[][] read = normalised(x, config.norm(), layer.ln1());
        double[][] asked = copy(read);
        if (config.positions() == Positions.SHORTFORMER) {
            add(asked, positions);
        }
        double[][] out = new double[x.length][config.dModel()];
        int k = config.dHead();
        for (int h = 0; h < config.nHeads(); h++) {
            int group = h / (config.nHeads() / config.nKeyValueHeads());
            double[][] q = affine(asked, layer.wQ(), layer.bQ(), h * k, k);
            double[][] key = affine(asked, layer.wK(), layer.bK(), group * k, k);
            double[][] v = affine(read, layer.wV(), layer.bV(), group * k, k);
            site(Kind.Q, l, h, q);
            site(Kind.K, l, h, key);
            site(Kind.V, l, h, v);
            double[][] scores = scores(l, rotated(q), rotated(key));
            site(Kind.SCORES, l, h, scores);
            pattern[l][h] = softmax(scores);
            site(Kind.PATTERN, l, h, pattern[l][h]);
            double[][] z = times(pattern[l][h], v);
            site(Kind.Z, l, h, z);
            result[l][h] = new double[x.length][config.dModel()];
            for (int t = 0; t < x.length; t++) {
                for (int i = 0; i < config.dModel(); i++) {
                    for (int j = 0; j < k; j++) {
                        result[l][h][t][i] += z[t][j] * layer.wO().get(h * k + j, i);
                    }
                }
            }
            site(Kind.RESULT, l, h, result[l][h]);
            add(out, result[l][h]);
        }
        for (double[] row : out) {
            for (int i = 0; i < row.length; i++) {
                row[i] += layer.bO()[i];
            }
        }
        site(Kind.ATTN_OUT, l, -1, out);
        return out;
    }

    private double[][] rotated(double[][] heads) {
        double[][] out = copy(heads);
        Rotary rotary = config.rotary();
        for (int p = 0; rotary != null && p < out.length; p++) {
            for (int i = 0; i < rotary.dimensions() / 2; i++) {
                double angle = p * scaled(rotary.scaling(), Math.pow(rotary.base(), -2.0 * i / rotary.dimensions()));
                int a = rotary.adjacentPairs() ? 2 * i : i;
                int b = rotary.adjacentPairs() ? 2 * i + 1 : i + rotary.dimensions() / 2;
                out[p][a] = heads[p][a] * Math.cos(angle) - heads[p][b] * Math.sin(angle);
                out[p][b] = heads[p][a] * Math.sin(angle) + heads[p][b] * Math.cos(angle);
            }
        }
        return out;
    }

    /** By wavelengths, as the transformers package computes it. */
    private static double scaled(RotaryScaling scaling, double frequency) {
        if (scaling instanceof RotaryScaling.Linear linear) {
            return frequency / linear.factor();
        }
        if (!(scaling instanceof RotaryScaling.ByParts parts)) {
            return frequency;
        }
        double wavelength = 2 * Math.PI / frequency;
        if (wavelength > parts.context() / parts.fewTurns()) {
            return frequency / parts.factor();
        }
        if (wavelength < parts.context() / parts.manyTurns()) {
            return frequency;
        }
        double smooth = (parts.context() / wavelength - parts.fewTurns()) / (parts.manyTurns() - parts.fewTurns());
        return (1 - smooth) * frequency / parts.factor() + smooth * frequency;
    }

    private double[][] scores(int l, double[][] q, double[][] k) {
        double[][] scores = new double[q.length][q.length];
        double scale = config.attnScale() * (config.scaleByInverseLayer() ? l + 1 : 1);
        int window = config.windowLayers().contains(l) ? config.window() : q.length;
        for (int t = 0; t < q.length; t++) {
            for (int s = 0; s < q.length; s++) {
                for (int j = 0; j < config.dHead(); j++) {
                    scores[t][s] += q[t][j] * k[s][j] / scale;
                }
                scores[t][s] = s > t || s <= t - window
                        ? Double.NEGATIVE_INFINITY
                        : capped(scores[t][s], config.scoresSoftCap());
            }
        }
        return scores;
    }

    private static double capped(double x, double cap) {
        return cap == 0 ? x : cap * Math.tanh(x / cap);
    }

    private static double[][] softmax(double[][] scores) {
        double[][] out = new double[scores.length][scores.length];
        for (int t = 0; t < out.length; t++) {
            double sum = 0;
            for (double score : scores[t]) {
                sum += Math.exp(score);
            }
            for (int s = 0; s < out.length; s++) {
                out[t][s] = Math.exp(scores[t][s]) / sum;
            }
        }
        return out;
    }

    private double[][] mlp(int l, double[][] read, MlpWeights mlp) {
        int m = config.mlp().dMlp();
        Activation kind = config.mlp().activation();
        boolean after = mlp.wGate() != null && mlp.bGate() == null;
        double[][] in = affine(read, mlp.wIn(), after ? new float[m] : mlp.bIn(), 0, m);
        double[][] pre = mlp.wGate() == null ? in : affine(read, mlp.wGate(), after ? new float[m] : mlp.bGate(), 0, m);
        site(Kind.MLP_PRE, l, -1, pre);
        double[][] post = new double[read.length][m];
        for (int t = 0; t < post.length; t++) {
            double sum = 0;
            for (double x : pre[t]) {
                sum += Math.exp(x);
            }
            for (int i = 0; i < m; i++) {
                double x = pre[t][i];
                post[t][i] = switch (kind) {
                    case GELU -> x * (1 + erf(x / Math.sqrt(2))) / 2;
                    case GELU_NEW -> x / 2 * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * Math.pow(x, 3))));
                    case QUICK_GELU -> x / (1 + Math.exp(-1.702 * x));
                    case RELU -> Math.max(0, x);
                    case RELU2 -> x > 0 ? x * x : 0;
                    case SILU -> x / (1 + Math.exp(-x));
                    case SOLU, SOLU_LN -> x * Math.exp(x) / sum;
                };
                if (mlp.wGate() != null) {
                    post[t][i] = post[t][i] * in[t][i] + (after ? mlp.bIn()[i] : 0);
                }
            }
        }
        if (kind == Activation.SOLU_LN) {
            post = normalised(post, config.norm() == Norm.LN ? Norm.LN : Norm.LN_PRE, mlp.ln());
        }
        site(Kind.MLP_POST, l, -1, post);
        double[][] out = affine(post, mlp.wOut(), mlp.bOut(), 0, config.dModel());
        site(Kind.MLP_OUT, l, -1, out);
        return out;
    }

    /** By its power series, which is exact for the small arguments of the tests. */
    private static double erf(double x) {
        double term = x;
        double sum = x;
        for (int n = 1; n < 200; n++) {
            term *= -x * x / n;
            sum += term / (2 * n + 1);
        }
        return 2 / Math.sqrt(Math.PI) * sum;
    }

    private double[][] normalised(double[][] x, Norm norm, @Nullable NormWeights weights) {
        double[][] out = copy(x);
        boolean centred = norm == Norm.LN || norm == Norm.LN_PRE;
        for (int t = 0; norm != Norm.NONE && t < x.length; t++) {
            double mean = 0;
            double square = 0;
            for (double value : x[t]) {
                mean += centred ? value / x[t].length : 0;
            }
            for (double value : x[t]) {
                square += (value - mean) * (value - mean) / x[t].length;
            }
            for (int i = 0; i < x[t].length; i++) {
                double y = (x[t][i] - mean) / Math.sqrt(square + config.eps());
                double w = weights == null ? 1 : weights.w()[i];
                double b = weights == null || weights.b() == null ? 0 : weights.b()[i];
                out[t][i] = y * w + b;
            }
        }
        return out;
    }

    private static double[][] affine(double[][] x, FMatrixRMaj w, float[] bias, int from, int columns) {
        double[][] out = new double[x.length][columns];
        for (int t = 0; t < x.length; t++) {
            for (int j = 0; j < columns; j++) {
                out[t][j] = bias[from + j];
                for (int i = 0; i < w.numRows; i++) {
                    out[t][j] += x[t][i] * w.get(i, from + j);
                }
            }
        }
        return out;
    }

    private static double[][] times(double[][] a, double[][] b) {
        double[][] out = new double[a.length][b[0].length];
        for (int t = 0; t < a.length; t++) {
            for (int j = 0; j < out[t].length; j++) {
                for (int s = 0; s < b.length; s++) {
                    out[t][j] += a[t][s] * b[s][j];
                }
            }
        }
        return out;
    }

    private static double[][] copy(double[][] x) {
        double[][] out = new double[x.length][];
        for (int t = 0; t < x.length; t++) {
            out[t] = x[t].clone();
        }
        return out;
    }

    private static void add(double[][] x, double[][] added) {
        for (int t = 0; t < x.length; t++) {
            for (int i = 0; i < x[t].length; i++) {
                x[t][i] += added[t][i];
            }
        }
    }
}
