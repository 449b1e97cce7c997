package app.headlight.web.collections;

import app.headlight.ground.people.NotAllowedException;
import app.headlight.ground.people.SignedIn;
import app.headlight.services.findings.FindingCollection;
import app.headlight.services.findings.FindingCollections;
import app.headlight.services.findings.NotFoundException;
import app.headlight.services.findings.Presentation;
import app.headlight.services.findings.Presentations;
import app.headlight.services.findings.Slide;
import app.headlight.web.component.PresenterClock;
import app.headlight.web.component.SlideStage;
import app.headlight.web.component.SlideStage.Move;
import com.vaadin.flow.component.DetachEvent;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import jakarta.annotation.security.RolesAllowed;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The presenter's window: the notes of the slide that is shown, the next slide, the time, and the buttons to move. */
@Route(value = "present/:collection/notes", autoLayout = false)
@PageTitle("Headlight · Presenter’s notes")
@RolesAllowed("MEMBER")
public class NotesView extends Main implements BeforeEnterObserver {

    private final transient FindingCollections collections;
    private final transient Presentations presentations;
    private final transient SignedIn signedIn;
    private final transient Following following;
    private final SlideStage stage = new SlideStage();
    private final PresenterClock clock = new PresenterClock();
    private final Span number = new Span();
    private final H1 title = new H1();
    private final Div notes = new Div();
    private final Paragraph then = new Paragraph();
    private transient @Nullable Presentation now;

    NotesView(FindingCollections collections, Presentations presentations, SignedIn signedIn) {
        this.collections = collections;
        this.presentations = presentations;
        this.signedIn = signedIn;
        following = new Following(presentations, this::moved);
        addClassName("hl-presenter-notes");
        number.setId("slide-number");
        notes.setId("notes");
        notes.addClassName("hl-notes");
        then.setId("next-title");
        then.addClassName("hl-next-slide");
        Button back = SlideShow.button("‹ Back");
        back.setId("slide-back");
        back.addClickListener(event -> move(Move.BACK));
        Button next = SlideShow.button("Next ›");
        next.setId("slide-next");
        next.addClickListener(event -> move(Move.NEXT));
        stage.addMoveListener(event -> move(event.move()));
        Div bar = new Div(clock, number, back, next);
        bar.addClassName("hl-slide-bar");
        stage.add(bar, title, notes, then);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        removeAll();
        PresentAddress asked = PresentAddress.of(event);
        Optional<Presentation> going = presentations.find(asked.code());
        if (going.isEmpty()) {
            add(Nothing.presentation());
            return;
        }
        if (going.get().presenter() != signedIn.requireMember().id()) {
            add(new Nothing(
                    "The notes of a presentation are its presenter’s.",
                    LiveView.PATH + "/" + asked.code(),
                    "Follow the presentation"));
            return;
        }
        add(stage);
        following.begin(event.getUI(), asked.code());
        clock.start(Duration.between(going.get().startedAt(), OffsetDateTime.now()));
        now = null;
        moved(presentations.find(asked.code()));
    }

    private void move(Move move) {
        if (now == null) {
            return;
        }
        int count = collections
                .find(now.collection())
                .map(collection -> collection.slides().size())
                .orElse(0);
        try {
            moved(Optional.of(presentations.show(signedIn.requireMember(), now.code(), move.from(now.slide(), count))));
        } catch (NotFoundException | NotAllowedException over) {
            moved(Optional.empty());
        }
    }

    private void moved(Optional<Presentation> told) {
        if (told.isPresent() && now != null && told.get().moves() < now.moves()) {
            return;
        }
        now = told.orElse(null);
        List<Slide> slides = told.flatMap(presentation -> collections.find(presentation.collection()))
                .map(FindingCollection::slides)
                .orElse(List.of());
        if (now == null || slides.isEmpty()) {
            following.end();
            removeAll();
            add(new Nothing("The presentation has ended.", CollectionsView.PATH, "See all collections"));
            return;
        }
        int index = Math.min(now.slide(), slides.size() - 1);
        Slide slide = slides.get(index);
        number.setText((index + 1) + " / " + slides.size());
        title.setText(slide.finding().content().title());
        notes.removeAll();
        notes.add(
                slide.notes().isBlank()
                        ? new Paragraph("This slide has no notes; write some on the page of the collection.")
                        : FindingText.live(slide.notes()));
        then.setText(
                index + 1 < slides.size()
                        ? "Next: " + slides.get(index + 1).finding().content().title()
                        : "This is the last slide.");
    }

    @Override
    protected void onDetach(DetachEvent event) {
        following.end();
    }
}
