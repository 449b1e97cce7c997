package app.headlight.findings;

import java.time.OffsetDateTime;

/** That someone confirms or disputes a finding, and why, in plain text. */
public record Vote(long finding, Author voter, boolean confirms, String reason, OffsetDateTime madeAt) {}
