package app.headlight.web.api;

import app.headlight.engine.refusal.Refusal;
import app.headlight.services.models.Audience;
import app.headlight.services.models.ModelDraft;
import app.headlight.services.models.ModelExport;
import app.headlight.services.models.ModelExport.Names;
import app.headlight.services.models.ModelLibrary;
import app.headlight.services.models.ModelUploads;
import app.headlight.services.models.OpenModel;
import app.headlight.services.models.StoredModel;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Takes models in as zip files and gives them out, as the page Models does. */
@RestController
@RequestMapping(path = "/api/v1/models", produces = MediaType.APPLICATION_JSON_VALUE)
class ModelFilesController {

    static final String ZIP = "application/zip";

    private final ModelUploads uploads;
    private final ModelExport export;
    private final ModelLibrary library;
    private final AskedModel asked;

    ModelFilesController(ModelUploads uploads, ModelExport export, ModelLibrary library, AskedModel asked) {
        this.asked = asked;
        this.uploads = uploads;
        this.export = export;
        this.library = library;
    }

    /**
     * @param audience who sees it: {@code all}, {@code members} or {@code owner}
     * @param warnings what the reader of its numbers must know
     * @param unused files of the zip that no model is read from
     */
    record Added(String name, String audience, List<String> warnings, List<String> unused) {}

    @Operation(
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            content = @Content(mediaType = ZIP, schema = @Schema(type = "string", format = "binary"))))
    @PostMapping(consumes = ZIP)
    @ResponseStatus(HttpStatus.CREATED)
    ResponseEntity<Added> add(
            @RequestParam String name,
            @RequestParam(defaultValue = "all") @Schema(allowableValues = {"all", "members", "owner"}) String audience,
            HttpServletRequest request)
            throws IOException {
        Audience seenBy = Audience.named(audience);
        try (ModelDraft draft = uploads.begin()) {
            take(draft, request.getInputStream());
            StoredModel model = uploads.store(draft, name, seenBy, check -> {});
            return ResponseEntity.created(URI.create("/explore?model=" + model.name()))
                    .body(new Added(model.name(), audience, model.warnings(), draft.unused()));
        }
    }

    /** What is refused is read to its end all the same: who still sends would not hear why. */
    private static void take(ModelDraft draft, InputStream zip) throws IOException {
        try {
            draft.take("model.zip", zip);
        } catch (Refusal refused) {
            zip.transferTo(OutputStream.nullOutputStream());
            throw refused;
        }
    }

    @GetMapping(path = "/{name}/files", produces = ZIP)
    void files(
            HttpServletResponse response,
            @PathVariable String name,
            @RequestParam(defaultValue = "stored") @Schema(allowableValues = {"stored", "transformer_lens"})
                    String names,
            @RequestParam(required = false) @Schema(description = ModelsController.STEP, minimum = "0") @Nullable
                    Long step)
            throws IOException {
        StoredModel model = stored(name);
        Names wanted = List.of(Names.values()).stream()
                .filter(each -> each.name().toLowerCase(Locale.ROOT).equals(names))
                .findFirst()
                .orElseThrow(() -> new Refusal("names is “" + names + "”; expected “stored” or “transformer_lens”"));
        if (step != null && wanted != Names.TRANSFORMER_LENS) {
            throw new Refusal("step is " + step + ", and names is “" + names
                    + "”; the weights of a step are given out with names=transformer_lens");
        }
        OpenModel open = wanted == Names.TRANSFORMER_LENS ? asked.open(name, step) : null;
        response.setContentType(ZIP);
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION,
                "attachment; filename=\"" + model.name().replaceAll("[^A-Za-z0-9._-]", "_") + ".zip\"");
        // Here: a large one takes longer than other threads may.
        if (open == null) {
            export.write(model, wanted, response.getOutputStream());
        } else {
            export.write(open, response.getOutputStream());
        }
    }

    /** @param name the new one */
    record NewName(String name) {}

    @PutMapping(path = "/{name}/name", consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void rename(@PathVariable String name, @RequestBody NewName request) throws IOException {
        uploads.rename(stored(name), request.name().strip());
    }

    @DeleteMapping("/{name}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable String name) throws IOException {
        uploads.delete(stored(name));
    }

    private StoredModel stored(String name) {
        return library.find(name)
                .orElseThrow(() ->
                        new Problem(HttpStatus.NOT_FOUND, "No such model", "No model “" + name + "” is stored here."));
    }
}
