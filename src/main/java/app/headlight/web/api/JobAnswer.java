package app.headlight.web.api;

import app.headlight.services.jobs.Job;
import app.headlight.services.search.SearchJobs;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The answer about a search that takes long. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record JobAnswer(
        long id,

        @Schema(allowableValues = {"queued", "running", "paused", "done", "stopped", "failed"})
        String state,

        @Schema(description = "The share that is done, while it runs.", minimum = "0", maximum = "1") @Nullable
        Double progress,

        @Schema(description = "About, as fast as it went so far.") @JsonProperty("seconds_left") @Nullable
        Long secondsLeft,

        @Schema(description = "Why it failed, or why there is no result.") @Nullable
        String message,

        @Schema(description = "Once it is done: what the request would have been answered.") @Nullable
        Object result) {

    static URI location(Job job) {
        return URI.create("/api/v1/jobs/" + job.id());
    }

    static JobAnswer of(Job job, SearchJobs jobs, @Nullable String message, @Nullable Object result) {
        Optional<SearchJobs.Progress> progress = jobs.progress(job);
        return new JobAnswer(
                job.id(),
                job.state().name().toLowerCase(Locale.ROOT),
                progress.map(SearchJobs.Progress::done).orElse(null),
                progress.map(SearchJobs.Progress::secondsLeft).orElse(null),
                job.message() == null ? message : job.message(),
                result);
    }
}
