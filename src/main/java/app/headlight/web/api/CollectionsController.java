package app.headlight.web.api;

import app.headlight.services.findings.FindingCollection;
import app.headlight.services.findings.FindingCollections;
import app.headlight.services.findings.FindingsExport;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Answers {@code /api/v1/collections}. */
@RestController
@RequestMapping(path = "/api/v1/collections", produces = MediaType.APPLICATION_JSON_VALUE)
class CollectionsController {

    private final FindingCollections collections;
    private final FindingsExport export;

    CollectionsController(FindingCollections collections, FindingsExport export) {
        this.collections = collections;
        this.export = export;
    }

    record SlideAnswer(FindingAnswer finding, String notes) {}

    record CollectionAnswer(long id, String title, String owner, List<SlideAnswer> slides) {

        static CollectionAnswer of(FindingCollection collection) {
            return new CollectionAnswer(
                    collection.id(),
                    collection.title(),
                    collection.owner().name(),
                    collection.slides().stream()
                            .map(slide -> new SlideAnswer(FindingAnswer.of(slide.finding()), slide.notes()))
                            .toList());
        }
    }

    @GetMapping
    List<CollectionAnswer> all() {
        return collections.all().stream().map(CollectionAnswer::of).toList();
    }

    @GetMapping("/{id}")
    CollectionAnswer one(@PathVariable long id) {
        return collections
                .find(id)
                .map(CollectionAnswer::of)
                .orElseThrow(() -> new Problem(
                        HttpStatus.NOT_FOUND, "No such collection", "There is no collection " + id + " (any more)."));
    }

    /** As a file. */
    @GetMapping(path = "/{id}/export", produces = MediaType.ALL_VALUE)
    @ApiResponse(
            responseCode = "200",
            content = {
                @Content(mediaType = MediaType.APPLICATION_JSON_VALUE, schema = @Schema(type = "object")),
                @Content(mediaType = MediaType.TEXT_MARKDOWN_VALUE, schema = @Schema(type = "string")),
                @Content(mediaType = "text/csv", schema = @Schema(type = "string"))
            })
    ResponseEntity<String> export(@PathVariable long id, @RequestParam(defaultValue = "json") String format) {
        FindingsExport.Format as = FindingsController.format(format);
        return FindingsController.file(export.collection(id, as), as);
    }
}
