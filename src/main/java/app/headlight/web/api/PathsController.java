package app.headlight.web.api;

import app.headlight.engine.circuits.LogitDirection;
import app.headlight.engine.circuits.PathExpansion;
import app.headlight.engine.circuits.TermImportance;
import app.headlight.engine.transformer.Run;
import app.headlight.services.lab.Laboratory;
import app.headlight.services.lab.Measurement;
import app.headlight.services.lab.RunRef;
import app.headlight.services.models.OpenModel;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Answers {@code /api/v1/models/{name}/paths} and {@code …/term-importance}: a run split into the paths through its
 * heads.
 */
@RestController
@RequestMapping(
        path = "/api/v1/models/{name}",
        consumes = MediaType.APPLICATION_JSON_VALUE,
        produces = MediaType.APPLICATION_JSON_VALUE)
class PathsController {

    private final Laboratory lab;
    private final AskedModel asked;

    PathsController(Laboratory lab, AskedModel asked) {
        this.lab = lab;
        this.asked = asked;
    }

    /**
     * @param text or the tokens
     * @param dest the position whose logit is split
     * @param token whose logit it is
     */
    record PathsRequest(
            @Nullable String text,

            int @Nullable [] tokens,

            @Schema(minimum = "0", requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
            Integer dest,

            @Schema(minimum = "0", requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
            Integer token) {}

    /**
     * @param logit the model's own
     * @param terms by path ({@code direct}, {@code L0H1}, {@code L0H1->L1H0}); {@code biases} last, and {@code longer}
     *     where there are too many paths to list them all
     * @param bySource for each head the parts of its own path by source position, [T]
     */
    record PathsAnswer(
            double logit,
            Map<String, Double> terms,
            @JsonProperty("by_source") Map<String, double[]> bySource) {

        static PathsAnswer of(PathExpansion paths) {
            Map<String, Double> terms = new LinkedHashMap<>();
            Map<String, double[]> bySource = new LinkedHashMap<>();
            for (PathExpansion.Term term : paths.terms()) {
                terms.put(term.name(), term.value());
                if (term.order() == 1) {
                    bySource.put(term.name(), term.bySource());
                }
            }
            if (!paths.isComplete()) {
                terms.put("longer", paths.longer());
            }
            terms.put("biases", paths.biases());
            return new PathsAnswer(paths.direction().value(), terms, bySource);
        }
    }

    @PostMapping("/paths")
    PathsAnswer paths(@PathVariable String name, @RequestBody PathsRequest request) {
        OpenModel model = asked.open(name);
        int[] tokens = new SentenceRequest(request.text(), request.tokens())
                .prompt(model)
                .tokens();
        Integer dest = request.dest();
        Integer token = request.token();
        if (dest == null || token == null) {
            throw Problem.bad(
                    "Cannot be computed", "Give “dest”, a position, and “token”, the id whose logit to split.");
        }
        return PathsAnswer.of(lab.get(Measurement.quick(
                RunRef.of(model.ref(), tokens), "paths of a logit", List.of(dest, token), () -> {
                    Run run = lab.run(model, tokens);
                    LogitDirection logit = LogitDirection.logit(model.transformer(), run, dest, token);
                    return PathExpansion.of(model.transformer(), run, logit);
                })));
    }

    /**
     * @param meanLossByOrder of paths through at most 0, 1, … L heads, in nats
     * @param model the model's own mean loss
     */
    record TermImportanceAnswer(
            @JsonProperty("mean_loss_by_order") List<Double> meanLossByOrder, double model) {}

    @PostMapping("/term-importance")
    TermImportanceAnswer termImportance(@PathVariable String name, @RequestBody SentenceRequest request) {
        OpenModel model = asked.open(name);
        int[] tokens = request.prompt(model).tokens();
        TermImportance terms = lab.get(Measurement.quick(
                RunRef.of(model.ref(), tokens),
                "term importance",
                List.of(),
                () -> TermImportance.of(model.transformer(), lab.run(model, tokens))));
        return new TermImportanceAnswer(terms.meanLossByOrder(), terms.model());
    }
}
