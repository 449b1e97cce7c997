package app.headlight.engine.transformer;

import java.util.List;
import org.ejml.data.FMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * The forward pass once more, written from {@code docs/maths.md} number by number in float64, for the tests to compare
 * with: no matrix library, no packing of heads, nothing shared with {@link Transformer}.
 */
final class PlainTransformer {

    private final Config config;
    private final Weights weights;
    private final List<Intervention> interventions;
    private final @Nullable Nudge nudge;

    /** So much added to one entry of a pattern. */
    record Nudge(HeadId head, int destination, int source, double by) {}

    /** x_0 .. x_L, each [T][D]. */
    final double[][][] residual;

    /** By layer and head, [T][T]. */
    final double[][][][] pattern;

    /** By layer and head, [T][D]. */
    final double[][][][] result;

    /** [T][V]. */
    final double[][] logits;

    PlainTransformer(Config config, Weights weights, int[] tokens, List<Intervention> interventions) {
        this(config, weights, tokens, interventions, null);
    }

    PlainTransformer(
            Config config, Weights weights, int[] tokens, List<Intervention> interventions, @Nullable Nudge nudge) {
        this.nudge = nudge;
        this.config = config;
        this.weights = weights;
        this.interventions = interventions;
        int depth = config.nLayers();
        residual = new double[depth + 1][tokens.length][config.dModel()];
        pattern = new double[depth][config.nHeads()][][];
        result = new double[depth][config.nHeads()][][];
        for (int t = 0; t < tokens.length; t++) {
            for (int i = 0; i < config.dModel(); i++) {
                boolean added = config.positions() == Positions.STANDARD;
                residual[0][t][i] =
                        weights.wE().get(tokens[t], i) + (added ? weights.wPos().get(t, i) : 0);
            }
        }
        for (int l = 0; l < depth; l++) {
            layer(l);
        }
        logits = times(normalised(residual[depth]), weights.wU());
        for (double[] row : logits) {
            for (int i = 0; i < row.length; i++) {
                row[i] += weights.bU()[i];
            }
        }
    }

    private void layer(int l) {
        LayerWeights layer = weights.layer(l);
        int length = residual[l].length;
        double[][] read = normalised(residual[l]);
        double[][] asked = new double[length][config.dModel()];
        for (int t = 0; t < length; t++) {
            for (int i = 0; i < config.dModel(); i++) {
                boolean added = config.positions() == Positions.SHORTFORMER;
                asked[t][i] = read[t][i] + (added ? weights.wPos().get(t, i) : 0);
                residual[l + 1][t][i] = residual[l][t][i] + layer.bO()[i];
            }
        }
        for (int h = 0; h < config.nHeads(); h++) {
            double[][] q = projected(asked, layer.wQ(), layer.bQ(), h);
            double[][] k = projected(asked, layer.wK(), layer.bK(), h);
            double[][] v = projected(read, layer.wV(), layer.bV(), h);
            pattern[l][h] = pattern(q, k);
            edit(new HeadId(l, h), pattern[l][h]);
            result[l][h] = write(new HeadId(l, h), pattern[l][h], v, layer.wO());
            for (int t = 0; t < length; t++) {
                for (int i = 0; i < config.dModel(); i++) {
                    residual[l + 1][t][i] += result[l][h][t][i];
                }
            }
        }
    }

    private double[][] projected(double[][] x, FMatrixRMaj w, float[] bias, int h) {
        double[][] out = new double[x.length][config.dHead()];
        for (int t = 0; t < x.length; t++) {
            for (int j = 0; j < config.dHead(); j++) {
                int column = h * config.dHead() + j;
                out[t][j] = bias[column];
                for (int i = 0; i < config.dModel(); i++) {
                    out[t][j] += x[t][i] * w.get(i, column);
                }
            }
        }
        return out;
    }

    private double[][] pattern(double[][] q, double[][] k) {
        double[][] pattern = new double[q.length][q.length];
        for (int t = 0; t < q.length; t++) {
            double sum = 0;
            for (int s = 0; s <= t; s++) {
                double score = 0;
                for (int j = 0; j < config.dHead(); j++) {
                    score += q[t][j] * k[s][j] / Math.sqrt(config.dHead());
                }
                pattern[t][s] = Math.exp(score);
                sum += pattern[t][s];
            }
            for (int s = 0; s <= t; s++) {
                pattern[t][s] /= sum;
            }
        }
        return pattern;
    }

    private void edit(HeadId head, double[][] pattern) {
        if (nudge != null && nudge.head.equals(head)) {
            pattern[nudge.destination][nudge.source] += nudge.by;
        }
        for (Intervention intervention : interventions) {
            if (intervention instanceof Intervention.CutAttention(HeadId at, int destination, int source)
                    && at.equals(head)) {
                pattern[destination][source] = 0;
            }
        }
    }

    private double[][] write(HeadId head, double[][] pattern, double[][] v, FMatrixRMaj wO) {
        double[][] out = new double[v.length][config.dModel()];
        if (interventions.contains(new Intervention.ZeroHead(head))) {
            return out;
        }
        for (int t = 0; t < v.length; t++) {
            for (int s = 0; s <= t; s++) {
                for (int j = 0; j < config.dHead(); j++) {
                    for (int i = 0; i < config.dModel(); i++) {
                        out[t][i] += pattern[t][s] * v[s][j] * wO.get(head.head() * config.dHead() + j, i);
                    }
                }
            }
        }
        return out;
    }

    private double[][] normalised(double[][] x) {
        double[][] out = new double[x.length][];
        for (int t = 0; t < x.length; t++) {
            out[t] = x[t].clone();
            if (config.norm() == Norm.LN_PRE) {
                double mean = 0;
                double square = 0;
                for (double value : x[t]) {
                    mean += value / x[t].length;
                }
                for (double value : x[t]) {
                    square += (value - mean) * (value - mean) / x[t].length;
                }
                for (int i = 0; i < x[t].length; i++) {
                    out[t][i] = (x[t][i] - mean) / Math.sqrt(square + config.eps());
                }
            }
        }
        return out;
    }

    private static double[][] times(double[][] x, FMatrixRMaj w) {
        double[][] out = new double[x.length][w.numCols];
        for (int t = 0; t < x.length; t++) {
            for (int j = 0; j < w.numCols; j++) {
                for (int i = 0; i < w.numRows; i++) {
                    out[t][j] += x[t][i] * w.get(i, j);
                }
            }
        }
        return out;
    }
}
