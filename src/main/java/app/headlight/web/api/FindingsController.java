package app.headlight.web.api;

import app.headlight.engine.refusal.Fields;
import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.transformer.HeadId;
import app.headlight.ground.people.SignedIn;
import app.headlight.services.claims.Verdict;
import app.headlight.services.findings.Edit;
import app.headlight.services.findings.Finding;
import app.headlight.services.findings.FindingPage;
import app.headlight.services.findings.FindingQuery;
import app.headlight.services.findings.FindingSearch;
import app.headlight.services.findings.Findings;
import app.headlight.services.findings.FindingsExport;
import app.headlight.services.findings.FindingsImport;
import app.headlight.services.findings.ImportReport;
import app.headlight.web.api.FindingAnswer.VersionAnswer;
import app.headlight.web.api.FindingAnswer.Written;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
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

/** Answers {@code /api/v1/findings}: findings are searched, written and edited with the same rights as on the pages. */
@RestController
@RequestMapping(path = "/api/v1/findings", produces = MediaType.APPLICATION_JSON_VALUE)
class FindingsController {

    /** A regular expression of the names that {@link HeadId#parse} accepts. */
    static final String HEAD = "^L\\d{1,4}H\\d{1,4}$";

    /** Of a finding; other methods than theirs are refused to the addresses beside it. */
    private static final String ONE = "/{id:(?!(?:export|import)$).+}";

    private static final Map<String, Verdict> VERDICTS = Arrays.stream(Verdict.values())
            .collect(Collectors.toUnmodifiableMap(
                    verdict -> verdict.name().toLowerCase(Locale.ROOT), Function.identity()));

    private final Findings findings;
    private final FindingSearch search;
    private final FindingsExport export;
    private final FindingsImport reading;
    private final SignedIn signedIn;

    FindingsController(
            Findings findings, FindingSearch search, FindingsExport export, FindingsImport reading, SignedIn signedIn) {
        this.findings = findings;
        this.search = search;
        this.export = export;
        this.reading = reading;
        this.signedIn = signedIn;
    }

    /** @param total on all pages */
    record Page(long total, List<FindingAnswer> findings) {}

    @GetMapping
    Page find(
            @RequestParam @Nullable String model,
            @RequestParam @Parameter(schema = @Schema(pattern = HEAD)) @Nullable String head,
            @RequestParam @Nullable String kind,
            @RequestParam @Nullable Long author,
            @RequestParam @Nullable String tag,
            @RequestParam @Nullable String q,
            @RequestParam
                    @Parameter(
                            schema =
                                    @Schema(
                                            allowableValues = {"holds", "fails", "undecided", "impossible", "unmeasured"
                                            }))
                    @Nullable
                    String claims,
            @RequestParam(defaultValue = "newest")
                    @Parameter(
                            schema =
                                    @Schema(
                                            defaultValue = "newest",
                                            allowableValues = {"newest", "most-confirmed", "most-disputed"}))
                    String order,
            @RequestParam(defaultValue = "0")
                    @Parameter(schema = @Schema(defaultValue = "0", type = "integer", format = "int32", minimum = "0"))
                    int page,
            @RequestParam(defaultValue = "50")
                    @Parameter(
                            schema =
                                    @Schema(
                                            defaultValue = "50",
                                            type = "integer",
                                            format = "int32",
                                            minimum = "1",
                                            maximum = "200"))
                    int size) {
        FindingPage found = search.page(new FindingQuery(
                model,
                head == null ? null : HeadId.parse(head),
                kind,
                author,
                tag,
                q,
                claims == null ? null : Fields.oneOf("claims", claims, VERDICTS),
                order(order),
                page,
                size));
        return new Page(
                found.total(), found.findings().stream().map(FindingAnswer::of).toList());
    }

    @GetMapping(ONE)
    FindingAnswer one(@PathVariable long id) {
        return FindingAnswer.of(existing(id));
    }

    /** The earliest first. */
    @GetMapping("/{id}/versions")
    List<VersionAnswer> versions(@PathVariable long id) {
        return findings.versions(id).reversed().stream().map(VersionAnswer::of).toList();
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.CREATED)
    ResponseEntity<FindingAnswer> add(@RequestBody Written written) {
        FindingAnswer added = FindingAnswer.of(findings.add(signedIn.requireMember(), written.content()));
        return ResponseEntity.created(URI.create("/api/v1/findings/" + added.id()))
                .body(added);
    }

