package app.headlight.web.api;

import app.headlight.engine.circuits.PatchingMap.By;
import app.headlight.engine.refusal.Fields;
import app.headlight.engine.tensor.UncomputableException;
import app.headlight.services.edits.EditPlace;
import app.headlight.services.lab.Laboratory;
import app.headlight.services.models.OpenModel;
import app.headlight.services.search.PairMapping;
import app.headlight.services.search.PairMapping.How;
import app.headlight.services.search.SearchTask;
import io.swagger.v3.oas.annotations.Operation;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Answers {@code /api/v1/models/{name}/patching}: which activation carries what one sentence has and another has not. */
@RestController
class PatchingController {

    /** Several pairs are refused where they take longer. */
    private static final double MOST_SECONDS = 120;

    private final Laboratory lab;
    private final PairMapping mapping;
    private final AskedModel asked;

    PatchingController(Laboratory lab, AskedModel asked) {
        this.lab = lab;
        mapping = new PairMapping(lab);
        this.asked = asked;
    }

    @Operation(
            summary = "A map of patches",
            description = "Runs one sentence as often as there are places, each time with one activation taken from the"
                    + " run of the other, and answers the difference of two logits for each; of several pairs of sentences"
                    + " the mean and the standard deviation.")
    @PostMapping(
            path = "/api/v1/models/{name}/patching",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    PatchingAnswer patching(@PathVariable String name, @RequestBody PatchingRequest request) {
        OpenModel model = asked.open(name);
        List<SearchTask> pairs = request.tasks(model);
        How how = new How(
                EditPlace.kind(Fields.needed("site", request.site())),
                Fields.oneOf(
                        "by",
                        Fields.needed("by", request.by()),
                        Map.of("position", By.POSITION, "head", By.HEAD, "head_position", By.HEAD_POSITION)),
                request.direction() == null
                        || Fields.oneOf("direction", request.direction(), Map.of("denoise", true, "noise", false)));
        double seconds = PairMapping.seconds(model, pairs, how);
        if (pairs.size() > 1 && seconds > MOST_SECONDS) {
            throw new UncomputableException(String.format(
                    Locale.ROOT,
                    "The map of %,d pairs of sentences takes about %,.0f minutes on this model; give fewer of them, or a map"
                            + " by head.",
                    pairs.size(),
                    Math.ceil(seconds / 60)));
        }
        return PatchingAnswer.of(lab.get(mapping.maps(model, pairs, how)), how.denoise(), request.pairs() != null);
    }
}
