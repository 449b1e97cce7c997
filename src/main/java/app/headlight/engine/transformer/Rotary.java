package app.headlight.engine.transformer;

import app.headlight.engine.refusal.Refusal;

/**
 * Rotary positions (Su et al. 2021, "RoFormer"): at position p, pair i of a query or key is turned by the angle p ·
 * base^(−2i/dimensions). The dimensions of a head beyond {@code dimensions} stay as they are.
 *
 * @param dimensions r, how many dimensions of a head are turned; even
 * @param adjacentPairs whether the pairs are (2i, 2i + 1); if not, they are (i, i + r/2)
 */
public record Rotary(int dimensions, double base, boolean adjacentPairs) {

    /** @throws Refusal naming the field that is out of its bounds */
    public Rotary {
        if (dimensions < 2 || dimensions % 2 != 0) {
            throw new Refusal("rotary_dim is " + dimensions + "; expected an even number from 2 on");
        }
        if (!(base > 0) || Double.isInfinite(base)) {
            throw new Refusal("rotary_base is " + base + "; expected a positive number");
        }
    }
}
