package app.headlight.services.findings;

import java.time.OffsetDateTime;

/**
 * A reaction of somebody else to a finding.
 *
 * @param finding its id
 * @param title the title of the finding
 * @param seen whether the person who asks has seen it
 */
public record Reaction(long finding, String title, Sort sort, Author by, OffsetDateTime at, boolean seen) {

    /** The kinds of reactions. */
    public enum Sort {
        COMMENT,
        CONFIRMATION,
        DISPUTE
    }
}
