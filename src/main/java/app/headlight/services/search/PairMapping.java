package app.headlight.services.search;

import app.headlight.engine.circuits.PairMaps;
import app.headlight.engine.circuits.PairMaps.Pair;
import app.headlight.engine.circuits.PatchingMap.By;
import app.headlight.engine.transformer.Site.Kind;
import app.headlight.services.lab.Laboratory;
import app.headlight.services.lab.Measurement;
import app.headlight.services.models.OpenModel;
import java.util.List;

/** Asks the laboratory for maps of patches, for REST and for pages ({@code docs/maths.md}, "Patching"). */
public final class PairMapping {

    private final Laboratory lab;

    public PairMapping(Laboratory lab) {
        this.lab = lab;
    }

    /**
     * What is patched.
     *
     * @param denoise whether the corrupt run is patched with what the clean one has, or the reverse
     */
    public record How(Kind kind, By by, boolean denoise) {}

    /** The maps of some pairs, one at least; it grows from an estimate. */
    public Measurement<PairMaps> maps(OpenModel model, List<SearchTask> pairs, How how) {
        return Measurement.growing(
                model.ref(),
                "patching",
                List.of(List.copyOf(pairs), how),
                growing -> PairMaps.of(
                        model.transformer(), runs(model, pairs, how), how.kind(), how.by(), growing, growing::soFar));
    }

    /** About how many seconds a server works for {@link #maps}. */
    public static double seconds(OpenModel model, List<SearchTask> pairs, How how) {
        return pairs.stream()
                        .mapToDouble(pair ->
                                PairMaps.operations(model.config(), pair.clean().size(), how.by()))
                        .sum()
                / CircuitSearch.A_SECOND;
    }

    private List<Pair> runs(OpenModel model, List<SearchTask> pairs, How how) {
        return pairs.stream()
                .map(pair -> {
                    int[] base = how.denoise() ? pair.corruptTokens() : pair.cleanTokens();
                    int[] other = how.denoise() ? pair.cleanTokens() : pair.corruptTokens();
                    return new Pair(lab.run(model, base), lab.run(model, other), pair.metric());
                })
                .toList();
    }
}
