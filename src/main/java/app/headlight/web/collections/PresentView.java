package app.headlight.web.collections;

import app.headlight.ground.people.Account;
import app.headlight.ground.people.NotAllowedException;
import app.headlight.ground.people.SignedIn;
import app.headlight.services.findings.FindingCollection;
import app.headlight.services.findings.FindingCollections;
import app.headlight.services.findings.NotFoundException;
import app.headlight.services.findings.Presentation;
import app.headlight.services.findings.Presentations;
import app.headlight.web.component.SlideStage.Move;
import app.headlight.web.view.AddressBar;
import com.vaadin.flow.component.DetachEvent;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.AnchorTarget;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import jakarta.annotation.security.RolesAllowed;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The page that presents a collection. Opening it starts a presentation; its address then has the code and the slide. */
@Route(value = "present/:collection", autoLayout = false)
@PageTitle("Headlight · Presenting")
@RolesAllowed("MEMBER")
public class PresentView extends Main implements BeforeEnterObserver {

    private final transient FindingCollections collections;
    private final transient Presentations presentations;
    private final transient SignedIn signedIn;
    private final transient Following following;
    private final transient AddressBar bar = new AddressBar();
    private final SlideShow show = new SlideShow(this::move);
    private final Anchor notes = new Anchor("", "Presenter’s window ↗");
    private final Anchor live = new Anchor("", "Link for followers ↗");
    private transient @Nullable PresentAddress address;
    private transient @Nullable Presentation now;

    PresentView(FindingCollections collections, Presentations presentations, SignedIn signedIn) {
        this.collections = collections;
        this.presentations = presentations;
        this.signedIn = signedIn;
        following = new Following(presentations, this::moved);
        addClassName("hl-presenting");
        notes.setId("notes-window");
        notes.setTarget(AnchorTarget.BLANK);
        live.setId("live-link");
        live.setTarget(AnchorTarget.BLANK);
        show.addLookListener(event -> look(event.views()));
        Button end = SlideShow.button("End");
        end.setId("end-presentation");
        end.addClickListener(event -> end());
        show.addToBar(notes, live, end);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        bar.entered(event.getLocation());
        removeAll();
        PresentAddress asked = PresentAddress.of(event);
        FindingCollection collection = collections.find(asked.collection()).orElse(null);
        if (collection == null) {
            add(Nothing.collection());
            return;
        }
        if (collection.slides().isEmpty()) {
            add(Nothing.slides(collection.id()));
            return;
        }
        Account member = signedIn.requireMember();
        Optional<Presentation> going =
                presentations.find(asked.code()).filter(presentation -> presentation.collection() == collection.id());
        if (going.isPresent() && going.get().presenter() != member.id()) {
            add(new Nothing(
                    "Someone else presents this collection right now.",
                    LiveView.PATH + "/" + asked.code(),
                    "Follow the presentation"));
            return;
        }
        if (going.isEmpty() && !asked.code().isEmpty()) {
            ended(asked);
            return;
        }
        Presentation begun = going.orElseGet(() -> begin(member, collection, asked.slide()));
        address = new PresentAddress(collection.id(), begun.code(), begun.slide());
        notes.setHref(address.notes());
        live.setHref(LiveView.PATH + "/" + begun.code());
        following.begin(event.getUI(), begun.code());
        add(show);
        now = null;
        moved(presentations.find(begun.code()));
    }

    private Presentation begin(Account member, FindingCollection collection, int slide) {
        Presentation begun = presentations.start(member, collection.id());
        return slide <= 0 ? begun : presentations.show(member, begun.code(), slide);
    }

    private void move(Move move) {
        if (now == null) {
            return;
        }
        int count = collections
                .find(now.collection())
                .map(collection -> collection.slides().size())
                .orElse(0);
        int to = move.from(now.slide(), count);
        if (to != now.slide()) {
            try {
                moved(Optional.of(presentations.show(signedIn.requireMember(), now.code(), to)));
            } catch (NotFoundException | NotAllowedException over) {
                moved(Optional.empty());
            }
        }
    }

    private void look(String views) {
        if (now != null) {
            try {
                now = presentations.look(signedIn.requireMember(), now.code(), now.slide(), views);
            } catch (NotFoundException | NotAllowedException over) {
                moved(Optional.empty());
            }
        }
    }

    private void moved(Optional<Presentation> told) {
        PresentAddress here = address;
        if (here == null || (told.isPresent() && now != null && told.get().moves() < now.moves())) {
            return;
        }
        now = told.orElse(null);
        Optional<FindingCollection> collection = collections.find(here.collection());
        if (now == null || collection.isEmpty() || collection.get().slides().isEmpty()) {
            ended(here);
            return;
        }
        int slide = Math.min(now.slide(), collection.get().slides().size() - 1);
        show.show(collection.get(), slide, now.views());
        address = here.at(slide);
        bar.replace(address.presenting());
    }

    private void end() {
        if (now != null) {
            try {
                presentations.end(signedIn.requireMember(), now.code());
            } catch (NotFoundException over) {
                // which is what was asked for
            }
            moved(Optional.empty());
        }
    }

    private void ended(PresentAddress here) {
        following.end();
        address = null;
        removeAll();
        add(new Nothing(
                "The presentation has ended; people who follow it can still read the slides.",
                CollectionsView.PATH + "/" + here.collection(),
                "Back to the collection"));
    }

    @Override
    protected void onDetach(DetachEvent event) {
        following.end();
    }
}
