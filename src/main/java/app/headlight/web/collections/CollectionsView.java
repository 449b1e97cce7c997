package app.headlight.web.collections;

import app.headlight.ground.people.SignedIn;
import app.headlight.services.findings.FindingCollection;
import app.headlight.services.findings.FindingCollections;
import app.headlight.web.component.Forms;
import app.headlight.web.component.Trouble;
import app.headlight.web.page.Leaving;
import app.headlight.web.security.SignInLink;
import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.router.Menu;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import java.util.List;

/** The page of all collections. */
@Route(CollectionsView.PATH)
@PageTitle("Headlight · Collections")
@Menu(title = "Collections", order = 5)
public class CollectionsView extends Main {

    static final String PATH = "collections";

    private final transient FindingCollections collections;
    private final transient SignedIn signedIn;
    private final TextField title = new TextField();
    private final Trouble trouble = new Trouble();

    CollectionsView(FindingCollections collections, SignedIn signedIn) {
        this.collections = collections;
        this.signedIn = signedIn;
        addClassName("hl-collections");
        Paragraph about = new Paragraph("Findings in an order: to be read, printed as a handout, and presented.");
        about.addClassName("hl-muted");
        add(new Div(new H1("Collections"), about), signedIn.member().isPresent() ? maker() : invitation(), list());
    }

    private Div maker() {
        title.setPlaceholder("Title of a new collection");
        title.setAriaLabel("Title of a new collection");
        title.setId("new-collection");
        Leaving.askWhile(title, () -> !title.isEmpty());
        title.addKeyPressListener(Key.ENTER, event -> make());
        Button make = SlideShow.button("Make a collection");
        make.setId("make-collection");
        make.addClickListener(event -> make());
        Div maker = new Div(title, make, trouble);
        maker.addClassName("hl-collection-maker");
        return maker;
    }

    private static Paragraph invitation() {
        Paragraph invitation =
                new Paragraph(new SignInLink("Sign in"), new Span(" as a member to make one of your own."));
        invitation.addClassName("hl-muted");
        return invitation;
    }

    private void make() {
        trouble.tried(() -> {
            long id = collections
                    .create(signedIn.requireMember(), title.getValue())
                    .id();
            title.clear();
            Forms.forget(PATH);
            getUI().ifPresent(ui -> ui.navigate(PATH + "/" + id));
        });
    }

    private Div list() {
        List<FindingCollection> all = collections.all();
        Div list = new Div();
        list.setId("collections");
        list.addClassName("hl-list");
        if (all.isEmpty()) {
            Paragraph none = new Paragraph(
                    signedIn.member().isPresent()
                            ? "There is no collection yet. Make one above, then add findings to it: each becomes a"
                                    + " slide."
                            : "There is no collection yet.");
            none.addClassName("hl-empty");
            list.add(none);
        }
        for (FindingCollection collection : all) {
            Anchor name = new Anchor(PATH + "/" + collection.id(), collection.title());
            Span more = new Span(
                    findings(collection) + " · by " + collection.owner().name());
            more.addClassName("hl-muted");
            Div text = new Div(name, more);
            text.addClassName("hl-list-text");
            Div row = new Div(text);
            row.addClassName("hl-list-row");
            list.add(row);
        }
        Div panel = new Div(list);
        panel.addClassName("hl-panel");
        return panel;
    }

    static String findings(FindingCollection collection) {
        int count = collection.slides().size();
        return count == 0 ? "no findings yet" : count == 1 ? "one finding" : count + " findings";
    }
}
