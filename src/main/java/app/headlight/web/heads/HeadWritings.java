package app.headlight.web.heads;

import app.headlight.engine.transformer.HeadId;
import app.headlight.services.claims.Claims;
import app.headlight.services.findings.Discussion;
import app.headlight.services.findings.Finding;
import app.headlight.services.findings.FindingPage;
import app.headlight.services.findings.FindingQuery;
import app.headlight.services.findings.FindingSearch;
import app.headlight.services.findings.Vote;
import app.headlight.web.findings.ClaimBadge;
import app.headlight.web.findings.ClaimText;
import app.headlight.web.findings.FindingRow;
import app.headlight.web.findings.FindingView;
import app.headlight.web.findings.ListAddress;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.spring.annotation.SpringComponent;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Scope;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** What people say of a head: claims with their verdicts, findings, and who disputes them and why. */
@SpringComponent
@Scope("prototype")
class HeadWritings extends Div {

    private static final int LISTED = 20;

    private final transient FindingSearch search;
    private final transient Claims claims;
    private final transient Discussion discussion;
    private final Div claimed = panel("claims");
    private final Div found = panel("findings");
    private final Div disputed = panel("disputes");
    private String model = "";
    private transient @Nullable HeadId head;

    HeadWritings(FindingSearch search, Claims claims, Discussion discussion) {
        this.search = search;
        this.claims = claims;
        this.discussion = discussion;
        addClassName("hl-head-column");
        add(claimed, found, disputed);
    }

    /** Of the head that is shown; empty before one is. */
    String model() {
        return model;
    }

    void show(String model, HeadId head) {
        this.model = model;
        this.head = head;
        show();
    }

    /** Reads again what people say. */
    void show() {
        if (head == null) {
            return;
        }
        claimed.removeAll();
        found.removeAll();
        disputed.removeAll();
        try {
            FindingPage page = search.page(FindingQuery.of(model, LISTED).withHead(head));
            showClaims(head);
            showFindings(head, page);
            showDisputes(page.findings());
        } catch (DataAccessException | TransactionException noDatabase) {
            found.add(new Paragraph("The database cannot be reached. Open this page again in a while."));
        }
    }

    private void showClaims(HeadId of) {
        Claims.OfHead about = claims.ofHead(model, of, LISTED);
        claimed.add(new H2("Claims"));
        if (about.newest().isEmpty()) {
            claimed.add(quiet("Nobody claims anything of it yet. “claim this” beside a number begins a finding."));
        }
        if (about.standing().total() > LISTED) {
            claimed.add(quiet(about.standing().inWords() + ". The newest " + LISTED + ":"));
        }
        about.newest().forEach(claim -> {
            Div first = new Div(ClaimBadge.of(claim.verdict()), new ClaimText(claim.statement()));
            first.addClassName("hl-finding-line");
            Div second = new Div(
                    new Span(claim.now().map(now -> now.inWords() + " · ").orElse("")),
                    new Anchor(FindingView.address(claim.finding()), "finding " + claim.finding()),
                    new Span(" · " + claim.by()));
            second.addClassName("hl-muted");
            Div row = new Div(first, second);
            row.addClassName("hl-claim-row");
            claimed.add(row);
        });
    }

    private void showFindings(HeadId of, FindingPage page) {
        found.add(new H2("Findings"));
        if (page.total() == 0) {
            found.add(quiet("Nobody has written about it yet."));
        }
        Div list = new Div();
        list.addClassName("hl-finding-list");
        page.findings().forEach(finding -> list.add(new FindingRow(finding)));
        found.add(list);
        if (page.total() > page.findings().size()) {
            found.add(
                    new Anchor(ListAddress.ofHead(model, of).href(), "All " + page.total() + " findings about " + of));
        }
    }

    private void showDisputes(List<Finding> findings) {
        List<Finding> about =
                findings.stream().filter(finding -> finding.disputes() > 0).toList();
        disputed.setVisible(!about.isEmpty());
        disputed.add(new H2("Disputed"));
        for (Finding finding : about) {
            for (Vote vote : discussion.votes(finding.id())) {
                if (!vote.confirms()) {
                    Div why = new Div(
                            new Span(vote.voter().name() + " disputes "),
                            new Anchor(
                                    FindingView.address(finding.id()),
                                    "“" + finding.content().title() + "”"),
                            new Span(": " + vote.reason()));
                    why.addClassName("hl-dispute");
                    disputed.add(why);
                }
            }
        }
    }

    private static Paragraph quiet(String words) {
        Paragraph quiet = new Paragraph(words);
        quiet.addClassName("hl-muted");
        return quiet;
    }

    private static Div panel(String id) {
        Div panel = new Div();
        panel.setId("head-" + id);
        panel.addClassName("hl-panel");
        return panel;
    }
}
