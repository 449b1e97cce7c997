package app.headlight.web.findings;

import app.headlight.ground.people.Account;
import app.headlight.ground.people.Accounts;
import app.headlight.ground.people.SignedIn;
import app.headlight.services.claims.Claims;
import app.headlight.services.findings.Discussion;
import app.headlight.services.findings.Finding;
import app.headlight.services.findings.FindingClaims;
import app.headlight.services.findings.Findings;
import app.headlight.services.findings.NotFoundException;
import app.headlight.services.findings.Reactions;
import app.headlight.services.findings.Version;
import app.headlight.services.verdicts.ClaimMeasurements;
import app.headlight.web.component.Forms;
import app.headlight.web.component.Trouble;
import app.headlight.web.people.AccountMenu;
import app.headlight.web.view.Address;
import app.headlight.web.view.Parameter;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.confirmdialog.ConfirmDialog;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Route;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * The page of one finding: its text, the votes and comments, and its versions. The address names the finding, and
 * perhaps a version.
 */
@Route(ListAddress.PATH + "/:finding")
public class FindingView extends Main implements BeforeEnterObserver, HasDynamicTitle {

    /** Which version is read; 0: the present one. */
    static final Parameter<Integer> VERSION = Parameter.whole("version", 0);

    private final transient Findings findings;
    private final transient SignedIn signedIn;
    private final transient FilterChoices choices;
    private final Div gone = new Div();
    private final Div text = new Div();
    private final Div actions = new Div();
    private final Div editing = new Div();
    private final Trouble trouble = new Trouble();
    private final transient Reactions reactions;
    private final AccountMenu menu;
    private final AuthorsPanel authors;
    private final ClaimsPanel claims;
    private final VotePanel votes;
    private final CommentsPanel comments;
    private final VersionsPanel versions = new VersionsPanel();
    private final Div columns = new Div();
    private long id;
    /** The number of the version that is asked for; 0: the present one. */
    private int asked;
    /** What is drawn in {@link #text}, since its picture is not to be loaded anew for every comment. */
    private transient @Nullable List<Object> drawn;

    private String title = "Finding";

    FindingView(
            Findings findings,
            Discussion discussion,
            Reactions reactions,
            Accounts accounts,
            SignedIn signedIn,
            FilterChoices choices,
            AccountMenu menu,
            FindingClaims own,
            Claims made,
            ClaimMeasurements measurements,
            Live live) {
        claims = new ClaimsPanel(own, made, measurements, signedIn, this::show);
        this.reactions = reactions;
        this.menu = menu;
        authors = new AuthorsPanel(findings, accounts, signedIn, this::show);
        this.findings = findings;
        this.signedIn = signedIn;
        this.choices = choices;
        votes = new VotePanel(discussion, signedIn, this::show);
        comments = new CommentsPanel(discussion, signedIn, this::show);
        addClassName("hl-finding");
        gone.addClassNames("hl-panel", "hl-empty");
        gone.setId("gone");
        text.addClassName("hl-panel");
        text.setId("finding");
        actions.addClassName("hl-finding-line");
        Div left = new Div(editing, text, actions, trouble);
        left.addClassName("hl-finding-column");
        Div right = new Div(claims, votes, comments, authors, versions);
        right.addClassName("hl-finding-column");
        columns.add(left, right);
        columns.addClassName("hl-finding-columns");
        add(gone, columns);
        live.keep(this, change -> change.finding() == id, this::show);
    }

    /** Of the page of a finding. */
    public static String address(long finding) {
        return address(finding, VERSION.usual());
    }

    static String address(long finding, int version) {
        return new Address(ListAddress.PATH + "/" + finding, List.of())
                .with(VERSION, version)
                .toString();
    }

    @Override
    public String getPageTitle() {
        return "Headlight · " + title;
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        String name = event.getRouteParameters().get("finding").orElse("");
        long entered = name.matches("\\d{1,18}") ? Long.parseLong(name) : 0;
        if (entered != id) {
            editing.removeAll();
            drawn = null;
            id = entered;
            Forms.reopen(this, editor(), this::reopen);
        }
        asked = VERSION.in(event.getLocation());
        show();
    }

