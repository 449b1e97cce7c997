package app.headlight.findings;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;

/**
 * Findings in an order, to be shown.
 *
 * @param uuid the same wherever it is exported to
 * @param slides in order, each finding at most once; those of deleted findings are left out
 */
public record FindingCollection(
        long id, UUID uuid, String title, Author owner, OffsetDateTime createdAt, List<Slide> slides) {

    public FindingCollection {
        slides = List.copyOf(slides);
    }
}
