package app.headlight.web.findings;

import app.headlight.services.findings.Content;
import app.headlight.services.findings.Finding;
import app.headlight.services.findings.Weights;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;

/** A row of the list of findings: its title, what it is about, who wrote it, and what others say of it. */
public class FindingRow extends Div {

    public FindingRow(Finding finding) {
        Content content = finding.content();
        addClassName("hl-finding-row");
        getElement().setAttribute("data-finding", String.valueOf(finding.id()));
        Anchor title = new Anchor(FindingView.address(finding.id()), content.title());
        title.addClassName("hl-finding-title");
        Div first = new Div(title);
        first.addClassName("hl-finding-line");
        if (!content.kind().isEmpty()) {
            first.add(badge(content.kind()));
        }
        finding.claims().first().ifPresent(verdict -> first.add(ClaimBadge.of(finding.claims())));
        Span about = new Span(
                InWords.subject(content.subject()) + " · " + finding.by() + " · " + InWords.time(finding.editedAt()));
        about.addClassName("hl-muted");
        Span reactions = new Span(InWords.reactions(finding));
        reactions.addClassNames("hl-muted", "hl-reactions");
        Div second = new Div(about, reactions);
        second.addClassName("hl-finding-line");
        if (!finding.weights().inWords().isEmpty()) {
            second.add(warning(finding.weights()));
        }
        content.tags().forEach(tag -> second.add(tag(tag)));
        add(first, second);
    }

    private static Span warning(Weights weights) {
        Span warning = new Span(weights.inWords());
        warning.addClassName("hl-trouble");
        return warning;
    }

    static Span badge(String text) {
        Span badge = new Span(text);
        badge.addClassName("hl-badge");
        return badge;
    }

    /** Leads to the findings that have it too. */
    static Anchor tag(String tag) {
        Anchor link = new Anchor(ListAddress.FIRST.with(ListAddress.TAG, tag).href(), "#" + tag);
        link.addClassName("hl-tag");
        return link;
    }
}
