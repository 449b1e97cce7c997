package app.headlight.engine.residual;

import app.headlight.engine.tensor.Copies;

/**
 * One number for each row of the residual stream of a run, such as its coordinate along a direction.
 *
 * @param byLayer {@code [L+1][T]}: before each layer, and after the last
 */
public record Coordinates(double[][] byLayer) {

    /** Copies. */
    public Coordinates {
        byLayer = Copies.of(byLayer);
    }

    /** A copy. */
    @Override
    public double[][] byLayer() {
        return Copies.of(byLayer);
    }
}
