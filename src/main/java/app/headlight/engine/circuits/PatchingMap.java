package app.headlight.engine.circuits;

import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.tensor.Matrix;
import app.headlight.engine.transformer.Activations;
import app.headlight.engine.transformer.Config;
import app.headlight.engine.transformer.Edit;
import app.headlight.engine.transformer.Edit.At;
import app.headlight.engine.transformer.LogitMetric;
import app.headlight.engine.transformer.Progress;
import app.headlight.engine.transformer.Run;
import app.headlight.engine.transformer.Site;
import app.headlight.engine.transformer.Site.Kind;
import app.headlight.engine.transformer.Transformer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.ejml.data.FMatrixRMaj;

/**
 * What the difference of two logits becomes when one activation after the other is taken from another run
 * ({@code docs/maths.md}, "Patching"; Meng et al. 2022; TransformerLens's {@code patching}).
 *
 * @param base the difference in the run that is patched
 * @param other that in the run the activations are taken from
 * @param places one by one, in the order of layers, then positions, then heads
 */
public record PatchingMap(double base, double other, List<Place> places) {

    public PatchingMap {
        places = List.copyOf(places);
    }

    /** The axes of a map. */
    public enum By {
        POSITION,
        HEAD,
        HEAD_POSITION;

        boolean hasHeads() {
            return this != POSITION;
        }

        boolean hasPositions() {
            return this != HEAD;
        }
    }

    /**
     * One place that was patched.
     *
     * @param head −1 where all heads share it
     * @param position −1 for all positions
     * @param metric the difference with this place patched
     * @param isEstimate whether that is estimated by one derivative
     */
    public record Place(int layer, int head, int position, double metric, boolean isEstimate) {

        Place with(double metric, boolean isEstimate) {
            return new Place(layer, head, position, metric, isEstimate);
        }
    }

    /** The logit of one token minus that of another, at one position. */
    public record Metric(int position, int answer, int wrong) {

        /** The difference in a run. */
        public double of(Run run) {
            return (double) run.logits().get(position, answer) - run.logits().get(position, wrong);
        }

        /** @throws Refusal naming a position or a token that is not there */
        void check(Config config, int length) {
            if (position < 0 || position >= length) {
                throw new Refusal("position " + position + " is not in a sentence of " + length + " tokens");
            }
            for (int token : new int[] {answer, wrong}) {
                if (token < 0 || token >= config.dVocab()) {
                    throw new Refusal(
                            "there is no token " + token + "; the vocabulary has ids 0 to " + (config.dVocab() - 1));
                }
            }
        }
    }

    /**
     * The share of the difference that a place brings back, 0 as the patched run was, 1 as the other is; NaN where
     * both are equal.
     */
    public double recovered(Place place) {
        return other == base ? Double.NaN : (place.metric() - base) / (other - base);
    }

    /**
     * Patches each place in turn.
     *
     * @param base the run that is patched
     * @param other the run that the activations are taken from, of as many tokens
     * @throws Refusal if the site is not in the model or not by layer, or has no such axis; if the sentences are of
     *     different length; or if the metric names what is not there
     */
    public static PatchingMap of(
            Transformer model, Run base, Run other, Kind kind, By by, Metric metric, Progress progress) {
        Patches patches = Patches.of(model, base, other, kind, by, metric);
        List<Place> todo = places(model.config(), base.length(), by);
        List<Place> places = new ArrayList<>();
        for (Place place : todo) {
            places.add(patches.at(place));
            progress.report(places.size(), todo.size());
        }
        return new PatchingMap(metric.of(base), metric.of(other), places);
    }

    /**
     * The patches of one kind of site in one run.
     *
     * @param from the values in the other run
     */
    record Patches(Transformer model, Run base, Kind kind, Metric metric, Activations from) {

        static Patches of(Transformer model, Run base, Run other, Kind kind, By by, Metric metric) {
            check(model.config(), base, other, kind, by);
            metric.check(model.config(), base.length());
            return new Patches(model, base, kind, metric, model.activations(other, Set.of(kind)));
        }

