package app.headlight.services.findings;

import app.headlight.engine.refusal.Refusal;
import app.headlight.ground.people.Account;
import app.headlight.services.claims.Claim;
import app.headlight.services.claims.Claims;
import app.headlight.services.findings.CollectionRows.Place;
import app.headlight.services.findings.FindingChange.Sort;
import app.headlight.services.findings.FindingsFile.CollectionEntry;
import app.headlight.services.findings.FindingsFile.CommentEntry;
import app.headlight.services.findings.FindingsFile.FindingEntry;
import app.headlight.services.findings.FindingsFile.VersionEntry;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Imports findings from a JSON file. A finding is recognised by its uuid. If it is not here, it is added with its
 * versions and comments; if it is, later versions with another text and missing comments are added to it. Importing the
 * same file twice changes nothing. Authors are stored as the names in the file, never as accounts, since a file can
 * claim anything; so only admins change what came from a file. Claims come without what was measured of them: they are
 * measured here, and what the file says stands beside that as the file's word.
 */
@Service
public class FindingsImport {

    private static final int MOST = 10_000;

    private final FindingRows rows;
    private final Discussion discussion;
    private final CollectionRows collections;
    private final Claims claims;
    private final TransactionTemplate transaction;
    private final FindingEvents events;

    FindingsImport(
            FindingRows rows,
            Discussion discussion,
            CollectionRows collections,
            Claims claims,
            TransactionTemplate transaction,
            FindingEvents events) {
        this.rows = rows;
        this.claims = claims;
        this.discussion = discussion;
        this.collections = collections;
        this.transaction = transaction;
        this.events = events;
    }

    /**
     * Imports all of a file or, if anything is wrong with it, nothing.
     *
     * @param file JSON as {@link FindingsExport} writes it, at most 20 MB and 10,000 findings
     * @throws Refusal if it is not such a file; the message says where and why
     */
    public ImportReport read(Account by, byte[] file) {
        FindingsFile read = FindingsJson.read(file);
        if (read.findings().size() > MOST) {
            throw new Refusal(
                    "the file holds " + read.findings().size() + " findings; at most " + MOST + " are read at once");
        }
        return transaction.execute(status -> new Merge(by).all(read));
    }

    /** One import, within its transaction. */
    private final class Merge {

        private final Account by;
        private final OffsetDateTime now = Limits.now();
        private final List<String> refused = new ArrayList<>();
        private int added;
        private int updated;
        private int unchanged;
        private int comments;
        private int claimed;

        private Merge(Account by) {
            this.by = by;
        }

        ImportReport all(FindingsFile file) {
            file.findings().forEach(this::finding);
            if (file.collection() != null) {
                collection(file.collection());
            }
            return new ImportReport(added, updated, unchanged, comments, claimed, refused);
        }

        private void finding(FindingEntry entry) {
            Optional<Long> known = rows.id(entry.uuid());
            if (known.isEmpty()) {
                long id = rows.insert(entry.uuid(), new Author(null, entry.by()), past(entry.createdAt()));
                append(id, 0, entry.versions());
                comments(id, entry.comments());
                entry.claims().forEach(claim -> read(id, claim));
                events.tell(Sort.ADDED, rows.require(id));
                added++;
                return;
            }
            Optional<Finding> found = rows.find(entry.uuid());
            if (found.isEmpty()) {
                unchanged++; // deleted here, and so it stays
                return;
            }
            Finding ours = rows.lock(found.get().id());
            if (comments(ours.id(), entry.comments())) {
                events.tell(Sort.COMMENT, ours);
            }
            claims(ours, entry);
            merge(ours, entry);
        }

        private void claims(Finding ours, FindingEntry entry) {
            List<Claim> there = claims.of(ours.id());
            List<ClaimEntry> missing = entry.claims().stream()
                    .filter(claim ->
                            there.stream().noneMatch(known -> known.statement().equals(claim.statement())))
                    .toList();
            if (missing.isEmpty()) {
                return;
            }
            if (!ours.mayBeEditedBy(by)) {
                refused.add("“" + ours.content().title() + "” is by "
                        + ours.author().name() + "; only they or an admin can bring in the claims of the file.");
                return;
            }
            missing.forEach(claim -> read(ours.id(), claim));
            events.tell(Sort.CLAIM, ours);
        }

        private void read(long finding, ClaimEntry claim) {
            if (claims.read(claim.uuid(), finding, claim.statement(), claim.by(), claim.isWithdrawn(), claim.told())) {
                claimed++;
            }
        }

        private void merge(Finding ours, FindingEntry entry) {
            VersionEntry last = entry.last();
            if (last.content().equals(ours.content()) || !last.at().isAfter(ours.editedAt())) {
                unchanged++;
            } else if (!ours.mayBeEditedBy(by)) {
                refused.add("“" + ours.content().title() + "” is by "
                        + ours.author().name() + "; only they or an admin can bring in the later version of the file.");
            } else {
                append(
                        ours.id(),
                        ours.version(),
                        entry.versions().stream()
                                .filter(version -> version.at().isAfter(ours.editedAt()))
                                .toList());
                events.tell(Sort.EDITED, rows.require(ours.id()));
                updated++;
            }
        }

        private void append(long id, int version, List<VersionEntry> later) {
            int number = version;
            for (VersionEntry entry : later) {
                int basedOn = version == 0 ? Math.min(entry.basedOn(), number) : number;
                Author editor = new Author(null, entry.by());
                Version next = new Version(
                        number + 1,
                        Math.max(0, basedOn),
                        entry.content(),
                        Weights.written(entry.modelHash()),
                        editor,
                        past(entry.at()));
                if (!rows.append(id, next, number)) {
                    throw new IllegalStateException("finding " + id + " changed while it was imported; try again");
                }
                number++;
            }
        }

        private boolean comments(long id, List<CommentEntry> entries) {
            int before = comments;
            for (CommentEntry entry : entries) {
                if (!discussion.isKnown(entry.uuid())) {
                    discussion.insert(id, entry.uuid(), new Author(null, entry.by()), past(entry.at()), entry.text());
                    comments++;
                }
            }
            return comments > before;
        }

        private void collection(CollectionEntry entry) {
            List<Place> places = entry.slides().stream()
                    .map(slide -> new Place(
                            rows.id(slide.finding())
                                    .orElseThrow(() -> new Refusal("the collection holds finding " + slide.finding()
                                            + ", which is neither in the file nor here")),
                            slide.notes()))
                    .toList();
            Optional<FindingCollection> found = collections.find(entry.uuid());
            FindingCollection ours = found.isPresent()
                    ? collections.lock(found.get().id())
                    : collections.insert(entry.uuid(), entry.title(), by.id());
            if (ours.title().equals(entry.title())
                    && collections.places(ours.id()).equals(places)) {
                return;
            }
            if (!by.mayChange(ours.owner().account())) {
                refused.add("The collection “" + ours.title() + "” belongs to "
                        + ours.owner().name() + "; only they or an admin can change it.");
                return;
            }
            collections.rename(ours.id(), entry.title());
            collections.setPlaces(ours.id(), places);
        }

        /** A time in the future would never be replaced by a later one. */
        private OffsetDateTime past(OffsetDateTime time) {
            return time.isAfter(now) ? now : time;
        }
    }
}
