package app.headlight.web.api;

import app.headlight.engine.circuits.PairMaps;
import app.headlight.engine.circuits.PatchingMap.Place;
import app.headlight.engine.circuits.Spread;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** The answer with a map of patches; of several pairs its numbers are means. */
record PatchingAnswer(
        @Schema(description = "The logit of the answer minus that of the wrong token in the clean run.")
        @JsonProperty("clean_metric")
        double cleanMetric,

        @JsonProperty("corrupt_metric") double corruptMetric,

        @Schema(
                description = "That difference with each place patched, [layer][position], [layer][head] or"
                        + " [layer][position][head].")
        List<List<Object>> metric,

        @Schema(
                description = "The share of the difference between both runs that each place moves it by; null"
                        + " where both are equal.")
        @JsonInclude(JsonInclude.Include.ALWAYS)
        @Nullable
        List<List<Object>> recovered,

        @Schema(description = "Of “pairs” alone: how far apart they are.")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable
        SpreadAnswer spread) {

    /** How far apart several pairs are. */
    record SpreadAnswer(
            @Schema(description = "How many pairs there are.")
            int pairs,

            @Schema(
                    description =
                            "Of how many of them the two runs differ by 0.001 at least; “recovered” is the mean over"
                                    + " these.")
            int differing,

            @Schema(description = "Standard deviations over the pairs, of which there are two at least.")
            @JsonInclude(JsonInclude.Include.ALWAYS)
            @Nullable
            Deviations deviation) {}

    /** The standard deviations of numbers of which the answer has the means. */
    record Deviations(
            @JsonProperty("clean_metric") double cleanMetric,
            @JsonProperty("corrupt_metric") double corruptMetric,
            List<List<Object>> metric,

            @Schema(description = "Null where fewer than two pairs differ.")
            @JsonInclude(JsonInclude.Include.ALWAYS)
            @Nullable
            List<List<Object>> recovered) {}

    /** @param several whether “pairs” were given, be it only one */
    static PatchingAnswer of(PairMaps maps, boolean denoise, boolean several) {
        Spread clean = denoise ? maps.other() : maps.base();
        Spread corrupt = denoise ? maps.base() : maps.other();
        int pairs = maps.maps().size();
        Deviations deviations = pairs < 2
                ? null
                : new Deviations(
                        clean.deviation(),
                        corrupt.deviation(),
                        shaped(maps, place -> maps.metric(place).deviation()),
                        maps.differing() < 2
                                ? null
                                : shaped(maps, place -> maps.recovered(place).deviation()));
        return new PatchingAnswer(
                clean.mean(),
                corrupt.mean(),
                shaped(maps, place -> maps.metric(place).mean()),
                maps.differing() == 0
                        ? null
                        : shaped(maps, place -> maps.recovered(place).mean()),
                several ? new SpreadAnswer(pairs, maps.differing(), deviations) : null);
    }

    /** @param number of a place, by its index */
    private static List<List<Object>> shaped(PairMaps maps, IntToDoubleFunction number) {
        Map<Integer, Map<Integer, List<Object>>> byPosition = new TreeMap<>();
        List<Place> places = maps.places();
        for (int i = 0; i < places.size(); i++) {
            byPosition
                    .computeIfAbsent(places.get(i).layer(), layer -> new TreeMap<>())
                    .computeIfAbsent(places.get(i).position(), position -> new ArrayList<>())
                    .add(number.applyAsDouble(i));
        }
        boolean flat = places.stream().anyMatch(place -> place.head() < 0 || place.position() < 0);
        return byPosition.values().stream()
                .map(rows -> flat
                        ? rows.values().stream().flatMap(List::stream).toList()
                        : rows.values().stream().<Object>map(row -> row).toList())
                .toList();
    }
}
