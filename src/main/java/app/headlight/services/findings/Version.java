package app.headlight.services.findings;

import java.time.OffsetDateTime;

/**
 * One version of a finding.
 *
 * @param number counted from 1
 * @param basedOn the number of the version that was edited; 0 for the first
 * @param weights those that it was written about
 */
public record Version(
        int number, int basedOn, Content content, Weights weights, Author editor, OffsetDateTime madeAt) {}
