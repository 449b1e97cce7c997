package app.headlight.engine.circuits;

import app.headlight.engine.circuits.PatchingMap.By;
import app.headlight.engine.circuits.PatchingMap.Metric;
import app.headlight.engine.circuits.PatchingMap.Patches;
import app.headlight.engine.circuits.PatchingMap.Place;
import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.transformer.Config;
import app.headlight.engine.transformer.Progress;
import app.headlight.engine.transformer.Run;
import app.headlight.engine.transformer.Site.Kind;
import app.headlight.engine.transformer.Transformer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * The same map of patches of several pairs of sentences ({@code docs/maths.md}, "Patching").
 *
 * @param maps one of each pair, in their order, with the same places; one at least
 */
public record PairMaps(List<PatchingMap> maps) implements PairTotals {

    /** Where both runs of one of several pairs differ by less, there is nothing to bring back: it counts in no share. */
    public static final double ALIKE = 1e-3;

    /** So many times at most those who watch are told how far it is. */
    private static final int TOLD = 100;

    public PairMaps {
        maps = List.copyOf(maps);
    }

    /**
     * Two runs.
     *
     * @param base the one that is patched
     * @param other the one that activations are taken from
     */
    public record Pair(Run base, Run other, Metric metric) {}

    /**
     * Patches each place of each pair: first all are estimated, then the places of the largest estimates come first.
     *
     * @param soFar told the maps from time to time, in which some places are estimates
     * @throws Refusal naming a pair by its index as {@code pairs[i]}, as {@link PatchingMap#of} does; and if its sentences
     *     are not as long as the first pair's and the map is by position
     */
    public static PairMaps of(
            Transformer model, List<Pair> pairs, Kind kind, By by, Progress progress, Consumer<PairMaps> soFar) {
        PairMaps estimates = estimate(model, pairs, kind, by);
        soFar.accept(estimates);
        List<Patches> patches = new ArrayList<>();
        List<List<Place>> places = new ArrayList<>();
        for (int i = 0; i < pairs.size(); i++) {
            Pair pair = pairs.get(i);
            patches.add(Patches.of(model, pair.base(), pair.other(), kind, by, pair.metric()));
            places.add(new ArrayList<>(estimates.maps().get(i).places()));
        }
        int[] order = estimates.largestFirst();
        int step = Math.ceilDiv(order.length, TOLD);
        for (int done = 0; done < order.length; done++) {
            int place = order[done];
            for (int i = 0; i < pairs.size(); i++) {
                places.get(i).set(place, patches.get(i).at(places.get(i).get(place)));
                progress.report((long) done * pairs.size() + i + 1, (long) order.length * pairs.size());
            }
            if ((done + 1) % step == 0) {
                soFar.accept(estimates.with(places));
            }
        }
        return estimates.with(places);
    }

    private PairMaps with(List<List<Place>> places) {
        return new PairMaps(IntStream.range(0, maps.size())
                .mapToObj(i -> new PatchingMap(maps.get(i).base(), maps.get(i).other(), places.get(i)))
                .toList());
    }

    /** The same estimated by one derivative a pair. */
    public static PairMaps estimate(Transformer model, List<Pair> pairs, Kind kind, By by) {
        List<PatchingMap> maps = new ArrayList<>();
        for (Pair pair : pairs) {
            try {
                check(pairs.getFirst(), pair, by);
                maps.add(PatchingMap.estimate(model, pair.base(), pair.other(), kind, by, pair.metric()));
            } catch (Refusal unfit) {
                throw pairs.size() == 1 ? unfit : new Refusal("pairs[" + maps.size() + "]: " + unfit.getMessage());
            }
        }
        return new PairMaps(maps);
    }

    /** How many multiplications and additions the exact map of a pair takes, about. */
    public static double operations(Config config, int length, By by) {
        double attention = 2.0 * config.dModel() * (config.packedHeads() + config.packedKeys());
        double layers =
                config.nLayers() * (attention + EdgeEffects.ofMlp(config)) / 2; // those before the patch are kept
        double run = 2 * length * (layers + (double) config.dModel() * config.dVocab());
        return PatchingMap.places(config, length, by).size() * run;
    }

    private static void check(Pair first, Pair pair, By by) {
        if (by.hasPositions() && pair.base().length() != first.base().length()) {
            throw new Refusal("its sentences have " + pair.base().length() + " tokens, "
                    + Arrays.toString(pair.base().tokens()) + ", those of the first pair "
                    + first.base().length() + ", "
                    + Arrays.toString(first.base().tokens())
                    + "; a map by position needs pairs of one length, one by head does not");
        }
    }

    /** The indices of places, those of the largest mean change first. */
    private int[] largestFirst() {
        double[] sizes = new double[places().size()];
        Arrays.setAll(
                sizes,
                place -> Math.abs(maps.stream()
                        .mapToDouble(map -> map.places().get(place).metric() - map.base())
                        .sum()));
        return IntStream.range(0, sizes.length)
                .boxed()
                .sorted(Comparator.comparingDouble(place -> -sizes[place]))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /** The places, as the first pair's map has them. */
    public List<Place> places() {
        return maps.getFirst().places();
    }

    /** How many pairs' two runs differ, so that a share of the difference has a meaning. */
    @Override
    public int differing() {
        return (int) maps.stream().filter(this::isDiffering).count();
    }

    private boolean isDiffering(PatchingMap map) {
        return isDiffering(map.base(), map.other(), maps.size());
    }

    /** Whether the runs of one of some pairs differ: of several by so much that a share of it says something. */
    static boolean isDiffering(double base, double other, int pairs) {
        return pairs == 1 ? other != base : Math.abs(other - base) >= ALIKE;
    }

    /** The metric of the runs that are patched. */
    @Override
    public Spread base() {
        return spread(PatchingMap::base);
    }

    /** The metric of the runs that activations are taken from. */
    @Override
    public Spread other() {
        return spread(PatchingMap::other);
    }

    /** The metric with a place patched, by the index of the place. */
    public Spread metric(int place) {
        return spread(map -> map.places().get(place).metric());
    }

    private Spread spread(ToDoubleFunction<PatchingMap> number) {
        return Spread.of(maps.stream().mapToDouble(number).boxed().toList());
    }

    /** The share of the difference that a place brings back, of those pairs whose two runs differ. */
    public Spread recovered(int place) {
        return Spread.of(maps.stream()
                .filter(this::isDiffering)
                .map(map -> map.recovered(map.places().get(place)))
                .toList());
    }

    /** How many places are still estimates. */
    public int estimated() {
        return (int) places().stream().filter(Place::isEstimate).count();
    }
}
