package app.headlight.web.api;

import app.headlight.services.claims.Claim;
import app.headlight.services.claims.Pooled;
import app.headlight.services.claims.Sample;
import app.headlight.services.claims.Verdict;
import app.headlight.services.jobs.Job;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The claims of a finding as JSON.
 *
 * @param measuring the job that measures them, or did so last; null if none did
 */
record ClaimsAnswer(@Nullable MeasuringAnswer measuring, List<ClaimAnswer> claims) {

    static ClaimsAnswer of(@Nullable Job job, @Nullable String progress, List<Claim> claims) {
        return new ClaimsAnswer(
                job == null ? null : new MeasuringAnswer(word(job.state()), progress, job.message()),
                claims.stream().map(ClaimAnswer::of).toList());
    }

    /**
     * How far the measuring is.
     *
     * @param state {@code queued}, {@code running}, {@code done}, {@code stopped} or {@code failed}
     * @param progress in words, while it runs
     * @param message why it failed
     */
    record MeasuringAnswer(
            String state,
            @Nullable String progress,
            @Nullable String message) {}

    /**
     * A claim.
     *
     * @param claim as it is written
     * @param comparison {@code at_least} or {@code at_most}
     * @param withdrawnAt null while it is made
     * @param file what the file that it came from says of it; nobody here has measured that
     * @param verdict on the weights that the model has now: {@code holds}, {@code fails}, {@code undecided},
     *     {@code impossible} or {@code unmeasured}
     * @param measured on each of the weights that the model had; those that were measured last come first
     */
    record ClaimAnswer(
            long id,
            UUID uuid,
            String claim,
            String measure,
            String comparison,
            double bound,
            String author,
            @JsonProperty("saved_at") OffsetDateTime savedAt,

            @JsonProperty("withdrawn_at") @Nullable OffsetDateTime withdrawnAt,

            @Nullable String file,
            String verdict,
            List<MeasuredAnswer> measured) {

        static ClaimAnswer of(Claim claim) {
            return new ClaimAnswer(
                    claim.id(),
                    claim.uuid(),
                    claim.statement().toString(),
                    claim.statement().measure().toString(),
                    word(claim.statement().comparison()),
                    claim.statement().bound(),
                    claim.by(),
                    claim.savedAt(),
                    claim.withdrawnAt(),
                    claim.told(),
                    word(claim.verdict()),
                    claim.measured().stream()
                            .map(pooled -> MeasuredAnswer.of(pooled, claim.verdict(pooled)))
                            .toList());
        }
    }

    /**
     * All measurements on the same weights.
     *
     * @param modelHash the content hash of the weights
     * @param count how many seeds gave a value
     * @param mean of the values; null without any
     * @param standardError of the mean; null of fewer than two
     * @param impossible how many seeds gave none
     * @param reason why; null if all gave one
     * @param samples the earliest first
     */
    record MeasuredAnswer(
            @JsonProperty("model_hash") String modelHash,
            String verdict,
            int count,
            @Nullable Double mean,

            @JsonProperty("standard_error") @Nullable Double standardError,

            int impossible,
            @Nullable String reason,
            List<SampleAnswer> samples) {

        static MeasuredAnswer of(Pooled pooled, Verdict verdict) {
            return new MeasuredAnswer(
                    pooled.modelHash(),
                    word(verdict),
                    pooled.count(),
                    finite(pooled.mean()),
                    finite(pooled.error()),
                    pooled.impossible(),
                    pooled.reason(),
                    pooled.samples().stream().map(SampleAnswer::of).toList());
        }
    }

    /**
     * One measurement.
     *
     * @param seed a whole number of 64 bits, as text, since not every program reads such numbers
     */
    record SampleAnswer(
            String seed,
            @Nullable Double value,
            @Nullable String reason,
            @JsonProperty("measured_at") OffsetDateTime measuredAt) {

        static SampleAnswer of(Sample sample) {
            return new SampleAnswer(String.valueOf(sample.seed()), sample.value(), sample.reason(), sample.at());
        }
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static @Nullable Double finite(double value) {
        return Double.isFinite(value) ? value : null;
    }
}
