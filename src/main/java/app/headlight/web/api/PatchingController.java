package app.headlight.web.api;

import app.headlight.engine.circuits.PatchingMap;
import app.headlight.engine.circuits.PatchingMap.By;
import app.headlight.engine.circuits.PatchingMap.Place;
import app.headlight.engine.refusal.Fields;
import app.headlight.engine.transformer.Site.Kind;
import app.headlight.services.edits.EditPlace;
import app.headlight.services.lab.Laboratory;
import app.headlight.services.lab.Measurement;
import app.headlight.services.lab.RunRef;
import app.headlight.services.models.OpenModel;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Answers {@code /api/v1/models/{name}/patching}: which activation carries what one sentence has and another has not. */
@RestController
class PatchingController {

    private final Laboratory lab;
    private final AskedModel asked;

    PatchingController(Laboratory lab, AskedModel asked) {
        this.lab = lab;
        this.asked = asked;
    }

    /** The request. */
    @Schema(requiredProperties = {"clean", "corrupt", "answer", "wrong", "site", "by"})
    record PatchingRequest(
            @Nullable SentenceRequest clean,

            @Schema(description = "A sentence of as many tokens.") @Nullable
            SentenceRequest corrupt,

            @Schema(description = "The token whose logit counts for.", minimum = "0") @Nullable
            Integer answer,

            @Schema(description = "The token whose logit counts against.", minimum = "0") @Nullable
            Integer wrong,

            @Schema(description = "The position of those logits; the last one if it is not given.", minimum = "0")
            @Nullable
            Integer position,

            @Schema(
                    description = "What is patched: resid_pre, resid_mid, resid_post, attn_out, mlp_in, mlp_pre,"
                            + " mlp_post or mlp_out by position; q, k, v, z, scores, pattern or head_out by head or"
                            + " head_position.",
                    example = "resid_pre")
            @Nullable
            String site,

            @Schema(
                    description = "The axes of the map: position, head or head_position; of a pattern the position is"
                            + " that of the destination.",
                    example = "position")
            @Nullable
            String by,

            @Schema(
                    description = "denoise: the corrupt run with one activation from the clean one, which is meant"
                            + " without it; noise: the reverse.",
                    example = "denoise")
            @Nullable
            String direction) {}

    /** The answer. */
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
            List<List<Object>> recovered) {}

    @Operation(
            summary = "A map of patches",
            description = "Runs one sentence as often as there are places, each time with one activation taken from the"
                    + " run of the other, and answers the difference of two logits for each.")
    @PostMapping(
            path = "/api/v1/models/{name}/patching",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    PatchingAnswer patching(@PathVariable String name, @RequestBody PatchingRequest request) {
        OpenModel model = asked.open(name);
        int[] clean = Fields.needed("clean", request.clean()).prompt(model).tokens();
        int[] corrupt =
                Fields.needed("corrupt", request.corrupt()).prompt(model).tokens();
        Kind kind = EditPlace.kind(Fields.needed("site", request.site()));
        By by = Fields.oneOf(
                "by",
                Fields.needed("by", request.by()),
                Map.of("position", By.POSITION, "head", By.HEAD, "head_position", By.HEAD_POSITION));
        boolean denoise = request.direction() == null
                || Fields.oneOf("direction", request.direction(), Map.of("denoise", true, "noise", false));
        PatchingMap.Metric metric = new PatchingMap.Metric(
                request.position() == null ? clean.length - 1 : request.position(),
                Fields.needed("answer", request.answer()),
                Fields.needed("wrong", request.wrong()));
        RunRef cleanRun = RunRef.of(model.ref(), clean);
        PatchingMap map = lab.get(Measurement.slow(
                model.ref(),
                "patching",
                List.of(cleanRun.tokens(), RunRef.of(model.ref(), corrupt).tokens(), kind, by, denoise, metric),
                progress -> PatchingMap.of(
                        model.transformer(),
                        lab.run(model, denoise ? corrupt : clean),
                        lab.run(model, denoise ? clean : corrupt),
                        kind,
                        by,
                        metric,
                        progress)));
        return new PatchingAnswer(
                denoise ? map.other() : map.base(),
                denoise ? map.base() : map.other(),
                shaped(map, Place::metric),
                map.other() == map.base() ? null : shaped(map, map::recovered));
    }

    private static List<List<Object>> shaped(PatchingMap map, ToDoubleFunction<Place> number) {
        Map<Integer, Map<Integer, List<Object>>> byPosition = new TreeMap<>();
        for (Place place : map.places()) {
            byPosition
                    .computeIfAbsent(place.layer(), layer -> new TreeMap<>())
                    .computeIfAbsent(place.position(), position -> new ArrayList<>())
                    .add(number.applyAsDouble(place));
        }
        boolean flat = map.places().stream().anyMatch(place -> place.head() < 0 || place.position() < 0);
        return byPosition.values().stream()
                .map(rows -> flat
                        ? rows.values().stream().flatMap(List::stream).toList()
                        : rows.values().stream().<Object>map(row -> row).toList())
                .toList();
    }
}
