package app.headlight.engine.residual;

import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.tensor.Matrix;
import app.headlight.engine.tensor.SingularValues;
import app.headlight.engine.transformer.HeadId;
import app.headlight.engine.transformer.Run;
import app.headlight.engine.transformer.Transformer;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;

/**
 * A direction of the residual stream with a name.
 *
 * @param name as shown beside an axis
 * @param unit the direction, {@code [D]}, of length 1
 */
public record NamedDirection(String name, double[] unit) {

    /** Brings {@code unit} to length 1; throws {@link Refusal} if it is zero or not finite. */
    public NamedDirection {
        double squares = 0;
        for (double x : unit) {
            squares += x * x;
        }
        if (!(squares > 0) || Double.isInfinite(squares)) {
            throw new Refusal("\"" + name + "\" is not a direction: its length is " + Math.sqrt(squares));
        }
        unit = unit.clone();
        for (int d = 0; d < unit.length; d++) {
            unit[d] /= Math.sqrt(squares);
        }
    }

    /**
     * The direction in which a token's logit rises: its column of W_U. Throws {@link Refusal} naming a
     * wrong id.
     */
    public static NamedDirection unembedding(Transformer model, int token, String name) {
        return new NamedDirection(name, column(model, token));
    }

    /**
     * The direction in which one token's logit rises relative to another's: W_U[:,raised] - W_U[:,lowered].
     *
     * @throws Refusal naming a wrong id, or if both tokens have the same unembedding
     */
    public static NamedDirection difference(Transformer model, int raised, int lowered, String name) {
        double[] direction = column(model, raised);
        double[] other = column(model, lowered);
        for (int d = 0; d < direction.length; d++) {
            direction[d] -= other[d];
        }
        return new NamedDirection(name, direction);
    }

    /**
     * The direction that a head reads most strongly: the first left singular vector of its W_OV, with its largest entry
     * positive.
     */
    public static NamedDirection readBy(Transformer model, HeadId head) {
        SingularValues svd = model.head(head).ov().svd();
        return new NamedDirection(head + " reads", topColumn(svd.u(), sign(svd.u())));
    }

    /**
     * The direction that a head writes for that: the first right singular vector of its W_OV, with the sign that
     * belongs to {@link #readBy}.
     */
    public static NamedDirection writtenBy(Transformer model, HeadId head) {
        SingularValues svd = model.head(head).ov().svd();
        return new NamedDirection(head + " writes", topColumn(svd.v(), sign(svd.u())));
    }

    /** The coordinate of each row of the stream in this direction; of the stream before any norm. */
    public Coordinates project(Run run) {
        if (run.config().dModel() != unit.length) {
            throw new Refusal("\"" + name + "\" has " + unit.length + " dimensions and the run has "
                    + run.config().dModel() + "; they are not of the same model");
        }
        double[][] along = new double[run.config().nLayers() + 1][run.length()];
        for (int l = 0; l < along.length; l++) {
            Matrix stream = run.residual(l);
            for (int t = 0; t < stream.rows(); t++) {
                for (int d = 0; d < unit.length; d++) {
                    along[l][t] += stream.get(t, d) * unit[d];
                }
            }
        }
        return new Coordinates(along);
    }

    private static double[] column(Transformer model, int token) {
        int tokens = model.config().dVocab();
        if (token < 0 || token >= tokens) {
            throw new Refusal("token " + token + " does not exist; expected 0 to " + (tokens - 1));
        }
        float[] column = model.weights().unembedding(token);
        return IntStream.range(0, column.length).mapToDouble(d -> column[d]).toArray();
    }

    private static double[] topColumn(DMatrixRMaj vectors, int sign) {
        return IntStream.range(0, vectors.numRows)
                .mapToDouble(d -> sign * vectors.get(d, 0))
                .toArray();
    }

    private static int sign(DMatrixRMaj vectors) {
        double largest = 0;
        for (int d = 0; d < vectors.numRows; d++) {
            double x = vectors.get(d, 0);
            largest = Math.abs(x) > Math.abs(largest) ? x : largest;
        }
        return largest < 0 ? -1 : 1;
    }

    /** A copy. */
    @Override
    public double[] unit() {
        return unit.clone();
    }
}
