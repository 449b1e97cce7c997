package app.headlight.services.findings;

import java.time.OffsetDateTime;
import java.util.UUID;

/** A comment on a finding; its text is Markdown of at most 10,000 characters. */
public record Comment(long id, UUID uuid, long finding, Author author, String text, OffsetDateTime madeAt) {}