        /** A place with what patching it does. */
        Place at(Place place) {
            Site site = new Site(kind, place.layer(), place.head());
            At at = place.position() < 0 ? At.ALL : At.position(place.position());
            Run patched = model.rerun(base, List.of(new Edit.Patch(site, at, Matrix.of(from.get(site)))));
            return place.with(metric.of(patched), false);
        }
    }

    /**
     * The same estimated by one derivative, without running each place: metric + (other − base) · ∂metric/∂activation at
     * the run that is patched (attribution patching; Nanda 2023).
     */
    public static PatchingMap estimate(Transformer model, Run base, Run other, Kind kind, By by, Metric metric) {
        check(model.config(), base, other, kind, by);
        metric.check(model.config(), base.length());
        // What attention writes is the sum of what its heads write, so that their derivatives are the same.
        Kind differentiated = kind == Kind.RESULT ? Kind.ATTN_OUT : kind;
        Activations gradients = model.gradients(
                base.tokens(),
                LogitMetric.difference(metric.position(), metric.answer(), metric.wrong()),
                Set.of(differentiated));
        Activations from = model.activations(other, Set.of(kind));
        Activations to = model.activations(base, Set.of(kind));
        double now = metric.of(base);
        List<Place> places = new ArrayList<>();
        for (Place place : places(model.config(), base.length(), by)) {
            Site site = new Site(kind, place.layer(), place.head());
            FMatrixRMaj gradient = gradients.get(kind == Kind.RESULT ? Site.of(Kind.ATTN_OUT, place.layer()) : site);
            double change = change(from.get(site), to.get(site), gradient, place.position());
            places.add(place.with(now + change, true));
        }
        return new PatchingMap(now, metric.of(other), places);
    }

    /** (from − to) · gradient, in one row or in all. */
    private static double change(FMatrixRMaj from, FMatrixRMaj to, FMatrixRMaj gradient, int row) {
        double sum = 0;
        int columns = to.numCols;
        int first = row < 0 ? 0 : row * columns;
        int last = row < 0 ? to.data.length : first + columns;
        for (int i = first; i < last; i++) {
            if (from.data[i] != to.data[i]) { // scores that are not seen are −∞ in both
                sum += ((double) from.data[i] - to.data[i]) * gradient.data[i];
            }
        }
        return sum;
    }

    private static void check(Config config, Run base, Run other, Kind kind, By by) {
        checkLengths(base, other);
        if (!kind.isByLayer()) {
            throw new Refusal(Site.of(kind) + " is there once; a map is of a site that each layer has");
        }
        if (kind.isByHead() != by.hasHeads()) {
            throw new Refusal(
                    kind.isByHead()
                            ? "each head has its own; the map of it is by head, or by head and position"
                            : "the heads of a layer share it; the map of it is by position");
        }
        kind.check(config);
    }

    /** @throws Refusal with both, if the sentences are of different length */
    static void checkLengths(Run base, Run other) {
        if (base.length() != other.length()) {
            throw new Refusal("the sentences have " + base.length() + " and " + other.length()
                    + " tokens, " + Arrays.toString(base.tokens()) + " and " + Arrays.toString(other.tokens())
                    + "; to be patched they need as many");
        }
    }

    /** All places of a map, none of which is patched. */
    static List<Place> places(Config config, int length, By by) {
        List<Place> places = new ArrayList<>();
        for (int layer = 0; layer < config.nLayers(); layer++) {
            for (int t = by.hasPositions() ? 0 : -1; t < (by.hasPositions() ? length : 0); t++) {
                for (int h = by.hasHeads() ? 0 : -1; h < (by.hasHeads() ? config.nHeads() : 0); h++) {
                    places.add(new Place(layer, h, t, 0, true));
                }
            }
        }
        return places;
    }
}
