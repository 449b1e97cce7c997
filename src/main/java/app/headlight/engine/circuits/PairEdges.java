package app.headlight.engine.circuits;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What patching each edge alone does, in several pairs of sentences ({@code docs/maths.md}, "Edges and circuits").
 *
 * @param of of each pair; one at least
 * @param isEstimate whether the effects are estimated by a derivative
 */
public record PairEdges(List<OfPair> of, boolean isEstimate) implements PairTotals {

    public PairEdges {
        of = List.copyOf(of);
    }

    /**
     * The effects in one pair.
     *
     * @param base the metric of the run that is patched
     * @param other that of the run that is patched in
     */
    public record OfPair(double base, double other, EdgeEffects effects) {}

    @Override
    public Spread base() {
        return spread(OfPair::base);
    }

    @Override
    public Spread other() {
        return spread(OfPair::other);
    }

    /** Whether there is such an edge. */
    public boolean has(Edge edge) {
        return of.getFirst().effects().of().containsKey(edge);
    }

    /** The metric with an edge patched; NaN where there is no such edge. */
    public Spread metric(Edge edge) {
        return spread(pair -> pair.base() + effect(pair, edge));
    }

    private Spread spread(ToDoubleFunction<OfPair> number) {
        return Spread.of(of.stream().mapToDouble(number).boxed().toList());
    }

    /** The share of the difference that an edge brings, of those pairs whose runs differ; NaN without such an edge. */
    public Spread recovered(Edge edge) {
        return Spread.of(of.stream()
                .filter(this::isDiffering)
                .map(pair -> effect(pair, edge) / (pair.other() - pair.base()))
                .toList());
    }

    private static double effect(OfPair pair, Edge edge) {
        return pair.effects().of().getOrDefault(edge, Double.NaN);
    }

    /** How many pairs' two runs differ, as {@link PairMaps#differing} says it. */
    @Override
    public int differing() {
        return (int) of.stream().filter(this::isDiffering).count();
    }

    private boolean isDiffering(OfPair pair) {
        return PairMaps.isDiffering(pair.base(), pair.other(), of.size());
    }
}
