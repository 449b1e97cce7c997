package app.headlight.services.findings;

import app.headlight.engine.refusal.Refusal;
import app.headlight.ground.people.Account;
import app.headlight.ground.people.NotAllowedException;
import app.headlight.services.findings.CollectionRows.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The service for collections. Everybody with an account may make one, of anybody's findings; its owner and admins may
 * change it. All methods that change something throw a {@link NotFoundException} if the collection does not exist (any
 * more), and a {@link NotAllowedException} if it is somebody else's.
 */
@Service
public class FindingCollections {

    private final CollectionRows rows;
    private final FindingRows findings;
    private final TransactionTemplate transaction;

    FindingCollections(CollectionRows rows, FindingRows findings, TransactionTemplate transaction) {
        this.rows = rows;
        this.findings = findings;
        this.transaction = transaction;
    }

    /** By title. */
    public List<FindingCollection> all() {
        return rows.all();
    }

    public Optional<FindingCollection> find(long id) {
        return rows.find(id);
    }

    /** @param title one line, at most 200 characters */
    public FindingCollection create(Account by, String title) {
        String line = title(title);
        return transaction.execute(status -> rows.insert(UUID.randomUUID(), line, by.id()));
    }

    /** Makes a collection of Headlight's own, of findings in an order; only admins may change it. */
    public FindingCollection ship(String title, List<Long> findings) {
        String line = title(title);
        return transaction.execute(status -> {
            long id = rows.insert(UUID.randomUUID(), line, null).id();
            rows.setPlaces(
                    id, findings.stream().map(finding -> new Place(finding, "")).toList());
            return rows.find(id).orElseThrow();
        });
    }

    public FindingCollection rename(Account by, long id, String title) {
        String line = title(title);
        return change(by, id, locked -> rows.rename(id, line));
    }

    public void delete(Account by, long id) {
        transaction.executeWithoutResult(status -> {
            check(by, rows.lock(id));
            rows.delete(id);
        });
    }

    /**
     * Adds a finding as the last slide.
     *
     * @throws Refusal if it is in the collection already, which holds at most 500
     */
    public FindingCollection add(Account by, long id, long finding, String notes) {
        String kept = Limits.text("the notes", notes, Limits.NOTES);
        return edit(by, id, places -> {
            findings.require(finding);
            if (indexOf(places, finding) >= 0) {
                throw new Refusal("finding " + finding + " is in the collection already");
            }
            if (places.size() >= Limits.SLIDES) {
                throw new Refusal("a collection holds at most " + Limits.SLIDES + " findings");
            }
            places.add(new Place(finding, kept));
        });
    }

    /** Removes a finding; does nothing if it is not in the collection. */
    public FindingCollection remove(Account by, long id, long finding) {
        return edit(by, id, places -> places.removeIf(place -> place.finding() == finding));
    }

    /**
     * Moves a finding to another place.
     *
     * @param to its new index among the slides; beyond the last means the last
     */
    public FindingCollection move(Account by, long id, long finding, int to) {
        return edit(by, id, places -> {
            Place moved = places.remove(at(places, finding));
            List<Place> shown = places.stream()
                    .filter(place -> findings.find(place.finding()).isPresent())
                    .toList();
            int index = Math.max(0, to);
            places.add(index < shown.size() ? places.indexOf(shown.get(index)) : places.size(), moved);
        });
    }

    public FindingCollection setNotes(Account by, long id, long finding, String notes) {
        String kept = Limits.text("the notes", notes, Limits.NOTES);
        return edit(by, id, places -> places.set(at(places, finding), new Place(finding, kept)));
    }

    private FindingCollection edit(Account by, long id, Consumer<List<Place>> edit) {
        return change(by, id, locked -> {
            List<Place> places = new ArrayList<>(rows.places(id));
            edit.accept(places);
            rows.setPlaces(id, places);
        });
    }

    private FindingCollection change(Account by, long id, Consumer<FindingCollection> change) {
        return transaction.execute(status -> {
            FindingCollection locked = rows.lock(id);
            check(by, locked);
            change.accept(locked);
            return rows.find(id).orElseThrow();
        });
    }

    private static int at(List<Place> places, long finding) {
        int index = indexOf(places, finding);
        if (index < 0) {
            throw new Refusal("finding " + finding + " is not in the collection (any more)");
        }
        return index;
    }

    private static int indexOf(List<Place> places, long finding) {
        return places.stream().map(Place::finding).toList().indexOf(finding);
    }

    static String title(String title) {
        return Limits.filled("the title of the collection", title, Limits.TITLE);
    }

    private static void check(Account by, FindingCollection collection) {
        if (!by.mayChange(collection.owner().account())) {
            throw NotAllowedException.notYours("The collection “" + collection.title() + "” belongs to "
                    + collection.owner().name() + "; only they or an admin can change it.");
        }
    }
}
