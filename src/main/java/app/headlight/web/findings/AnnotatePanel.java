package app.headlight.web.findings;

import app.headlight.ground.people.SignedIn;
import app.headlight.services.claims.Statement;
import app.headlight.services.findings.FindingClaims;
import app.headlight.services.findings.FindingSearch;
import app.headlight.services.findings.Subject;
import app.headlight.services.measures.Measure;
import app.headlight.web.component.Forms;
import com.vaadin.flow.component.html.Aside;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.spring.annotation.SpringComponent;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Scope;

/**
 * The panel beside a view for writing a finding about what the view shows, with a list of those that exist. Each view
 * has its own, tells it at each change what could be annotated, and places its buttons. It keeps what was typed when it
 * is closed and opened again.
 */
@SpringComponent
@Scope("prototype")
public class AnnotatePanel extends Aside {

    /** Characters of a measure in a tooltip. */
    private static final int SHOWN = 120;

    private final transient FindingClaims findings;
    private final transient FindingSearch search;
    private final transient SignedIn signedIn;
    private final transient FilterChoices choices;
    private final transient Live live;
    private transient List<Offered> offered = List.of();
    private String view = "";
    private String place = "";
    /** Made when it is first opened: most pages never need it. */
    private @Nullable Annotation annotation;

    AnnotatePanel(FindingClaims findings, FindingSearch search, SignedIn signedIn, FilterChoices choices, Live live) {
        this.findings = findings;
        this.search = search;
        this.signedIn = signedIn;
        this.choices = choices;
        this.live = live;
        addClassName("hl-annotate");
        setId("annotate");
        setVisible(false);
    }

    /** What opens this panel; for those who may not write, what they can do about it. */
    public AnnotateButton opener() {
        return button(() -> open(offered.getFirst()));
    }

    /** The same for the offered subjects of one kind. */
    public AnnotateButton opener(Subject.Sort preferred) {
        return button(() -> open(Offered.first(offered, preferred)));
    }

    /**
     * A button beside a number that makes it a claim of a finding, with a bound that the number suggests; empty for those
     * who may not write.
     *
     * @param seen nothing is offered where it is not finite
     */
    public Optional<NativeButton> claimThis(Measure measure, double seen) {
        if (signedIn.member().isEmpty() || !Double.isFinite(seen)) {
            return Optional.empty();
        }
        Statement statement = Statement.suggested(measure, seen);
        NativeButton button = new NativeButton("claim this", event -> {
            open(Offered.about(offered, measure.heads()));
            Objects.requireNonNull(annotation).claim(statement);
        });
        button.addClassNames("hl-link", "hl-claim-this");
        button.setTitle("Write a finding that claims " + inShort(statement));
        button.setAriaLabel("claim this: " + inShort(statement));
        return Optional.of(button);
    }

    /** A circuit may have hundreds of edges, of which the first are told. */
    private static String inShort(Statement statement) {
        String measure = statement.measure().toString();
        return measure.length() <= SHOWN
                ? statement.toString()
                : measure.substring(0, SHOWN) + "…) " + statement.comparison().sign() + " " + statement.boundInWords();
    }

    /**
     * Tells the panel that the view has changed.
     *
     * @param subjects what a finding could be about, at least one; the most likely one first
     * @param address of the view exactly as it is
     */
    public void offer(List<Offered> subjects, String address) {
        String before = view;
        boolean same = offered.equals(subjects) && view.equals(address);
        offered = List.copyOf(subjects);
        view = address;
        if (isVisible() && !same && annotation != null) {
            annotation.follow(offered, view);
        } else if (before.isEmpty()) {
            Forms.reopen(this, form(), () -> open(offered.getFirst()));
        }
    }

    private void close() {
        setVisible(false);
        Forms.setOpen(form(), false);
    }

    /** Names the page that the panel stands on, where views of another page are annotated. */
    public void standOn(String page) {
        place = page;
    }

    /** One for each page: a finding that was begun in Explore is found there again. */
    private String form() {
        return "annotate in " + (place.isEmpty() ? view.replaceFirst("\\?.*", "") : place);
    }

    private AnnotateButton button(Runnable open) {
        return new AnnotateButton(signedIn.member().isPresent(), signedIn.isStranger(), open);
    }

    private void open(Offered subject) {
        if (annotation == null) {
            annotation = new Annotation(form(), findings, search, signedIn, choices, live, this::close);
            add(annotation);
        }
        setVisible(true);
        Forms.setOpen(form(), true);
        annotation.begin(offered, subject, view);
        // Where the panel stands under the page, on a phone, it would open out of sight.
        getElement()
                .executeJs("if (getComputedStyle(this).position === 'static') this.scrollIntoView({block: 'start'})");
    }
}
