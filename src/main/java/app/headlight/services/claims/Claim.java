package app.headlight.services.claims;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A claim of a finding, with all that was measured of it.
 *
 * @param uuid the same on every server that its finding is exported to
 * @param account of who made it; null if it came from a file, or the account was deleted
 * @param by the name of who made it
 * @param savedAt its seeds are drawn later
 * @param withdrawnAt null while it is made
 * @param told what the file that it came from says of it, in words; null if it came from no file, or that says nothing
 * @param hashNow the content hash of the finding's model now; null if no such model is stored
 * @param measured on each of the weights that the model had; those that were measured last come first
 */
public record Claim(
        long id,
        UUID uuid,
        long finding,
        Statement statement,
        @Nullable Long account,
        String by,
        OffsetDateTime savedAt,
        @Nullable OffsetDateTime withdrawnAt,
        @Nullable String told,
        @Nullable String hashNow,
        List<Pooled> measured) {

    public Claim {
        measured = List.copyOf(measured);
    }

    public boolean isWithdrawn() {
        return withdrawnAt != null;
    }

    /** What was measured on the weights that the model has now. */
    public Optional<Pooled> now() {
        return measured.stream().filter(pooled -> pooled.isOn(hashNow)).findFirst();
    }

    /** What was measured on others, before. */
    public List<Pooled> before() {
        return measured.stream().filter(pooled -> !pooled.isOn(hashNow)).toList();
    }

    /** On the weights that the model has now. */
    public Verdict verdict() {
        return now().map(this::verdict).orElse(Verdict.UNMEASURED);
    }

    /** The verdict on some of the weights that were measured. */
    public Verdict verdict(Pooled pooled) {
        return Verdict.of(statement, pooled);
    }

    /** {@code score(L1H3, induction) ≥ 0.8: holds, 0.93 ± 0.004, measured 10 times}. */
    public String inWords() {
        return statement + ": " + (isWithdrawn() ? "withdrawn; " : "")
                + now().map(pooled -> verdict(pooled).words() + ", " + pooled.inWords())
                        .orElse(Verdict.UNMEASURED.words());
    }
}
