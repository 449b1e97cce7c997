package app.headlight.findings;

import java.time.OffsetDateTime;
import java.util.UUID;

/**
 * A finding as it stands.
 *
 * @param uuid the same wherever it is exported to
 * @param createdAt when its first version was written
 * @param editedAt when this version was written
 * @param version counted from 1
 * @param confirmations how many confirm it
 * @param disputes how many dispute it
 * @param comments how many there are
 */
public record Finding(
        long id,
        UUID uuid,
        Content content,
        Author author,
        OffsetDateTime createdAt,
        OffsetDateTime editedAt,
        int version,
        int confirmations,
        int disputes,
        int comments) {}
