package app.headlight.web.collections;

import app.headlight.ground.people.Account;
import app.headlight.ground.people.SignedIn;
import app.headlight.services.findings.Finding;
import app.headlight.services.findings.FindingCollection;
import app.headlight.services.findings.FindingCollections;
import app.headlight.services.findings.FindingSearch;
import app.headlight.services.findings.FindingsExport;
import app.headlight.services.findings.Slide;
import app.headlight.web.component.Trouble;
import app.headlight.web.links.LinkMaker;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Route;
import java.util.Optional;
import java.util.function.Function;

/** The page of a collection: its findings in order, which its owner can change here, and which print as a handout. */
@Route(CollectionsView.PATH + "/:collection")
public class CollectionView extends Main implements BeforeEnterObserver, HasDynamicTitle {

    private final transient FindingCollections collections;
    private final transient FindingSearch search;
    private final transient FindingsExport export;
    private final transient SignedIn signedIn;
    private final transient LinkMaker links;
    private final Trouble trouble = new Trouble();
    private final Div slides = new Div();
    private String title = "Collection";

    CollectionView(
            FindingCollections collections,
            FindingSearch search,
            FindingsExport export,
            SignedIn signedIn,
            LinkMaker links) {
        this.collections = collections;
        this.search = search;
        this.export = export;
        this.signedIn = signedIn;
        this.links = links;
        addClassNames("hl-collections", "hl-collection");
        slides.setId("slides");
        slides.addClassName("hl-slides");
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        removeAll();
        Optional<FindingCollection> found =
                collections.find(PresentAddress.of(event).collection());
        if (found.isEmpty()) {
            add(Nothing.collection());
            return;
        }
        show(found.get());
    }

    private void show(FindingCollection collection) {
        removeAll();
        title = collection.title();
        Optional<Account> member = signedIn.member();
        boolean mine =
                member.filter(by -> by.mayChange(collection.owner().account())).isPresent();
        add(new CollectionHeading(collection, collections, export, signedIn, trouble, mine, this::change));
        Checkbox notes = new Checkbox("Notes in the handout");
        notes.setId("print-notes");
        notes.addClassName("hl-no-print");
        notes.addValueChangeListener(event -> slides.setClassName("hl-print-notes", event.getValue()));
        if (mine) {
            add(new FindingPicker(search, finding -> change(by -> added(by, collection, finding))));
        }
        add(trouble, notes, slides);
        notes.setVisible(
                collection.slides().stream().anyMatch(slide -> !slide.notes().isBlank()));
        showSlides(collection, mine);
    }

    private FindingCollection added(Account by, FindingCollection collection, Finding finding) {
        return collections.add(by, collection.id(), finding.id(), "");
    }

    private void showSlides(FindingCollection collection, boolean mine) {
        slides.removeAll();
        if (collection.slides().isEmpty()) {
            Paragraph none = new Paragraph(
                    mine
                            ? "No findings yet. Search for one above to add it; each becomes a slide."
                            : "Its owner has not added any finding yet.");
            none.addClassName("hl-empty");
            slides.add(none);
        }
        for (int i = 0; i < collection.slides().size(); i++) {
            Slide slide = collection.slides().get(i);
            slides.add(new SlideRow(
                    collection, i, links, mine ? new SlideChanges(collections, signedIn, trouble, this::shown) : null));
        }
    }

    /** Changes the collection in the name of the person who is signed in, and shows the result. */
    private void change(Function<Account, FindingCollection> change) {
        trouble.tried(() -> show(change.apply(signedIn.requireMember())));
    }

    private void shown(FindingCollection changed) {
        show(changed);
    }

    @Override
    public String getPageTitle() {
        return "Headlight · " + title;
    }
}
