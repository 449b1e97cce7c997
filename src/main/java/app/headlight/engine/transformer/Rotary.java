package app.headlight.engine.transformer;

import app.headlight.engine.refusal.Refusal;
import org.ejml.data.FMatrixRMaj;

/**
 * Rotary positions (Su et al. 2021, "RoFormer"): at position p, pair i of a query or key is turned by the angle p ·
 * base^(−2i/dimensions), if nothing scales it. The dimensions of a head beyond {@code dimensions} stay as they are.
 *
 * @param dimensions r, how many dimensions of a head are turned; even
 * @param adjacentPairs whether the pairs are (2i, 2i + 1); if not, they are (i, i + r/2)
 * @param scaling what becomes of the angles, for texts longer than those of the training
 */
public record Rotary(int dimensions, double base, boolean adjacentPairs, RotaryScaling scaling) {

    /** A rotation whose angles nothing scales. */
    public Rotary(int dimensions, double base, boolean adjacentPairs) {
        this(dimensions, base, adjacentPairs, RotaryScaling.NONE);
    }

    /** @throws Refusal naming the field that is out of its bounds */
    public Rotary {
        if (dimensions < 2 || dimensions % 2 != 0) {
            throw new Refusal("rotary_dim is " + dimensions + "; expected an even number from 2 on");
        }
        if (!(base > 0) || Double.isInfinite(base)) {
            throw new Refusal("rotary_base is " + base + "; expected a positive number");
        }
    }

    /** The first dimension of pair i. */
    int first(int i) {
        return adjacentPairs ? 2 * i : i;
    }

    /** The second dimension of pair i. */
    int second(int i) {
        return adjacentPairs ? 2 * i + 1 : i + dimensions / 2;
    }

    /** The angle by which pair i is turned at a position, in radians. */
    double angle(int position, int i) {
        return position * scaling.of(Math.pow(base, -2.0 * i / dimensions));
    }

    /** Turns one query or key, [K], as at a position; in place. */
    public void turn(double[] x, int position) {
        for (int i = 0; i < dimensions / 2; i++) {
            double cos = Math.cos(angle(position, i));
            double sin = Math.sin(angle(position, i));
            double a = x[first(i)];
            double b = x[second(i)];
            x[first(i)] = a * cos - b * sin;
            x[second(i)] = b * cos + a * sin;
        }
    }

    /** Turns every row, {@code [n, K]}, as at one position; in place. */
    public void turnRows(FMatrixRMaj rows, int position) {
        for (int i = 0; i < dimensions / 2; i++) {
            float cos = (float) Math.cos(angle(position, i));
            float sin = (float) Math.sin(angle(position, i));
            for (int at = 0; at < rows.data.length; at += rows.numCols) {
                float a = rows.data[at + first(i)];
                float b = rows.data[at + second(i)];
                rows.data[at + first(i)] = a * cos - b * sin;
                rows.data[at + second(i)] = b * cos + a * sin;
            }
        }
    }
}
