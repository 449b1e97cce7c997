package app.headlight.web.findings;

import app.headlight.ground.people.Account;
import app.headlight.ground.people.SignedIn;
import app.headlight.services.claims.Claim;
import app.headlight.services.claims.Claims;
import app.headlight.services.claims.Statement;
import app.headlight.services.findings.Finding;
import app.headlight.services.findings.FindingClaims;
import app.headlight.services.jobs.Job;
import app.headlight.services.verdicts.ClaimMeasurements;
import app.headlight.web.component.Forms;
import app.headlight.web.component.Trouble;
import app.headlight.web.page.Leaving;
import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.UIDetachedException;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.TextField;
import java.util.List;
import java.util.Optional;

/** What a finding says that can be measured, and what was measured of it. */
class ClaimsPanel extends Div {

    private final transient FindingClaims own;
    private final transient Claims claims;
    private final transient ClaimMeasurements measurements;
    private final transient SignedIn signedIn;
    private final transient Runnable changed;
    private final H2 heading = new H2();
    private final Div list = new Div();
    private final Span job = new Span();
    private final Button again = new Button("Measure again with other seeds", event -> measureAgain());
    private final Button stop = new Button("Stop", event -> stop());
    private final TextField another = new TextField();
    private final Div adding;
    private final Trouble trouble = new Trouble();
    private long id;
    private volatile boolean measuring;
    private transient Runnable stopListening = () -> {};

    /** @param changed called after one's own change */
    ClaimsPanel(FindingClaims own, Claims claims, ClaimMeasurements measurements, SignedIn signedIn, Runnable changed) {
        this.own = own;
        this.claims = claims;
        this.measurements = measurements;
        this.signedIn = signedIn;
        this.changed = changed;
        addClassNames("hl-panel", "hl-claims");
        setId("claims-panel");
        list.addClassName("hl-list");
        again.setId("measure-again");
        again.addThemeVariants(ButtonVariant.LUMO_SMALL);
        stop.setId("stop-measuring");
        stop.addThemeVariants(ButtonVariant.LUMO_SMALL);
        job.addClassName("hl-muted");
        job.setId("measuring");
        job.getElement().setAttribute("role", "status");
        Div line = new Div(again, job, stop);
        line.addClassName("hl-finding-line");
        another.setId("another-claim");
        another.setAriaLabel("Another claim");
        another.setPlaceholder("score(L1H3, induction) >= 0.8");
        another.addKeyPressListener(Key.ENTER, event -> add());
        Leaving.askWhile(another, () -> !another.getValue().isBlank());
        Button add = new Button("Claim", event -> add());
        add.setId("add-claim");
        adding = new Div(another, add);
        adding.addClassName("hl-claim-form");
        add(heading, list, line, adding, trouble);
        addAttachListener(event -> listen(event.getUI()));
        addDetachListener(event -> stopListening.run());
    }

    void show(Finding finding) {
        if (finding.id() != id) {
            id = finding.id();
            another.clear();
            Forms.name(this, "claim of finding " + id);
        }
        List<Claim> all = claims.of(id);
        Optional<Account> member = signedIn.member();
        boolean author = member.filter(finding::mayBeEditedBy).isPresent();
        setVisible(author || !all.isEmpty());
        heading.removeAll();
        heading.add(finding.claims().total() == 0 ? new Span("No claims to measure") : ClaimBadge.of(finding.claims()));
        list.removeAll();
        all.forEach(claim -> list.add(row(claim, author)));
        list.setVisible(!all.isEmpty());
        adding.setVisible(author);
        again.setVisible(member.isPresent() && finding.claims().total() > 0);
        showJob();
    }

    private Div row(Claim claim, boolean author) {
        Div first = new Div(ClaimBadge.of(claim.verdict()), new ClaimText(claim.statement()));
        first.addClassName("hl-finding-line");
        Div row = new Div(first);
        row.addClassName("hl-claim-row");
        row.getElement().setAttribute("data-claim", String.valueOf(claim.id()));
        if (claim.isWithdrawn()) {
            row.addClassName("hl-withdrawn");
            row.add(quiet("Withdrawn on " + InWords.time(claim.withdrawnAt()) + "; it stays to be seen."));
        }
        boolean drawn = claim.statement().measure().isDrawn();
        claim.now()
                .ifPresent(now -> row.add(quiet(now.inWords()
                        + (drawn ? "" : ", of the weights alone: no seed changes it")
                        + (now.impossible() > 0 && now.count() > 0 ? "; " + now.impossible() + " seeds gave none" : "")
                        + " · " + InWords.time(now.lastAt()) + " · weights " + mark(now.modelHash()))));
        claim.before()
                .forEach(before -> row.add(quiet("On the weights that the model had before (" + mark(before.modelHash())
                        + "): " + claim.verdict(before).words() + ", " + before.inWords() + " · "
                        + InWords.time(before.lastAt()))));
        if (claim.told() != null) {
            row.add(quiet(
                    "The file that it came from says: " + claim.told() + ". Nobody here has seen that measured."));
        }
        if (author && !claim.isWithdrawn()) {
            Button withdraw = new Button("Withdraw", event -> withdraw(claim.id()));
            withdraw.addThemeVariants(ButtonVariant.LUMO_SMALL, ButtonVariant.LUMO_TERTIARY_INLINE);
            withdraw.setAriaLabel("Withdraw " + claim.statement());
            row.add(withdraw);
        }
        return row;
    }

    /** Weights in a few letters, as people tell two of them apart. */
    private static String mark(String hash) {
        return hash.substring(0, 8);
    }

    private void showJob() {
        Optional<Job> last = measurements.job(id);
        measuring = last.filter(each -> each.state().isOpen()).isPresent();
        again.setEnabled(!measuring);
        stop.setVisible(measuring
                && signedIn.member()
                        .filter(member -> mayStop(member, last.get()))
                        .isPresent());
        job.setText(last.map(this::inWords).orElse(""));
    }

    private static boolean mayStop(Account member, Job job) {
        return member.mayChange(job.ownerId());
    }

    private String inWords(Job job) {
        return switch (job.state()) {
            case QUEUED -> "Waits to be measured.";
            case RUNNING ->
                "Being measured"
                        + measurements.progress(job).map(now -> ": " + now).orElse("") + ".";
            case PAUSED, DONE -> "";
            case STOPPED -> "Stopped before every claim was measured.";
            case FAILED -> "Not measured: " + job.message();
        };
    }

    private void add() {
        if (trouble.tried(() -> own.add(signedIn.requireMember(), id, List.of(Statement.parse(another.getValue()))))) {
            another.clear();
            changed.run();
        }
    }

    private void withdraw(long claim) {
        trouble.tried(() -> {
            own.withdraw(signedIn.requireMember(), id, claim);
            changed.run();
        });
    }

    private void measureAgain() {
        trouble.tried(() -> {
            measurements.measure(signedIn.requireMember(), id);
            changed.run();
        });
    }

    private void stop() {
        trouble.tried(() -> {
            measurements.stop(signedIn.requireMember(), id);
            changed.run();
        });
    }

    private void listen(UI ui) {
        stopListening.run();
        stopListening = measurements.listen(() -> {
            if (measuring) {
                try {
                    ui.access(this::showJob);
                } catch (UIDetachedException hasBeenLeft) {
                    measuring = false;
                }
            }
        });
    }

    private static Div quiet(String words) {
        Div quiet = new Div(words);
        quiet.addClassName("hl-muted");
        return quiet;
    }
}
