package app.headlight.web.collections;

import app.headlight.ground.people.SignedIn;
import app.headlight.services.findings.FindingCollection;
import app.headlight.services.findings.FindingCollections;
import app.headlight.web.component.Trouble;
import java.util.function.Consumer;

/** The changes that the owner of a collection may make to its slides. */
record SlideChanges(
        FindingCollections collections, SignedIn signedIn, Trouble trouble, Consumer<FindingCollection> changed) {

    /** @param to counted from 0 */
    void move(FindingCollection collection, long finding, int to) {
        trouble.tried(() -> changed.accept(collections.move(signedIn.requireMember(), collection.id(), finding, to)));
    }

    void remove(FindingCollection collection, long finding) {
        trouble.tried(() -> changed.accept(collections.remove(signedIn.requireMember(), collection.id(), finding)));
    }

    /** @return whether they are stored */
    boolean setNotes(FindingCollection collection, long finding, String notes) {
        return trouble.tried(
                () -> changed.accept(collections.setNotes(signedIn.requireMember(), collection.id(), finding, notes)));
    }
}
