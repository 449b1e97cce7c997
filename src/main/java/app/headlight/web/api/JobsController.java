package app.headlight.web.api;

import app.headlight.ground.people.SignedIn;
import app.headlight.services.jobs.Job;
import app.headlight.services.jobs.Job.State;
import app.headlight.services.models.ModelLibrary;
import app.headlight.services.search.SearchJobs;
import app.headlight.services.search.SearchRequest;
import io.swagger.v3.oas.annotations.Operation;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Answers {@code /api/v1/jobs}: how far a search is that takes long, and what it found. */
@RestController
@RequestMapping(path = "/api/v1/jobs", produces = MediaType.APPLICATION_JSON_VALUE)
class JobsController {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final SearchJobs jobs;
    private final ModelLibrary library;
    private final EdgesController edges;
    private final CircuitController circuits;
    private final SignedIn signedIn;

    JobsController(
            SearchJobs jobs,
            ModelLibrary library,
            EdgesController edges,
            CircuitController circuits,
            SignedIn signedIn) {
        this.jobs = jobs;
        this.library = library;
        this.edges = edges;
        this.circuits = circuits;
        this.signedIn = signedIn;
    }

    /** Says that a job answers later. */
    @RestControllerAdvice
    static class Accepted {

        private final SearchJobs jobs;

        Accepted(SearchJobs jobs) {
            this.jobs = jobs;
        }

        @ExceptionHandler
        ResponseEntity<JobAnswer> queued(QueuedException queued) {
            return ResponseEntity.accepted()
                    .location(JobAnswer.location(queued.job()))
                    .contentType(MediaType.APPLICATION_JSON)
                    .body(JobAnswer.of(queued.job(), jobs, null, null));
        }
    }

    @Operation(
            summary = "A search that takes long",
            description = "How far it is; once it is done, with what the request would have been answered.")
    @GetMapping("/{id}")
    JobAnswer job(@PathVariable long id) {
        Job job = find(id);
        if (job.state() != State.DONE) {
            return JobAnswer.of(job, jobs, null, null);
        }
        SearchRequest request = jobs.request(job);
        boolean same = library.find(request.model().name())
                .filter(stored -> stored.hash().equals(request.model().hash()))
                .isPresent();
        Optional<String> asked = jobs.asked(job);
        if (asked.isEmpty()) {
            return JobAnswer.of(job, jobs, "A page asked for this, which shows what was found.", null);
        }
        return same
                ? JobAnswer.of(job, jobs, null, result(job, JSON.readTree(asked.get())))
                : JobAnswer.of(job, jobs, "The model has other weights now than when this was asked for.", null);
    }

    private Object result(Job job, JsonNode asked) {
        String model = jobs.request(job).model().name();
        return asked.get("operation").asString().equals("edges")
                ? edges.edges(model, JSON.treeToValue(asked.get("body"), EdgesRequest.class))
                : circuits.circuit(model, JSON.treeToValue(asked.get("body"), CircuitRequest.class));
    }

    @Operation(summary = "Ends a search before it is done", description = "By whoever asked for it, or an admin.")
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void stop(@PathVariable long id) {
        Job job = find(id);
        signedIn.requireOwner(job.ownerId());
        jobs.stop(job);
    }

    /** @throws Problem with status 404 if there is none, or it is of a model that whoever asks does not see */
    private Job find(long id) {
        return jobs.find(id)
                .filter(job -> library.find(jobs.request(job).model().name()).isPresent())
                .orElseThrow(() -> new Problem(
                        HttpStatus.NOT_FOUND, "No such job", "There is no search " + id + " here, or not any more."));
    }
}
