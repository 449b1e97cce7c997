package app.headlight.services.findings;

import app.headlight.services.claims.Claim;
import app.headlight.services.claims.Claims;
import app.headlight.services.findings.FindingsFile.CollectionEntry;
import app.headlight.services.findings.FindingsFile.CommentEntry;
import app.headlight.services.findings.FindingsFile.FindingEntry;
import app.headlight.services.findings.FindingsFile.SlideEntry;
import app.headlight.services.findings.FindingsFile.VersionEntry;
import app.headlight.services.findings.FindingsFile.VoteEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** Writes findings as files: those about a model, or those of a collection. */
@Service
public class FindingsExport {

    /** The formats of a file; only JSON has everything and can be imported. */
    public enum Format {
        JSON("application/json", "json"),
        MARKDOWN("text/markdown;charset=UTF-8", "md"),
        CSV("text/csv;charset=UTF-8", "csv");

        private final String mediaType;
        private final String extension;

        Format(String mediaType, String extension) {
            this.mediaType = mediaType;
            this.extension = extension;
        }

        public String mediaType() {
            return mediaType;
        }

        /** Of the file's name, without a dot. */
        public String extension() {
            return extension;
        }
    }

    /** So many findings are asked for at once. */
    private static final int AT_ONCE = 500;

    private final FindingRows rows;
    private final Discussion discussion;
    private final CollectionRows collections;
    private final Claims claims;
    private final TransactionTemplate transaction;

    FindingsExport(
            FindingRows rows,
            Discussion discussion,
            CollectionRows collections,
            Claims claims,
            TransactionTemplate transaction) {
        this.claims = claims;
        this.rows = rows;
        this.discussion = discussion;
        this.collections = collections;
        this.transaction = transaction;
    }

    /** All findings about a model, the oldest first. */
    public String model(String model, Format format) {
        List<Finding> findings = rows.ofModel(model);
        return switch (format) {
            case JSON -> json(findings, null);
            case MARKDOWN -> FindingsText.markdown("Findings about " + model, findings, claimsOf(findings), List.of());
            case CSV -> FindingsText.csv(findings, claimsOf(findings));
        };
    }

    private Map<Long, List<Claim>> claimsOf(List<Finding> findings) {
        return claims.of(findings.stream().map(Finding::id).toList()).stream()
                .collect(Collectors.groupingBy(Claim::finding));
    }

    /**
     * A collection, in its order.
     *
     * @throws NotFoundException if there is no such collection (any more)
     */
    public String collection(long id, Format format) {
        FindingCollection collection = collections
                .find(id)
                .orElseThrow(() -> new NotFoundException("There is no collection " + id + " (any more)."));
        List<Finding> findings =
                collection.slides().stream().map(Slide::finding).toList();
        return switch (format) {
            case JSON -> json(findings, entry(collection));
            case MARKDOWN ->
                FindingsText.markdown(
                        collection.title(),
                        findings,
                        claimsOf(findings),
                        collection.slides().stream().map(Slide::notes).toList());
            case CSV -> FindingsText.csv(findings, claimsOf(findings));
        };
    }

    private String json(List<Finding> findings, @Nullable CollectionEntry collection) {
        return transaction.execute(status -> FindingsJson.write(new FindingsFile(
                FindingsFile.FORMAT, FindingsFile.VERSION, Limits.now(), collection, entries(findings))));
    }

    /** Each with all that belongs to it, by a few questions to the database for every {@value #AT_ONCE} findings. */
    List<FindingEntry> entries(List<Finding> findings) {
        List<FindingEntry> entries = new ArrayList<>();
        for (int from = 0; from < findings.size(); from += AT_ONCE) {
            List<Finding> some = findings.subList(from, Math.min(findings.size(), from + AT_ONCE));
            List<Long> ids = some.stream().map(Finding::id).toList();
            Map<Long, List<Version>> versions = rows.versions(ids);
            Map<Long, List<Comment>> comments =
                    discussion.comments(ids).stream().collect(Collectors.groupingBy(Comment::finding));
            Map<Long, List<Vote>> votes = discussion.votes(ids).stream().collect(Collectors.groupingBy(Vote::finding));
            Map<Long, List<Claim>> claimed = claimsOf(some);
            some.forEach(finding -> entries.add(entry(
                    finding,
                    versions.getOrDefault(finding.id(), List.of()),
                    comments.getOrDefault(finding.id(), List.of()),
                    votes.getOrDefault(finding.id(), List.of()),
                    claimed.getOrDefault(finding.id(), List.of()))));
        }
        return entries;
    }

    private static FindingEntry entry(
            Finding finding, List<Version> versions, List<Comment> comments, List<Vote> votes, List<Claim> claims) {
        return new FindingEntry(
                finding.uuid(),
                finding.author().name(),
                finding.coauthors().stream().map(Author::name).toList(),
                finding.createdAt(),
                versions.stream().map(VersionEntry::of).toList(),
                comments.stream()
                        .map(comment -> new CommentEntry(
                                comment.uuid(), comment.author().name(), comment.madeAt(), comment.text()))
                        .toList(),
                votes.stream()
                        .map(vote -> new VoteEntry(
                                vote.voter().name(), vote.confirms(), vote.reason(), vote.version(), vote.madeAt()))
                        .toList(),
                claims.stream().map(ClaimEntry::of).toList());
    }

    static CollectionEntry entry(FindingCollection collection) {
        return new CollectionEntry(
                collection.uuid(),
                collection.title(),
                collection.owner().name(),
                collection.slides().stream()
                        .map(slide -> new SlideEntry(slide.finding().uuid(), slide.notes()))
                        .toList());
    }
}
