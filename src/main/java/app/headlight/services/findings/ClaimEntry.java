package app.headlight.services.findings;

import app.headlight.engine.refusal.Fields;
import app.headlight.engine.refusal.Refusal;
import app.headlight.services.claims.Claim;
import app.headlight.services.claims.Pooled;
import app.headlight.services.claims.Statement;
import app.headlight.services.claims.Verdict;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A claim of a finding in a file. What was measured of it is there to read: an import keeps one line of it as the file's
 * word, and never as a verdict, since a file can say anything.
 *
 * @param claim as it is written, such as {@code score(L1H3, induction) ≥ 0.8}
 * @param verdict on the weights that its model had when the file was written, such as {@code holds}
 * @param measured on each of the weights that the model had, the last first
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ClaimEntry(
        java.util.UUID uuid,
        String claim,
        String by,
        OffsetDateTime at,
        @Nullable Boolean withdrawn,
        @Nullable String verdict,
        @Nullable List<MeasuredEntry> measured) {

    private static final Map<String, Verdict> VERDICTS = Arrays.stream(Verdict.values())
            .collect(Collectors.toUnmodifiableMap(ClaimEntry::word, Function.identity()));

    ClaimEntry {
        Fields.needed("uuid", uuid);
        Statement.parse(Fields.needed("claim", claim));
        by = FindingsFile.name(by);
        at = FindingsFile.time(at, "at");
        measured = measured == null ? List.of() : List.copyOf(measured);
        if (verdict != null) {
            Fields.oneOf("verdict", verdict, VERDICTS);
        }
    }

    /**
     * What was measured on some weights.
     *
     * @param count how many seeds gave a value
     * @param mean of the values
     * @param standardError of the mean
     * @param impossible how many seeds gave none
     * @param values the earliest first
     * @param seeds of the values, in the same order, as texts, since not every program reads whole numbers of 64 bits
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record MeasuredEntry(
            String modelHash,
            int count,
            @Nullable Double mean,
            @Nullable Double standardError,
            int impossible,
            @Nullable String reason,
            String verdict,
            OffsetDateTime from,
            OffsetDateTime to,
            @Nullable List<Double> values,
            @Nullable List<String> seeds) {

        MeasuredEntry {
            Weights.checked(Fields.needed("model_hash", modelHash));
            Fields.oneOf("verdict", Fields.needed("verdict", verdict), VERDICTS);
            from = FindingsFile.time(from, "from");
            to = FindingsFile.time(to, "to");
            if (count < 0 || impossible < 0) {
                throw new Refusal("“count” is " + count + " and “impossible” " + impossible + "; neither is below 0");
            }
        }

        static MeasuredEntry of(Claim claim, Pooled pooled) {
            return new MeasuredEntry(
                    pooled.modelHash(),
                    pooled.count(),
                    finite(pooled.mean()),
                    finite(pooled.error()),
                    pooled.impossible(),
                    pooled.reason(),
                    word(claim.verdict(pooled)),
                    pooled.firstAt(),
                    pooled.lastAt(),
                    pooled.samples().stream()
                            .filter(sample -> sample.value() != null)
                            .map(sample -> sample.value())
                            .toList(),
                    pooled.samples().stream()
                            .filter(sample -> sample.value() != null)
                            .map(sample -> String.valueOf(sample.seed()))
                            .toList());
        }

        /** In a line. */
        private String told() {
            String number = mean == null
                    ? ""
                    : String.format(
                            Locale.ROOT,
                            ", %.4g%s, measured %s",
                            mean,
                            standardError == null ? "" : String.format(Locale.ROOT, " ± %.2g", standardError),
                            count == 1 ? "once" : count + " times");
            return VERDICTS.get(verdict).words() + number + ", " + to.toLocalDate() + ", on the weights "
                    + modelHash.substring(0, 8);
        }
    }

    static ClaimEntry of(Claim claim) {
        return new ClaimEntry(
                claim.uuid(),
                claim.statement().toString(),
                claim.by(),
                claim.savedAt(),
                claim.isWithdrawn() ? true : null,
                word(claim.verdict()),
                claim.measured().stream()
                        .map(pooled -> MeasuredEntry.of(claim, pooled))
                        .toList());
    }

    Statement statement() {
        return Statement.parse(claim);
    }

    boolean isWithdrawn() {
        return Boolean.TRUE.equals(withdrawn);
    }

    /** What the file says was measured; null: nothing. */
    @Nullable
    String told() {
        return measured == null || measured.isEmpty()
                ? null
                : measured.getFirst().told();
    }

    /** The word for a verdict in files and answers. */
    static String word(Verdict verdict) {
        return verdict.name().toLowerCase(Locale.ROOT);
    }

    private static @Nullable Double finite(double value) {
        return Double.isFinite(value) ? value : null;
    }
}
