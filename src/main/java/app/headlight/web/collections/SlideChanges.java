package app.headlight.web.collections;

import app.headlight.services.findings.FindingCollection;
import app.headlight.services.findings.FindingCollections;
import app.headlight.web.findings.Members;
import java.util.function.Consumer;

/** The changes that the owner of a collection may make to its slides. */
record SlideChanges(
        FindingCollections collections, Members members, Attempt attempt, Consumer<FindingCollection> changed) {

    /** @param to counted from 0 */
    void move(FindingCollection collection, long finding, int to) {
        attempt.at(() -> changed.accept(collections.move(members.require(), collection.id(), finding, to)));
    }

    void remove(FindingCollection collection, long finding) {
        attempt.at(() -> changed.accept(collections.remove(members.require(), collection.id(), finding)));
    }

    /** @return whether they are stored */
    boolean setNotes(FindingCollection collection, long finding, String notes) {
        return attempt.at(
                () -> changed.accept(collections.setNotes(members.require(), collection.id(), finding, notes)));
    }
}
