package app.headlight.services.findings;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;

/**
 * A collection: findings in an order, to present.
 *
 * @param uuid the same on every server that it is exported to
 * @param slides in order, each finding at most once; those of deleted findings are left out
 */
public record FindingCollection(
        long id, UUID uuid, String title, Author owner, OffsetDateTime createdAt, List<Slide> slides) {

    public FindingCollection {
        slides = List.copyOf(slides);
    }
}
