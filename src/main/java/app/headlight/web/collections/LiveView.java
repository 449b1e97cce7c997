package app.headlight.web.collections;

import app.headlight.services.findings.FindingCollection;
import app.headlight.services.findings.FindingCollections;
import app.headlight.services.findings.Presentation;
import app.headlight.services.findings.Presentations;
import app.headlight.web.component.SlideStage.Move;
import app.headlight.web.view.AddressBar;
import com.vaadin.flow.component.DetachEvent;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The page that follows a presentation. People who turn a slide themselves no longer follow, until they ask to follow
 * again; meanwhile the address has their slide.
 */
@Route(value = LiveView.PATH + "/:code", autoLayout = false)
@PageTitle("Headlight · Live")
public class LiveView extends Main implements BeforeEnterObserver {

    static final String PATH = "live";

    private final transient FindingCollections collections;
    private final transient Presentations presentations;
    private final transient Following following;
    private final transient AddressBar bar = new AddressBar();
    private final SlideShow show = new SlideShow(this::move);
    private final Span state = new Span();
    private final Button again = SlideShow.button("Follow again");
    private final Anchor collectionLink = new Anchor("", "The collection");
    private String code = "";
    private transient @Nullable Presentation now;
    private long collection;
    private int slide;
    private boolean follows;

    LiveView(FindingCollections collections, Presentations presentations) {
        this.collections = collections;
        this.presentations = presentations;
        following = new Following(presentations, this::moved);
        addClassName("hl-presenting");
        state.setId("live-state");
        state.addClassName("hl-muted");
        state.getElement().setAttribute("role", "status");
        show.addLookListener(event -> lookAround());
        again.setId("follow-again");
        again.addClickListener(event -> followAgain());
        show.addToBar(state, again, collectionLink);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        bar.entered(event.getLocation());
        removeAll();
        PresentAddress asked = PresentAddress.of(event);
        code = asked.code();
        following.begin(event.getUI(), code);
        Optional<Presentation> going = presentations.find(code);
        now = going.orElse(null);
        collection = now == null ? asked.collection() : now.collection();
        if (now == null && collections.find(collection).isEmpty()) {
            following.end();
            add(Nothing.presentation());
            return;
        }
        follows = now != null && asked.slide() < 0;
        slide = follows ? now.slide() : Math.max(0, asked.slide());
        collectionLink.setHref(CollectionsView.PATH + "/" + collection);
        show();
    }

    private void move(Move move) {
        int count =
                collections.find(collection).map(found -> found.slides().size()).orElse(0);
        int to = move.from(slide, count);
        if (to != slide) {
            slide = to;
            follows = false;
            show();
        }
    }

    /** What they do to a picture would be undone by the presenter's next move. */
    private void lookAround() {
        if (follows) {
            follows = false;
            say();
        }
    }

    private void followAgain() {
        if (now != null) {
            follows = true;
            slide = now.slide();
            show();
        }
    }

    private void moved(Optional<Presentation> told) {
        if (told.isPresent() && now != null && told.get().moves() < now.moves()) {
            return;
        }
        now = told.orElse(null);
        if (now == null) {
            follows = false;
            following.end();
        } else if (follows) {
            slide = now.slide();
        }
        show();
    }

    private void show() {
        Optional<FindingCollection> found = collections.find(collection);
        if (found.isEmpty() || found.get().slides().isEmpty()) {
            removeAll();
            add(found.isEmpty() ? Nothing.collection() : Nothing.slides(collection));
            return;
        }
        // Added again, its frame would load anew.
        if (show.getParent().isEmpty()) {
            removeAll();
            add(show);
        }
        slide = Math.min(slide, found.get().slides().size() - 1);
        if (follows && now != null) {
            show.show(found.get(), slide, now.views());
        } else {
            show.show(found.get(), slide);
        }
        say();
    }

    private void say() {
        state.setText(inWords());
        again.setVisible(now != null && !follows);
        bar.replace(new PresentAddress(collection, code, slide).following(follows, now == null));
    }

    private String inWords() {
        if (now == null) {
            return "The presentation has ended; you can still read the slides.";
        }
        return follows
                ? "You follow the presenter; turn a slide to look around by yourself."
                : "You look around by yourself; the presenter is at slide " + (now.slide() + 1) + ".";
    }

    @Override
    protected void onDetach(DetachEvent event) {
        following.end();
    }
}
