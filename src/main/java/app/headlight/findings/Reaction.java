package app.headlight.findings;

import java.time.OffsetDateTime;

/**
 * Something that someone else said of a finding.
 *
 * @param finding its id
 * @param title the finding's
 * @param seen whether the one who asks has seen it
 */
public record Reaction(long finding, String title, Sort sort, Author by, OffsetDateTime at, boolean seen) {

    /** What was said. */
    public enum Sort {
        COMMENT,
        CONFIRMATION,
        DISPUTE
    }
}
