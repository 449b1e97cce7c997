package app.headlight.services.findings;

import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * A vote that confirms or disputes a finding, with a reason in plain text.
 *
 * @param version the number of the version that it is about; null if it is not known
 */
public record Vote(
        long finding,
        Author voter,
        boolean confirms,
        String reason,
        @Nullable Integer version,
        OffsetDateTime madeAt) {}
