package app.headlight.services.findings;

import app.headlight.engine.refusal.Refusal;
import app.headlight.services.claims.Claims;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The content of a file of findings, as {@code findings-schema-1.json} describes it. Each part is checked when it is
 * made.
 *
 * @param collection that the findings are exported for; null if they are those of a model
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record FindingsFile(
        String format,
        int version,
        OffsetDateTime exportedAt,
        @Nullable CollectionEntry collection,
        List<FindingEntry> findings) {

    static final String FORMAT = "headlight-findings";
    static final int VERSION = 1;

    FindingsFile {
        if (!FORMAT.equals(format)) {
            throw new Refusal("this is not a file of findings: its “format” is not “" + FORMAT + "”");
        }
        if (version != VERSION) {
            throw new Refusal("the file is of version " + version + "; this program reads version " + VERSION);
        }
        given(exportedAt, "exported_at");
        findings = List.copyOf(given(findings, "findings"));
    }

    /**
     * A finding with all that belongs to it. Votes and coauthors are only there to read: an import ignores them,
     * because they belong to accounts.
     *
     * @param with the names of the co-authors
     */
    record FindingEntry(
            UUID uuid,
            String by,
            @Nullable List<String> with,
            OffsetDateTime createdAt,
            List<VersionEntry> versions,
            List<CommentEntry> comments,
            List<VoteEntry> votes,
            @Nullable List<ClaimEntry> claims) {

        FindingEntry {
            given(uuid, "uuid");
            by = name(by);
            with = with == null ? List.of() : List.copyOf(with);
            createdAt = time(createdAt, "created_at");
            versions = List.copyOf(given(versions, "versions"));
            comments = comments == null ? List.of() : List.copyOf(comments);
            votes = votes == null ? List.of() : List.copyOf(votes);
            claims = claims == null ? List.of() : List.copyOf(claims);
            if (claims.size() > Claims.MOST) {
                throw new Refusal(
                        "the finding makes " + claims.size() + " claims; at most " + Claims.MOST + " are kept");
            }
            if (versions.isEmpty()) {
                throw new Refusal("the finding has no version");
            }
            for (int i = 0; i < versions.size(); i++) {
                if (versions.get(i).number() != i + 1) {
                    throw new Refusal("the versions of the finding are not numbered 1, 2, …");
                }
            }
        }

        VersionEntry last() {
            return versions.getLast();
        }
    }

    /**
     * A version of a finding.
     *
     * @param modelHash the content hash of the model that it was written about; null if it is not known
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record VersionEntry(
            int number,
            int basedOn,
            String by,
            OffsetDateTime at,
            Subject subject,
            String title,
            String markdown,
            List<String> tags,
            String kind,
            int confidence,
            String view,
            @Nullable String modelHash) {

        VersionEntry {
            Weights.checked(modelHash);
            by = name(by);
            at = time(at, "at");
            given(subject, "subject");
            given(title, "title");
            given(markdown, "markdown");
            given(view, "view");
            tags = tags == null ? List.of() : List.copyOf(tags);
            kind = kind == null ? "" : kind;
            new Content(subject, title, markdown, tags, kind, confidence, view);
        }

        static VersionEntry of(Version version) {
            Content content = version.content();
            return new VersionEntry(
                    version.number(),
                    version.basedOn(),
                    version.editor().name(),
                    version.madeAt(),
                    content.subject(),
                    content.title(),
                    content.markdown(),
                    content.tags(),
                    content.kind(),
                    content.confidence(),
                    content.view(),
                    version.weights().hash());
        }

        Content content() {
            return new Content(subject, title, markdown, tags, kind, confidence, view);
        }
    }

    /** A comment on a finding. */
    record CommentEntry(UUID uuid, String by, OffsetDateTime at, String text) {

        CommentEntry {
            given(uuid, "uuid");
            by = name(by);
            at = time(at, "at");
            text = Limits.text("a comment", given(text, "text"), Limits.COMMENT);
        }
    }

    /** A vote on a finding. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record VoteEntry(
            String by,
            boolean confirms,
            String reason,
            @Nullable Integer version,
            OffsetDateTime at) {}

    /** The findings in their order, with the presenter's notes. */
    record CollectionEntry(UUID uuid, String title, String by, List<SlideEntry> slides) {

        CollectionEntry {
            given(uuid, "uuid");
            title = FindingCollections.title(given(title, "title"));
            by = name(by);
            slides = List.copyOf(given(slides, "slides"));
            if (slides.size() > Limits.SLIDES) {
                throw new Refusal("a collection holds at most " + Limits.SLIDES + " findings");
            }
            if (slides.stream().map(SlideEntry::finding).distinct().count() < slides.size()) {
                throw new Refusal("the collection holds a finding twice");
            }
        }
    }

    /** @param finding its uuid */
    record SlideEntry(UUID finding, String notes) {

        SlideEntry {
            given(finding, "finding");
            notes = Limits.text("the notes", notes == null ? "" : notes, Limits.NOTES);
        }
    }

    private static <T> T given(@Nullable T value, String field) {
        if (value == null) {
            throw new Refusal("“" + field + "” is missing");
        }
        return value;
    }

    static String name(@Nullable String by) {
        String name = Limits.line("the name of an author", by == null ? "" : by, Limits.NAME);
        return name.isEmpty() ? "unknown" : name;
    }

    static OffsetDateTime time(@Nullable OffsetDateTime time, String field) {
        OffsetDateTime given = given(time, field);
        if (given.getYear() < 2000 || given.getYear() > 9999) {
            throw new Refusal("“" + field + "” is " + given + "; times are from the year 2000 on");
        }
        return given.withOffsetSameInstant(ZoneOffset.UTC).truncatedTo(ChronoUnit.MICROS);
    }
}
