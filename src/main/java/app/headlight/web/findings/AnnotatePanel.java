package app.headlight.web.findings;

import app.headlight.findings.Finding;
import app.headlight.findings.FindingQuery;
import app.headlight.findings.FindingSearch;
import app.headlight.findings.Findings;
import app.headlight.findings.Subject;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Aside;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.BeforeLeaveEvent;
import com.vaadin.flow.router.BeforeLeaveObserver;
import com.vaadin.flow.spring.annotation.SpringComponent;
import java.util.List;
import org.springframework.context.annotation.Scope;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Beside a view: writes a finding about what the view shows, and lists those that there are. A view has one of its own,
 * tells it at each change what could be annotated, and places its buttons.
 */
@SpringComponent
@Scope("prototype")
public class AnnotatePanel extends Aside implements BeforeLeaveObserver {

    private static final int LISTED = 10;

    private final transient Findings findings;
    private final transient FindingSearch search;
    private final transient Members members;
    private final ContentForm form;
    private final Saving trouble = new Saving();
    private final Div saved = new Div();
    private final Div moved = new Div();
    private final H2 others = new H2();
    private final Div list = new Div();
    private final boolean mayWrite;
    private transient List<Offered> offered = List.of();
    private String view = "";

    AnnotatePanel(Findings findings, FindingSearch search, Members members, FilterChoices choices, Live live) {
        this.findings = findings;
        this.search = search;
        this.members = members;
        mayWrite = members.current().isPresent();
        form = new ContentForm(choices.kindsToGive());
        addClassName("hl-annotate");
        setId("annotate");
        setVisible(false);
        NativeButton close = new NativeButton("✕", event -> setVisible(false));
        close.setAriaLabel("Close");
        close.addClassName("hl-close");
        Div heading = new Div(new H2("Annotate"), close);
        heading.addClassName("hl-finding-line");
        Button take = new Button("Take the view as it is now", event -> take());
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
        Div inner = new Div(heading, form, moved, new Div(save), trouble, saved, others, list);
        inner.addClassNames("hl-panel", "hl-annotate-inner");
        add(inner);
        live.keep(
                this,
                change ->
                        offered.stream().anyMatch(each -> each.subject().model().equals(change.model())),
                this::showList);
    }

    @Override
    public void beforeLeave(BeforeLeaveEvent event) {
        Leaving.ask(event, isVisible() && form.isTouched());
    }

    /** What opens this panel; for those who may not write, what they can do about it. */
    public AnnotateButton opener() {
        return new AnnotateButton(
                mayWrite,
                members.isStranger(),
                () -> open(offered.getFirst().subject().sort()));
    }

    /** Likewise, about what is offered of one sort. */
    public AnnotateButton opener(Subject.Sort preferred) {
        return new AnnotateButton(mayWrite, members.isStranger(), () -> open(preferred));
    }

    /**
     * The view shows something else now.
     *
     * @param subjects what a finding could be about, at least one; the one that the view is most about first
     * @param address of the view exactly as it is
     */
    public void offer(List<Offered> subjects, String address) {
        boolean same = offered.equals(subjects) && view.equals(address);
        offered = List.copyOf(subjects);
        view = address;
        if (!isVisible() || same) {
            return;
        }
        if (form.isTouched()) {
            moved.setVisible(true);
        } else {
            take();
        }
    }

    private void open(Subject.Sort preferred) {
        if (!isVisible() || !form.isTouched()) {
            Offered first = offered.stream()
                    .filter(each -> each.subject().sort() == preferred)
                    .findFirst()
                    .orElse(offered.getFirst());
            form.offer(offered, first.subject(), view, false);
            moved.setVisible(false);
        }
        setVisible(true);
        showList();
        form.focusTitle();
        // Where the panel stands under the page, on a phone, it would open out of sight.
        getElement().executeJs("this.scrollIntoView({block: 'nearest'})");
    }

    private void take() {
        Subject.Sort sort = form.subject().sort();
        Offered first = offered.stream()
                .filter(each -> each.subject().sort() == sort)
                .findFirst()
                .orElse(offered.getFirst());
        form.offer(offered, first.subject(), view, false);
        moved.setVisible(false);
        showList();
    }

    private void save() {
        saved.removeAll();
        trouble.tried(() -> {
            Finding finding = findings.add(members.require(), form.read());
            form.begin();
            form.offer(offered, finding.content().subject(), view, false);
            moved.setVisible(false);
            saved.add(
                    new Span("Saved: "),
                    new Anchor(
                            FindingView.address(finding.id()), finding.content().title()));
            showList();
        });
    }

    private void showList() {
        if (!isVisible()) {
            return;
        }
        Subject subject = form.subject();
        list.removeAll();
        try {
            FindingQuery about = FindingQuery.of(subject.model(), LISTED);
            FindingQuery query = subject.heads().isEmpty()
                    ? about
                    : about.withHead(subject.heads().getLast());
            List<Finding> there = search.page(query).findings();
            String what = subject.heads().isEmpty()
                    ? subject.model()
                    : subject.heads().getLast() + " of " + subject.model();
            others.setText("Findings about " + what);
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