    /** @param basedOn the version that was edited */
    record EditRequest(
            @JsonProperty("based_on") @Schema(minimum = "1", requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
            Integer basedOn,

            @JsonUnwrapped Written written) {}

    /** Answers 409 with the text that someone else has written meanwhile, as {@code theirs}, and stores nothing then. */
    @PutMapping(path = ONE, consumes = MediaType.APPLICATION_JSON_VALUE)
    @ApiResponse(
            responseCode = "200",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                            schema = @Schema(implementation = FindingAnswer.class)))
    ResponseEntity<?> edit(@PathVariable long id, @RequestBody EditRequest request) {
        if (request.basedOn() == null) {
            throw new Refusal("“based_on” is missing: the number of the version that was edited");
        }
        Edit edit = findings.edit(
                signedIn.requireMember(),
                id,
                request.basedOn(),
                request.written().content());
        return switch (edit) {
            case Edit.Saved saved -> ResponseEntity.ok(FindingAnswer.of(saved.finding()));
            case Edit.Conflict conflict -> {
                ProblemDetail problem = new Problem(
                                HttpStatus.CONFLICT,
                                "Edited meanwhile",
                                "Someone has stored version "
                                        + conflict.theirs().number()
                                        + " since; nothing was stored. Put both texts together, and send them based on it.")
                        .getBody();
                problem.setProperty("theirs", VersionAnswer.of(conflict.theirs()));
                yield ResponseEntity.status(HttpStatus.CONFLICT)
                        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                        .body(problem);
            }
        };
    }

    @DeleteMapping(ONE)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    ResponseEntity<Void> delete(@PathVariable long id) {
        findings.delete(signedIn.requireMember(), id);
        return ResponseEntity.noContent().build();
    }

    /** All findings about a model, as a file. */
    @GetMapping(path = "/export", produces = MediaType.ALL_VALUE)
    @ApiResponse(
            responseCode = "200",
            content = {
                @Content(mediaType = MediaType.APPLICATION_JSON_VALUE, schema = @Schema(type = "object")),
                @Content(mediaType = MediaType.TEXT_MARKDOWN_VALUE, schema = @Schema(type = "string")),
                @Content(mediaType = "text/csv", schema = @Schema(type = "string"))
            })
    ResponseEntity<String> export(@RequestParam String model, @RequestParam(defaultValue = "json") String format) {
        FindingsExport.Format as = format(format);
        return file(export.model(model, as), as);
    }

    /** A file that was exported as JSON, here or elsewhere. */
    @Operation(
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                                            schema = @Schema(ref = BodySchemas.FINDINGS_FILE))))
    @PostMapping(path = "/import", consumes = MediaType.APPLICATION_JSON_VALUE)
    ImportReport read(@RequestBody byte[] file) {
        return reading.read(signedIn.requireMember(), file);
    }

    static FindingsExport.Format format(String named) {
        for (FindingsExport.Format format : FindingsExport.Format.values()) {
            if (format.name().equalsIgnoreCase(named)) {
                return format;
            }
        }
        throw new Refusal("there is no format “" + named + "”; expected json, markdown or csv");
    }

    static ResponseEntity<String> file(String text, FindingsExport.Format as) {
        return ResponseEntity.ok()
                .header(HttpHeaders.CONTENT_TYPE, as.mediaType())
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"findings." + as.extension() + "\"")
                .body(text);
    }

    private Finding existing(long id) {
        return findings.find(id)
                .orElseThrow(() -> new Problem(
                        HttpStatus.NOT_FOUND, "No such finding", "There is no finding " + id + " (any more)."));
    }

    private static FindingQuery.Order order(String named) {
        return switch (named.toLowerCase(Locale.ROOT)) {
            case "newest" -> FindingQuery.Order.NEWEST;
            case "most-confirmed" -> FindingQuery.Order.MOST_CONFIRMED;
            case "most-disputed" -> FindingQuery.Order.MOST_DISPUTED;
            default ->
                throw new Refusal(
                        "there is no order “" + named + "”; expected newest, most-confirmed or most-disputed");
        };
    }
}
