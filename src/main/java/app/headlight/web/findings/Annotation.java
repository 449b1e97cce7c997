package app.headlight.web.findings;

import app.headlight.ground.people.SignedIn;
import app.headlight.services.claims.Statement;
import app.headlight.services.findings.Finding;
import app.headlight.services.findings.FindingClaims;
import app.headlight.services.findings.FindingQuery;
import app.headlight.services.findings.FindingSearch;
import app.headlight.services.findings.Subject;
import app.headlight.web.component.Trouble;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import java.util.List;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** The form of a new finding, and the findings about the same subject. */
class Annotation extends Div {

    private static final int LISTED = 10;

    private final transient FindingClaims findings;
    private final transient FindingSearch search;
    private final transient SignedIn signedIn;
    private final ContentForm form;
    private final Trouble trouble = new Trouble();
    private final Div saved = new Div();
    private final Div moved = new Div();
    private final H2 others = new H2();
    private final Div list = new Div();
    private transient List<Offered> offered = List.of();
    private String view = "";

    /** @param name of the form, by which the browser keeps what is typed */
    Annotation(
            String name,
            FindingClaims findings,
            FindingSearch search,
            SignedIn signedIn,
            FilterChoices choices,
            Live live,
            Runnable close) {
        this.findings = findings;
        this.search = search;
        this.signedIn = signedIn;
        form = new ContentForm(choices.kindsToGive(), name).withClaims();
        addClassNames("hl-panel", "hl-annotate-inner");
        NativeButton closing = new NativeButton("✕", event -> close.run());
        closing.setAriaLabel("Close");
        closing.addClassName("hl-close");
        Div heading = new Div(new H2("Annotate"), closing);
        heading.addClassName("hl-finding-line");
        Button take = new Button("Use the view as it is now", event -> take());
        take.addThemeVariants(ButtonVariant.LUMO_SMALL);
        moved.add(new Span("The view has changed since you began."), take);
        moved.addClassNames("hl-muted", "hl-finding-line");
        moved.setVisible(false);
        saved.addClassName("hl-saved");
        saved.getElement().setAttribute("role", "status");
        Button save = new Button("Save finding", event -> save());
        save.setId("save-finding");
        save.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
        list.setId("findings-here");
        form.addSubjectListener(this::showList);
        add(heading, form, moved, new Div(save), trouble, saved, others, list);
        live.keep(this, change -> change.model().equals(form.subject().model()), this::showList);
    }

    /** Sets the subject, unless something has been typed already. */
    void begin(List<Offered> subjects, Offered subject, String address) {
        saved.removeAll();
        if (form.isTouched()) {
            follow(subjects, address);
        } else {
            offered = subjects;
            view = address;
            fill(subject);
        }
        form.focusTitle();
    }

    /** The view has changed; the subject of a finding that is being written stays the same. */
    void follow(List<Offered> subjects, String address) {
        boolean same = offered.equals(subjects) && view.equals(address);
        offered = subjects;
        view = address;
        if (same && form.isTouched()) {
            return;
        }
        if (form.isTouched()) {
            moved.setVisible(true);
        } else {
            take();
        }
    }

    /** Adds a claim to the finding that is being written. */
    void claim(Statement statement) {
        form.claim(statement);
    }

    private void take() {
        fill(Offered.first(offered, form.subject().sort()));
    }

    private void fill(Offered subject) {
        form.offer(offered, subject.subject(), view, false);
        moved.setVisible(false);
        showList();
    }

    private void save() {
        saved.removeAll();
        trouble.tried(() -> {
            Finding finding = findings.add(signedIn.requireMember(), form.read(), form.claims());
            Subject subject = finding.content().subject();
            form.begin();
            fill(offered.stream()
                    .filter(each -> each.subject().equals(subject))
                    .findFirst()
                    .orElse(Offered.first(offered, subject.sort())));
            saved.add(
                    new Span("Saved: "),
                    new Anchor(
                            FindingView.address(finding.id()), finding.content().title()));
        });
    }

    private void showList() {
        Subject subject = form.subject();
        list.removeAll();
        boolean head = !subject.heads().isEmpty();
        others.setText("Findings about " + (head ? subject.heads().getLast() + " of " : "") + subject.model());
        try {
            FindingQuery ofModel = FindingQuery.of(subject.model(), LISTED);
            List<Finding> there = search.page(
                            head ? ofModel.withHead(subject.heads().getLast()) : ofModel)
                    .findings();
            if (there.isEmpty()) {
                Paragraph none = new Paragraph("None yet: yours is the first.");
                none.addClassName("hl-muted");
                list.add(none);
            }
            there.forEach(finding -> list.add(new FindingRow(finding)));
        } catch (DataAccessException | TransactionException gone) {
            list.add(new Paragraph("The database cannot be reached at the moment."));
        }
    }
}
