package app.headlight.web.api;

import app.headlight.engine.circuits.DetectorScores;
import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.transformer.RecordedRun;
import app.headlight.services.models.Audience;
import app.headlight.services.runs.Runs;
import app.headlight.services.runs.StoredRun;
import app.headlight.web.view.EmbedAddress;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Takes in runs of other models, as the page Runs does, and says what is known of them. */
@RestController
@RequestMapping(path = "/api/v1/runs", produces = MediaType.APPLICATION_JSON_VALUE)
class RunsController {

    private final Runs runs;

    RunsController(Runs runs) {
        this.runs = runs;
    }

    /**
     * A run without its activations.
     *
     * @param model what its file says of the model; empty if nothing
     * @param tokens how many
     * @param heads of each layer
     * @param causal whether no head looks at a token that comes later
     * @param hooks of which sites its file tells, without their layers
     * @param unused what its file has beside them, of which nothing is shown
     * @param audience who sees it: {@code all}, {@code members} or {@code owner}
     * @param view its page, below this server's root
     * @param embed the same for a frame
     */
    record Card(
            String id,
            String name,
            String model,
            int tokens,
            int layers,
            int heads,
            boolean causal,
            List<String> hooks,
            List<String> unused,
            String audience,
            @JsonProperty("added_at") OffsetDateTime addedAt,
            String view,
            String embed) {

        static Card of(StoredRun run) {
            return new Card(
                    run.id(),
                    run.name(),
                    run.model(),
                    run.tokens(),
                    run.layers(),
                    run.heads(),
                    run.causal(),
                    run.hooks(),
                    run.unused(),
                    run.audience().written(),
                    run.addedAt(),
                    run.path(),
                    EmbedAddress.of(run.path()).orElseThrow());
        }
    }

    /**
     * The mean attention of a head on the tokens of its run.
     *
     * @param previous to the token before; null where there is one token alone
     * @param duplicate to the same token earlier; null where no token comes twice
     * @param induction to what followed it there; likewise
     * @param first to the first token
     */
    record Scores(
            @Nullable Double previous,
            @Nullable Double duplicate,
            @Nullable Double induction,
            @Nullable Double first) {

        static Scores of(DetectorScores scores) {
            return new Scores(
                    known(scores.previous()),
                    known(scores.duplicate()),
                    known(scores.induction()),
                    known(scores.first()));
        }

        private static @Nullable Double known(double score) {
            return Double.isNaN(score) ? null : score;
        }
    }

    /**
     * @param tokens the text of each
     * @param ids in the model's vocabulary; null if they are not known
     * @param scores by head
     */
    record Whole(Card run, List<String> tokens, int @Nullable [] ids, Map<String, Scores> scores) {}

    @GetMapping
    List<Card> all() {
        return runs.all().stream().map(Card::of).toList();
    }

    @Operation(
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            content =
                                    @Content(
                                            mediaType = RunTensors.MEDIA_TYPE,
                                            schema = @Schema(type = "string", format = "binary"))))
    @PostMapping(consumes = RunTensors.MEDIA_TYPE)
    @ResponseStatus(HttpStatus.CREATED)
    ResponseEntity<Card> add(
            @RequestParam(defaultValue = "") @Schema(maxLength = 100) String name,
            @RequestParam(defaultValue = "all") @Schema(allowableValues = {"all", "members", "owner"}) String audience,
            HttpServletRequest request)
            throws IOException {
        InputStream file = request.getInputStream();
        try {
            StoredRun run = runs.add(file, name, "A run", Audience.named(audience), check -> {});
            return ResponseEntity.created(URI.create("/" + run.path())).body(Card.of(run));
        } catch (Refusal refused) {
            file.transferTo(OutputStream.nullOutputStream()); // who still sends would not hear why
            throw refused;
        }
    }

    @GetMapping("/{id}")
    Whole one(@PathVariable String id) {
        StoredRun stored = stored(id);
        RecordedRun run = runs.open(stored);
        Map<String, Scores> scores = new LinkedHashMap<>();
        runs.detectors(stored).forEach((head, score) -> scores.put(head.toString(), Scores.of(score)));
        return new Whole(Card.of(stored), run.tokens(), run.givenIds().orElse(null), scores);
    }

    @GetMapping(path = "/{id}/file", produces = RunTensors.MEDIA_TYPE)
    void file(HttpServletResponse response, @PathVariable String id) throws IOException {
        StoredRun run = stored(id);
        response.setContentType(RunTensors.MEDIA_TYPE);
        response.setContentLengthLong(run.size());
        response.setHeader(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + run.id() + ".safetensors\"");
        runs.write(run, response.getOutputStream());
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable String id) {
        runs.delete(stored(id));
    }

    private StoredRun stored(String id) {
        return runs.find(id)
                .orElseThrow(
                        () -> new Problem(HttpStatus.NOT_FOUND, "No such run", "No run “" + id + "” is stored here."));
    }
}
