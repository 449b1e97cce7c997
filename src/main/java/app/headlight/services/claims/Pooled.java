package app.headlight.services.claims;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * All measurements of a claim on the same weights, taken together.
 *
 * @param modelHash of the weights
 * @param count how many gave a value
 * @param mean of the values; NaN without any
 * @param error the standard error of the mean, s/√n with the sample's s; NaN of fewer than two values
 * @param impossible how many gave none
 * @param reason why the last of those gave none; null if all gave one
 * @param samples the earliest first
 */
public record Pooled(
        String modelHash,
        int count,
        double mean,
        double error,
        int impossible,
        @Nullable String reason,
        List<Sample> samples) {

    /** With fewer values there is no verdict on what is drawn from seeds. */
    public static final int LEAST = 10;

    /** A share of the mean that is less than the arithmetic of 32 bits can tell. */
    private static final double ROUNDING = 1e-9;

    /** After so many seeds without a value it counts as one that cannot be measured. */
    public static final int GIVEN_UP = 3;

    public Pooled {
        samples = List.copyOf(samples);
    }

    /** @param samples on the same weights, at least one, the earliest first */
    static Pooled of(List<Sample> samples) {
        List<Double> values = new ArrayList<>();
        String reason = null;
        for (Sample sample : samples) {
            if (sample.value() == null) {
                reason = sample.reason();
            } else {
                values.add(sample.value());
            }
        }
        int n = values.size();
        double mean = values.stream().mapToDouble(Double::doubleValue).sum() / n;
        double squares = values.stream()
                .mapToDouble(value -> (value - mean) * (value - mean))
                .sum();
        return new Pooled(
                samples.getFirst().modelHash(),
                n,
                mean,
                n < 2 ? Double.NaN : Math.sqrt(squares / (n - 1) / n),
                samples.size() - n,
                reason,
                samples);
    }

    /** By weights; those that were measured last come first. */
    static List<Pooled> byWeights(List<Sample> samples) {
        Map<String, List<Sample>> byHash = new LinkedHashMap<>();
        samples.forEach(sample -> byHash.computeIfAbsent(sample.modelHash(), hash -> new ArrayList<>())
                .add(sample));
        return byHash.values().stream()
                .map(Pooled::of)
                .sorted((one, other) -> other.lastAt().compareTo(one.lastAt()))
                .toList();
    }

    /** {@code 0.93 ± 0.004, measured 10 times}; the reason where there is no value. */
    public String inWords() {
        if (count == 0) {
            return String.valueOf(reason);
        }
        String spread = Double.isNaN(error)
                ? ""
                : error < ROUNDING * Math.abs(mean) ? " ± 0" : String.format(Locale.ROOT, " ± %.2g", error);
        return String.format(Locale.ROOT, "%.4g%s, measured %s", mean, spread, count == 1 ? "once" : count + " times");
    }

    public OffsetDateTime firstAt() {
        return samples.getFirst().at();
    }

    public OffsetDateTime lastAt() {
        return samples.getLast().at();
    }

    /** Whether these are the weights with that hash. */
    public boolean isOn(@Nullable String hash) {
        return Objects.equals(hash, modelHash);
    }
}
