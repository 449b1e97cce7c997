package app.headlight.services.search;

import app.headlight.engine.circuits.EdgeEffects;
import app.headlight.engine.circuits.MeanCurve;
import org.jspecify.annotations.Nullable;

/**
 * What a method finds on one half of some pairs of sentences, and what its circuits keep on both halves.
 *
 * @param effects the mean effect of each edge on the half where circuits are found; null where edges are drawn at random
 * @param found on that half
 * @param heldOut on the other; null of a single pair
 */
public record SearchResult(
        @Nullable EdgeEffects effects, Half found, @Nullable Half heldOut) {

    /**
     * The circuits on half of the pairs.
     *
     * @param strongest of the edges of the largest effects, whichever way; the distance of their faithfulness from 1 is
     *     the CMD of the Mechanistic Interpretability Benchmark
     * @param supporting of the edges whose patch takes most from the behaviour; the area under their faithfulness is its
     *     CPR
     */
    public record Half(MeanCurve strongest, MeanCurve supporting) {}
}
