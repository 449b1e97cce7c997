package app.headlight.services.claims;

import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * One measurement of a claim.
 *
 * @param seed without effect on a measure that is of the weights alone
 * @param modelHash the content hash of the weights that were measured
 * @param value null: there is none
 * @param reason why; null where there is a value
 */
public record Sample(
        long seed,
        String modelHash,
        @Nullable Double value,
        @Nullable String reason,
        OffsetDateTime at) {}
