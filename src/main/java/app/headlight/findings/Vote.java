package app.headlight.findings;

import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * That someone confirms or disputes a finding, and why, in plain text.
 *
 * @param version the number of the version that it is about; null where it is not known
 */
public record Vote(
        long finding,
        Author voter,
        boolean confirms,
        String reason,
        @Nullable Integer version,
        OffsetDateTime madeAt) {}
