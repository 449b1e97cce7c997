package app.headlight.engine.formats;

import app.headlight.engine.transformer.Config;
import app.headlight.engine.transformer.Mlp;
import app.headlight.engine.transformer.Mlp.Activation;
import app.headlight.engine.transformer.Norm;
import app.headlight.engine.transformer.Positions;
import app.headlight.engine.transformer.Weights;
import java.util.Arrays;
import org.ejml.data.FMatrixRMaj;

/**
 * A run of any configuration, written from {@code docs/maths.md} number by number in float64: what files are read into
 * is compared with it, whatever the program's own run can do.
 */
final class PlainModel {

    private final Config config;
    private final Weights weights;

    /** By layer and head, [T][T]. */
    final double[][][][] pattern;

    /** By layer, the root of the sum of squares of the stream before it, and after the last, by position. */
    final double[][] residNorm;

    /** [T][V]. */
    final double[][] logits;

    PlainModel(Config config, Weights weights, int[] tokens) {
        this.config = config;
        this.weights = weights;
        pattern = new double[config.nLayers()][config.nHeads()][tokens.length][tokens.length];
        residNorm = new double[config.nLayers() + 1][tokens.length];
        double[][] x = new double[tokens.length][config.dModel()];
        for (int t = 0; t < tokens.length; t++) {
            add(x[t], row("embed.W_E", tokens[t]));
            if (config.positions() == Positions.STANDARD) {
                add(x[t], row("pos_embed.W_pos", t));
            }
        }
        for (int l = 0; l < config.nLayers(); l++) {
            norms(l, x);
            x = layer(l, x);
        }
        norms(config.nLayers(), x);
        logits = affine(normed(x, "ln_final"), "unembed.W_U", "unembed.b_U");
        for (double[] row : logits) {
            cap(row, config.logitsSoftCap());
        }
    }

    private double[][] layer(int l, double[][] x) {
        String prefix = "blocks." + l + ".";
        double[][] after = copy(x);
        addAll(after, attention(l, normed(x, prefix + "ln1")));
        Mlp mlp = config.mlp();
        if (mlp != null) {
            addAll(after, mlp(mlp, prefix + "mlp.", normed(config.parallel() ? x : after, prefix + "ln2")));
        }
        return after;
    }

    private double[][] attention(int l, double[][] read) {
        String prefix = "blocks." + l + ".attn.";
        int k = config.dHead();
        double[][] asked = copy(read);
        for (int t = 0; t < asked.length && config.positions() == Positions.SHORTFORMER; t++) {
            add(asked[t], row("pos_embed.W_pos", t));
        }
        double[][] q = affine(asked, prefix + "W_Q", prefix + "b_Q");
        double[][] keys = affine(asked, prefix + "W_K", prefix + "b_K");
        double[][] v = affine(read, prefix + "W_V", prefix + "b_V");
        double[][] z = new double[read.length][config.nHeads() * k];
        for (int h = 0; h < config.nHeads(); h++) {
            int g = h * config.nKeyValueHeads() / config.nHeads();
            for (int d = 0; d < read.length; d++) {
                double[] scores = new double[d + 1];
                for (int s = 0; s <= d; s++) {
                    double[] a = turned(q[d], h * k, d);
                    double[] b = turned(keys[s], g * k, s);
                    for (int i = 0; i < k; i++) {
                        scores[s] += a[i] * b[i];
                    }
                    scores[s] /= config.attnScale() * (config.scaleByInverseLayer() ? l + 1 : 1);
                }
                cap(scores, config.scoresSoftCap());
                boolean windowed = config.windowLayers().contains(l);
                for (int s = 0; s <= d; s++) {
                    scores[s] = windowed && s <= d - config.window() ? Double.NEGATIVE_INFINITY : scores[s];
                }
                double[] row = softmax(scores);
                for (int s = 0; s <= d; s++) {
                    pattern[l][h][d][s] = row[s];
                    for (int i = 0; i < k; i++) {
                        z[d][h * k + i] += row[s] * v[s][g * k + i];
                    }
                }
            }
        }
        return affine(z, prefix + "W_O", prefix + "b_O");
    }

    /** One head's query or key with its pairs of dimensions turned. */
    private double[] turned(double[] packed, int from, int position) {
        double[] out = Arrays.copyOfRange(packed, from, from + config.dHead());
        if (config.rotary() == null) {
            return out;
        }
        int r = config.rotary().dimensions();
        for (int i = 0; i < r / 2; i++) {
            int one = config.rotary().adjacentPairs() ? 2 * i : i;
            int two = config.rotary().adjacentPairs() ? 2 * i + 1 : i + r / 2;
            double angle = position * Math.pow(config.rotary().base(), -2.0 * i / r);
            double a = packed[from + one];
            double b = packed[from + two];
            out[one] = a * Math.cos(angle) - b * Math.sin(angle);
            out[two] = b * Math.cos(angle) + a * Math.sin(angle);
        }
        return out;
    }

