package app.headlight.web.findings;

import app.headlight.ground.people.Account;
import app.headlight.ground.people.SignedIn;
import app.headlight.services.findings.Discussion;
import app.headlight.services.findings.Finding;
import app.headlight.services.findings.Limits;
import app.headlight.services.findings.Vote;
import app.headlight.web.component.Forms;
import app.headlight.web.component.Trouble;
import app.headlight.web.page.Leaving;
import app.headlight.web.security.SignInLink;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.TextField;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who confirms a finding, who disputes it, and why. */
class VotePanel extends Div {

    private final transient Discussion discussion;
    private final transient SignedIn signedIn;
    private final transient Runnable changed;
    private final H2 heading = new H2();
    private final Div list = new Div();
    private final TextField reason = new TextField();
    private final Div asking;
    private final Div own = new Div();
    private final Trouble trouble = new Trouble();
    private long id;
    private int version;

    /** @param changed called after one's own vote */
    VotePanel(Discussion discussion, SignedIn signedIn, Runnable changed) {
        this.discussion = discussion;
        this.signedIn = signedIn;
        this.changed = changed;
        addClassName("hl-panel");
        setId("votes");
        list.addClassName("hl-list");
        reason.setId("reason");
        reason.setAriaLabel("Why");
        reason.setPlaceholder("Why? (whoever disputes has to say)");
        LimitedField.watch(reason, Limits.REASON);
        Leaving.askWhile(reason, () -> !reason.getValue().isBlank());
        Button confirm = button("Confirm", "confirm", () -> vote(true));
        Button dispute = button("Dispute", "dispute", () -> vote(false));
        Div buttons = new Div(confirm, dispute);
        buttons.addClassName("hl-finding-line");
        asking = new Div(reason, buttons);
        asking.addClassName("hl-recipe");
        own.addClassName("hl-finding-line");
        add(heading, list, asking, own, trouble);
    }

    /** @param read the number of the version that is read */
    void show(Finding finding, int read) {
        version = read;
        if (finding.id() != id) {
            id = finding.id();
            reason.clear();
            Forms.name(this, "vote on finding " + id);
        }
        List<Vote> votes = discussion.votes(id);
        heading.setText(
                votes.isEmpty()
                        ? "Nobody has confirmed or disputed it yet"
                        : finding.confirmations() + " confirm it, " + finding.disputes() + " dispute it");
        list.removeAll();
        votes.forEach(vote -> list.add(row(vote, finding.version())));
        list.setVisible(!votes.isEmpty());
        Optional<Account> member = signedIn.member();
        boolean others = member.isPresent() && !finding.isBy(member.get().id());
        asking.setVisible(others);
        own.removeAll();
        if (member.isEmpty()) {
            own.add(
                    signedIn.isStranger()
                            ? new SignInLink("Sign in to confirm, dispute or comment")
                            : quiet("You are a reader here; members confirm and dispute."));
        } else if (!others) {
            own.add(quiet("It is yours: others confirm or dispute it."));
        } else {
            long account = member.get().id();
            votes.stream()
                    .filter(vote -> Long.valueOf(account).equals(vote.voter().account()))
                    .findFirst()
                    .ifPresent(mine -> own.add(
                            quiet(mine.confirms() ? "You confirm it." : "You dispute it."),
                            button("Withdraw", "withdraw", this::withdraw)));
        }
    }

    private void vote(boolean confirms) {
        if (trouble.tried(() -> discussion.vote(signedIn.requireMember(), id, version, confirms, reason.getValue()))) {
            reason.clear();
            changed.run();
        }
    }

    private void withdraw() {
        if (trouble.tried(() -> discussion.withdrawVote(signedIn.requireMember(), id))) {
            changed.run();
        }
    }

    private static Div row(Vote vote, int present) {
        Span what = new Span(vote.voter().name() + (vote.confirms() ? " confirms it" : " disputes it"));
        what.addClassName(vote.confirms() ? "hl-confirms" : "hl-disputes");
        Div row = new Div(what);
        if (!vote.reason().isEmpty()) {
            row.add(new Span(vote.reason()));
        }
        row.add(quiet(about(vote.version(), present) + InWords.time(vote.madeAt())));
        row.addClassNames("hl-list-text", "hl-said");
        return row;
    }

    private static String about(@Nullable Integer version, int present) {
        if (version == null) {
            return "";
        }
        return version == present
                ? "about version " + version + " · "
                : "about version " + version + ", the present one is " + present + " · ";
    }

    private static Span quiet(String text) {
        Span quiet = new Span(text);
        quiet.addClassName("hl-muted");
        return quiet;
    }

    private static Button button(String text, String id, Runnable action) {
        Button button = new Button(text, event -> action.run());
        button.addThemeVariants(ButtonVariant.LUMO_SMALL);
        button.setId(id);
        return button;
    }
}