    private void show() {
        try {
            Optional<Finding> found = findings.find(id);
            gone.removeAll();
            gone.setVisible(found.isEmpty());
            found.ifPresentOrElse(this::show, this::explain);
        } catch (NotFoundException deletedMeanwhile) {
            explain();
        } catch (DataAccessException | TransactionException noDatabase) {
            say("The database cannot be reached", "Open this page again in a while; what you typed here stays.");
        }
    }

    private void show(Finding finding) {
        columns.setVisible(true);
        title = finding.content().title();
        List<Version> all = findings.versions(id);
        Version shown = all.stream()
                .filter(version -> version.number() == asked)
                .findFirst()
                .orElse(all.getFirst());
        List<Object> wanted = List.of(id, shown, all.size());
        if (!wanted.equals(drawn)) {
            drawn = wanted;
            draw(shown, all);
        }
        claims.show(finding);
        votes.show(finding, shown.number());
        editing.getChildren().forEach(form -> ((EditPanel) form).tell(all.getFirst()));
        comments.show(id);
        authors.show(finding);
        see(finding);
        versions.show(id, all, shown.number());
        text.setVisible(editing.getComponentCount() == 0 || shown.number() != finding.version());
        actions.removeAll();
        boolean mayChange = signedIn.member()
                .filter(member -> finding.mayBeEditedBy(member))
                .isPresent();
        if (mayChange && editing.getComponentCount() == 0) {
            Button edit = new Button("Edit", event -> edit());
            edit.setId("edit-finding");
            Button delete = new Button("Delete", event -> confirmDelete());
            delete.setId("delete-finding");
            actions.add(edit, delete);
        }
    }

    /** An author who has the page open has seen what stands on it. */
    private void see(Finding finding) {
        signedIn.member().map(Account::id).filter(finding::isBy).ifPresent(account -> {
            try {
                reactions.see(account, id);
                menu.show();
            } catch (DataAccessException | TransactionException takesNothing) {
                // It is told again another time; the page is of use without.
            }
        });
    }

    private void draw(Version shown, List<Version> all) {
        text.removeAll();
        Version newest = all.getFirst();
        if (asked != 0 && asked != shown.number()) {
            text.add(notice("There is no version " + asked + " of this finding; the present one is shown."));
        } else if (shown != newest) {
            text.add(notice(
                    "This is version " + shown.number() + "; there is a later one, version " + newest.number() + "."));
        }
        text.add(new FindingText(shown));
        if (asked == shown.number() && shown.number() > 1) {
            Version before = all.get(all.indexOf(shown) + 1);
            text.add(
                    new H2("What changed since version " + before.number()),
                    DiffText.changes(Source.of(before.content()), Source.of(shown.content())));
        }
    }

    /** The form for editing this finding, to the browser. */
    private String editor() {
        return "editor of finding " + id;
    }

    private void reopen() {
        if (signedIn.member().isPresent() && editing.getComponentCount() == 0) {
            edit();
        }
    }

    private void edit() {
        trouble.tried(() -> {
            signedIn.requireMember();
            Forms.setOpen(editor(), true);
            findings.find(id).ifPresent(finding -> {
                editing.add(new EditPanel(finding, findings, signedIn, choices.kindsToGive(), this::stopEditing));
                asked = 0;
                show();
            });
        });
    }

    private void stopEditing() {
        Forms.setOpen(editor(), false);
        editing.removeAll();
        show();
    }

    private void confirmDelete() {
        ConfirmDialog dialog = new ConfirmDialog();
        dialog.setHeader("Delete this finding?");
        dialog.setText("It is hidden from everybody, with its versions and comments. An admin can bring it back.");
        dialog.setCancelable(true);
        dialog.setConfirmText("Delete finding");
        dialog.addConfirmListener(event -> {
            if (trouble.tried(() -> findings.delete(signedIn.requireMember(), id))) {
                show();
            }
        });
        dialog.open();
    }

    private void explain() {
        say("There is no such finding (any more)", "It may have been deleted by its author or an admin.");
    }

    /** In place of the finding; a text that is being edited stays where it is. */
    private void say(String heading, String words) {
        gone.removeAll();
        gone.add(new H2(heading), new Paragraph(words), new Anchor(ListAddress.PATH, "All findings"));
        gone.setVisible(true);
        columns.setVisible(editing.getComponentCount() > 0 || comments.isUnsent());
    }

    private static Div notice(String words) {
        Div notice = new Div(words);
        notice.addClassName("hl-notice");
        return notice;
    }
}
