package app.headlight.web.api;

import app.headlight.engine.refusal.Refusal;
import app.headlight.services.claims.Standing;
import app.headlight.services.claims.Verdict;
import app.headlight.services.findings.Author;
import app.headlight.services.findings.Comment;
import app.headlight.services.findings.Content;
import app.headlight.services.findings.Finding;
import app.headlight.services.findings.Limits;
import app.headlight.services.findings.Subject;
import app.headlight.services.findings.Version;
import app.headlight.services.findings.Vote;
import app.headlight.services.findings.Weights;
import app.headlight.web.view.ExploreAddress;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A finding as JSON. */
record FindingAnswer(
        long id,
        UUID uuid,
        int version,
        @JsonUnwrapped Written written,
        @JsonUnwrapped Weighed weights,
        String author,
        List<String> coauthors,
        @JsonProperty("created_at") OffsetDateTime createdAt,
        @JsonProperty("edited_at") OffsetDateTime editedAt,
        int confirmations,
        int disputes,
        int comments,
        ClaimCounts claims) {

    /**
     * How many of its claims have which verdict on the weights that the model has now; {@code …/claims} has them all.
     */
    record ClaimCounts(int holds, int fails, int undecided, int impossible, int unmeasured) {

        static ClaimCounts of(Standing standing) {
            return new ClaimCounts(
                    standing.count(Verdict.HOLDS),
                    standing.count(Verdict.FAILS),
                    standing.count(Verdict.UNDECIDED),
                    standing.count(Verdict.IMPOSSIBLE),
                    standing.count(Verdict.UNMEASURED));
        }
    }

    static FindingAnswer of(Finding finding) {
        return new FindingAnswer(
                finding.id(),
                finding.uuid(),
                finding.version(),
                Written.of(finding.content()),
                Weighed.of(finding.weights()),
                name(finding.author()),
                finding.coauthors().stream().map(Author::name).toList(),
                finding.createdAt(),
                finding.editedAt(),
                finding.confirmations(),
                finding.disputes(),
                finding.comments(),
                ClaimCounts.of(finding.claims()));
    }

    /**
     * The part of a finding that people write.
     *
     * @param sort {@code HEAD}, {@code PAIR}, {@code TOKEN} or {@code MODEL}
     * @param subject which of them: {@code L1H3}, {@code L0H0-L1H3}, a token's id, nothing
     * @param confidence in percent
     * @param view a relative address of this instance
     */
    record Written(
            @Schema(minLength = 1, maxLength = 100, requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
            String model,

            Subject.@Nullable Sort sort,
            @Nullable String subject,

            @Schema(minLength = 1, maxLength = Limits.TITLE, requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
            String title,

            @Nullable String markdown,

            @ArraySchema(schema = @Schema(maxLength = Limits.TAG)) @Nullable
            List<String> tags,

            @Schema(maxLength = Limits.KIND) @Nullable String kind,

            @Schema(minimum = "0", maximum = "100") @Nullable
            Integer confidence,

            @Nullable String view) {

        static Written of(Content content) {
            return new Written(
                    content.subject().model(),
                    content.subject().sort(),
                    content.subject().which(),
                    content.title(),
                    content.markdown(),
                    content.tags(),
                    content.kind(),
                    content.confidence(),
                    content.view());
        }

        /** @throws Refusal if something is missing or has a wrong form */
        Content content() {
            String of = given("model", model);
            return new Content(
                    new Subject(of, sort == null ? Subject.Sort.MODEL : sort, subject == null ? "" : subject),
                    given("title", title),
                    markdown == null ? "" : markdown,
                    tags == null ? List.of() : tags,
                    kind == null ? "" : kind,
                    confidence == null ? 50 : confidence,
                    view == null ? ExploreAddress.of(of, -1) : view);
        }

        private static String given(String field, @Nullable String value) {
            if (value == null) {
                throw new Refusal("“" + field + "” is missing");
            }
            return value;
        }
    }

    /**
     * The weights of the model that it was written about.
     *
     * @param hash the model's content hash then; null if it is not known
     * @param now {@code same}, {@code others}, {@code gone} (no such model is stored) or {@code unknown}
     */
    record Weighed(
            @JsonProperty("model_hash") @Nullable String hash,
            @JsonProperty("weights") String now) {

        static Weighed of(Weights weights) {
            return new Weighed(weights.hash(), weights.now().name().toLowerCase(Locale.ROOT));
        }
    }

    /** A version of a finding. */
    record VersionAnswer(
            int number,
            @JsonProperty("based_on") int basedOn,
            @JsonUnwrapped Written written,
            @JsonUnwrapped Weighed weights,
            String editor,
            @JsonProperty("made_at") OffsetDateTime madeAt) {

        static VersionAnswer of(Version version) {
            return new VersionAnswer(
                    version.number(),
                    version.basedOn(),
                    Written.of(version.content()),
                    Weighed.of(version.weights()),
                    name(version.editor()),
                    version.madeAt());
        }
    }

    record CommentAnswer(
            long id,
            String author,
            String text,
            @JsonProperty("made_at") OffsetDateTime madeAt) {

        static CommentAnswer of(Comment comment) {
            return new CommentAnswer(comment.id(), name(comment.author()), comment.text(), comment.madeAt());
        }
    }

    record VoteAnswer(
            String voter,
            boolean confirms,
            String reason,
            @Nullable Integer version,
            @JsonProperty("made_at") OffsetDateTime madeAt) {

        static VoteAnswer of(Vote vote) {
            return new VoteAnswer(name(vote.voter()), vote.confirms(), vote.reason(), vote.version(), vote.madeAt());
        }
    }

    private static String name(Author author) {
        return author.name();
    }
}
