package app.headlight.web.api;

import app.headlight.engine.circuits.ScoreParts;
import app.headlight.engine.circuits.StreamWriter;
import app.headlight.engine.transformer.HeadId;
import app.headlight.services.lab.Laboratory;
import app.headlight.services.lab.Measurement;
import app.headlight.services.lab.RunRef;
import app.headlight.services.models.OpenModel;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Answers {@code /api/v1/models/{name}/score-parts}: where an attention score comes from, by pairs of writers. */
@RestController
class ScorePartsController {

    private final Laboratory lab;
    private final AskedModel asked;

    ScorePartsController(Laboratory lab, AskedModel asked) {
        this.lab = lab;
        this.asked = asked;
    }

    /** The request. */
    @Schema(requiredProperties = {"head", "destination", "source"})
    record ScorePartsRequest(
            @Nullable String text,

            int @Nullable [] tokens,

            @Schema(description = "The head whose score it is.", example = "L1H3", pattern = FindingsController.HEAD)
            @Nullable
            String head,

            @Schema(description = "The position that attends, counted from 0.", example = "9", minimum = "0") @Nullable
            Integer destination,

            @Schema(
                    description = "The position that is attended to, not after the destination.",
                    example = "5",
                    minimum = "0")
            @Nullable
            Integer source) {}

    /** The answer. */
    record ScorePartsAnswer(
            @Schema(description = "What the model ran on; positions count in these.")
            int[] tokens,

            @Schema(
                    description = "The model's own: q·k divided by √d_head or by what its configuration says, and"
                            + " capped if it does that.")
            double score,

            @Schema(description = "The score before the cap; left out where the model caps no scores.")
            @JsonProperty("score_before_cap")
            @JsonInclude(JsonInclude.Include.NON_NULL)
            @Nullable
            Double scoreBeforeCap,

            @Schema(
                    description =
                            "By “query writer|key writer”, each embed, pos, an earlier head such as L0H0, an"
                                    + " earlier MLP such as MLP0, or bias; they sum to the score, before the cap if there is one.")
            Map<String, Double> parts) {

        static ScorePartsAnswer of(int[] tokens, ScoreParts.Split split) {
            Map<String, Double> parts = new LinkedHashMap<>();
            List<StreamWriter> writers = split.writers();
            double[][] all = split.parts();
            for (int u = 0; u < writers.size(); u++) {
                for (int v = 0; v < writers.size(); v++) {
                    parts.put(writers.get(u) + "|" + writers.get(v), all[u][v]);
                }
            }
            return new ScorePartsAnswer(tokens, split.score(), split.cap() == 0 ? null : split.sum(), parts);
        }
    }

    @Operation(
            summary = "Where an attention score comes from",
            description =
                    "The score of one head for a destination and a source, split exactly over what wrote the query"
                            + " side × what wrote the key side. With a norm its scale is the run's own at each position.")
    @PostMapping(
            path = "/api/v1/models/{name}/score-parts",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    ScorePartsAnswer scoreParts(@PathVariable String name, @RequestBody ScorePartsRequest request) {
        OpenModel model = asked.open(name);
        int[] tokens = new SentenceRequest(request.text(), request.tokens())
                .prompt(model)
                .tokens();
        String head = request.head();
        Integer destination = request.destination();
        Integer source = request.source();
        if (head == null || destination == null || source == null) {
            throw Problem.bad(
                    "Cannot be computed",
                    "Give “head”, such as L1H3, and “destination” and “source”, positions counted from 0.");
        }
        HeadId id = HeadId.parse(head);
        model.transformer().head(id); // refused before the run, which may take long
        ScoreParts parts = lab.get(Measurement.quick(
                RunRef.of(model.ref(), tokens),
                "score parts",
                List.of(id),
                () -> ScoreParts.of(model.transformer(), lab.run(model, tokens), id)));
        return ScorePartsAnswer.of(tokens, parts.at(destination, source));
    }
}
