package app.headlight.web.api;

import app.headlight.engine.residual.Neighbours;
import app.headlight.services.lab.Laboratory;
import app.headlight.services.lab.Measurement;
import app.headlight.services.models.OpenModel;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Answers {@code /api/v1/models/{name}/neighbours}: the tokens whose embeddings are nearest to a token's. */
@RestController
class NeighboursController {

    private final AskedModel asked;
    private final Laboratory lab;

    NeighboursController(AskedModel asked, Laboratory lab) {
        this.asked = asked;
        this.lab = lab;
    }

    /** @param neighbours [k] of id and cosine, the nearest first */
    record Answer(List<List<Number>> neighbours) {}

    @GetMapping(path = "/api/v1/models/{name}/neighbours", produces = MediaType.APPLICATION_JSON_VALUE)
    Answer neighbours(
            @PathVariable String name,
            @RequestParam @Parameter(schema = @Schema(type = "integer", format = "int32", minimum = "0")) int token,
            @RequestParam(defaultValue = "10")
                    @Parameter(schema = @Schema(defaultValue = "10", type = "integer", format = "int32", minimum = "1"))
                    int k) {
        OpenModel model = asked.open(name);
        if (k < 1) {
            throw Problem.bad("Cannot be computed", "k is " + k + "; expected 1 or more.");
        }
        return new Answer(lab
                .get(Measurement.quick(
                        model.ref(),
                        "neighbours in the embedding",
                        List.of(token, k),
                        () -> Neighbours.inEmbedding(model.transformer(), token, k)))
                .stream()
                .map(near -> List.<Number>of(near.token(), near.cosine()))
                .toList());
    }
}