    private double[][] mlp(Mlp mlp, String prefix, double[][] read) {
        double[][] hidden =
                affine(read, prefix + (mlp.gated() ? "W_gate" : "W_in"), mlp.gated() ? null : prefix + "b_in");
        double[][] linear = mlp.gated() ? affine(read, prefix + "W_in", null) : hidden;
        for (int t = 0; t < hidden.length; t++) {
            hidden[t] = activated(mlp.activation(), hidden[t]);
            for (int i = 0; i < hidden[t].length && mlp.gated(); i++) {
                hidden[t][i] = hidden[t][i] * linear[t][i] + weights.get(prefix + "b_in").data[i];
            }
            if (mlp.activation() == Activation.SOLU_LN) {
                hidden[t] = normed(hidden[t], Norm.LN, prefix + "ln");
            }
        }
        return affine(hidden, prefix + "W_out", prefix + "b_out");
    }

    private static double[] activated(Activation activation, double[] x) {
        double[] soft = softmax(x);
        double[] out = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            double v = x[i];
            out[i] = switch (activation) {
                case RELU -> Math.max(0, v);
                case SILU -> v / (1 + Math.exp(-v));
                case GELU -> v * 0.5 * (1 + erf(v / Math.sqrt(2)));
                case GELU_NEW -> 0.5 * v * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (v + 0.044715 * v * v * v)));
                case SOLU, SOLU_LN -> v * soft[i];
            };
        }
        return out;
    }

    /** The error function by its series, for the small values of these models. */
    private static double erf(double x) {
        double term = x;
        double sum = x;
        for (int n = 1; n < 400; n++) {
            term *= -x * x / n;
            sum += term / (2 * n + 1);
        }
        return Math.abs(x) > 5 ? Math.signum(x) : 2 / Math.sqrt(Math.PI) * sum;
    }

    private double[][] normed(double[][] x, String name) {
        double[][] out = new double[x.length][];
        for (int t = 0; t < x.length; t++) {
            out[t] = normed(x[t], config.norm(), name);
        }
        return out;
    }

    private double[] normed(double[] x, Norm norm, String name) {
        if (norm == Norm.NONE) {
            return x;
        }
        double mean = norm.isCentred() ? Arrays.stream(x).average().orElse(0) : 0;
        double square = 0;
        for (double value : x) {
            square += (value - mean) * (value - mean) / x.length;
        }
        double[] out = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            out[i] = (x[i] - mean) / Math.sqrt(square + config.eps());
            out[i] *= norm.isWeighted() ? weights.get(name + ".w").data[i] : 1;
            out[i] += norm.isBiased() ? weights.get(name + ".b").data[i] : 0;
        }
        return out;
    }

    private double[][] affine(double[][] x, String weight, String bias) {
        FMatrixRMaj w = weights.get(weight);
        double[][] out = new double[x.length][w.numCols];
        for (int t = 0; t < x.length; t++) {
            for (int c = 0; c < w.numCols; c++) {
                double sum = bias == null ? 0 : weights.get(bias).data[c];
                for (int r = 0; r < w.numRows; r++) {
                    sum += x[t][r] * w.data[r * w.numCols + c];
                }
                out[t][c] = sum;
            }
        }
        return out;
    }

    private void norms(int l, double[][] x) {
        for (int t = 0; t < x.length; t++) {
            residNorm[l][t] =
                    Math.sqrt(Arrays.stream(x[t]).map(value -> value * value).sum());
        }
    }

    /** The logarithms of the probabilities after a position. */
    double[] logProbabilities(int position) {
        double[] out = softmax(logits[position]);
        for (int i = 0; i < out.length; i++) {
            out[i] = Math.log(out[i]);
        }
        return out;
    }

    private double[] row(String name, int row) {
        FMatrixRMaj m = weights.get(name);
        double[] out = new double[m.numCols];
        for (int c = 0; c < out.length; c++) {
            out[c] = m.get(row, c);
        }
        return out;
    }

    private static void cap(double[] row, double cap) {
        for (int i = 0; i < row.length && cap > 0; i++) {
            row[i] = cap * Math.tanh(row[i] / cap);
        }
    }

    private static double[] softmax(double[] x) {
        double most = Arrays.stream(x).max().orElse(0);
        double[] out = Arrays.stream(x).map(value -> Math.exp(value - most)).toArray();
        double sum = Arrays.stream(out).sum();
        return Arrays.stream(out).map(value -> value / sum).toArray();
    }

    private static void add(double[] to, double[] what) {
        for (int i = 0; i < to.length; i++) {
            to[i] += what[i];
        }
    }

    private static void addAll(double[][] to, double[][] what) {
        for (int t = 0; t < to.length; t++) {
            add(to[t], what[t]);
        }
    }

    private static double[][] copy(double[][] x) {
        return Arrays.stream(x).map(double[]::clone).toArray(double[][]::new);
    }
}
