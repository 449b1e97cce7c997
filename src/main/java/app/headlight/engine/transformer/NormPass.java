package app.headlight.engine.transformer;

import app.headlight.engine.tensor.Prepared;
import app.headlight.engine.transformer.LayerWeights.NormWeights;
import java.util.Arrays;
import org.ejml.data.FMatrixRMaj;
import org.jspecify.annotations.Nullable;

/** A norm in a pass: each row centred (or not), times its scale c, times w, plus b. */
final class NormPass {

    private final PassShape shape;
    private final Norm norm;
    private final @Nullable Prepared out; // [S·n, width]; null: what is read is the stream itself
    private final float[] scale; // [S·n]

    NormPass(PassShape shape, Norm norm, int width) {
        this.shape = shape;
        this.norm = norm;
        out = norm == Norm.NONE ? null : shape.stacked(width);
        scale = new float[shape.sequences() * shape.length()];
        Arrays.fill(scale, 1);
    }

    /** c of each position of a sequence, [n]; a copy. */
    float[] scale(int sequence) {
        return Arrays.copyOfRange(scale, sequence * shape.length(), (sequence + 1) * shape.length());
    }

    /** What is read of x, [S·n, width]. */
    Prepared forward(Prepared x, @Nullable NormWeights weights) {
        if (out == null) {
            return x;
        }
        for (int s = 0; s < shape.sequences(); s++) {
            int first = s * shape.length();
            FMatrixRMaj rows = shape.room(0, shape.length(), x.columns());
            shape.of(x, s).read(rows, 0);
            shape.forRows(shape.length(), t -> {
                scale[first + t] = Rows.normalise(rows, t, norm, shape.config().eps());
                Rows.weigh(rows, t, weights);
            });
            shape.of(out, s).write(rows);
        }
        return out;
    }

    /**
     * Computes the derivative by x from that by what is read, in place. With y = c (x − mean(x)) and dy what comes
     * through w, dx = c (dy − mean(dy) − y mean(y ∘ dy)), without the means where rows are not centred.
     *
     * @param name of the norm's weights, such as {@code ln_final}
     */
    void backward(
            Prepared x,
            Prepared change,
            String name,
            @Nullable NormWeights weights,
            @Nullable WeightGradients gradients) {
        for (int s = 0; out != null && s < shape.sequences(); s++) {
            FMatrixRMaj y = shape.room(0, shape.length(), x.columns());
            FMatrixRMaj dy = shape.room(1, shape.length(), x.columns());
            shape.of(x, s).read(y, 0);
            shape.of(change, s).read(dy, 0);
            for (int t = 0; t < shape.length(); t++) {
                float c = scale[s * shape.length() + t];
                Rows.centreAndScale(y, t, norm, c);
                if (weights != null) {
                    throughWeights(y, dy, t, name, weights, gradients);
                }
                Rows.normaliseBackward(y, dy, t, norm, c);
            }
            shape.of(change, s).write(dy);
        }
    }

    private static void throughWeights(
            FMatrixRMaj y, FMatrixRMaj dy, int t, String name, NormWeights weights, @Nullable WeightGradients sums) {
        int d = y.numCols;
        float[] w = weights.w();
        if (sums != null) {
            float[] dw = sums.sums(name + ".w", d);
            float[] db = weights.b() == null ? null : sums.sums(name + ".b", d);
            for (int i = 0; i < d; i++) {
                dw[i] += y.data[t * d + i] * dy.data[t * d + i];
            }
            for (int i = 0; db != null && i < d; i++) {
                db[i] += dy.data[t * d + i];
            }
        }
        for (int i = 0; i < d; i++) {
            dy.data[t * d + i] *= w[i];
        }
    }
}
