package app.headlight.web.findings;

import app.headlight.services.findings.FindingChange.Sort;
import app.headlight.services.findings.Reaction;
import app.headlight.services.findings.Reactions;
import app.headlight.web.people.News;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import java.util.List;
import java.util.Set;

/** What others said of someone's findings. */
@org.springframework.stereotype.Component
class ReactionNews implements News {

    private static final int LISTED = 30;
    private static final Set<Sort> SAID = Set.of(Sort.COMMENT, Sort.VOTE, Sort.DELETED, Sort.EDITED);

    private final Reactions reactions;
    private final Live live;

    ReactionNews(Reactions reactions, Live live) {
        this.reactions = reactions;
        this.live = live;
    }

    @Override
    public int unseen(long account) {
        return reactions.unseen(account);
    }

    @Override
    public void keep(Component shown, Runnable show) {
        live.keep(shown, change -> SAID.contains(change.sort()), show);
    }

    @Override
    public Component list(long account) {
        Div list = new Div();
        list.addClassName("hl-list");
        show(list, account);
        keep(list, () -> show(list, account));
        Div panel = new Div(new H2("What others say of your findings"), list);
        panel.addClassName("hl-panel");
        panel.setId("news");
        return panel;
    }

    private void show(Div list, long account) {
        list.removeAll();
        List<Reaction> said = reactions.latest(account, LISTED);
        if (said.isEmpty()) {
            Paragraph nothing = new Paragraph("Nobody has said anything yet.");
            nothing.addClassName("hl-muted");
            list.add(nothing);
        }
        said.forEach(reaction -> list.add(row(reaction)));
    }

    private static Div row(Reaction reaction) {
        String what = switch (reaction.sort()) {
            case COMMENT -> " commented on ";
            case CONFIRMATION -> " confirms ";
            case DISPUTE -> " disputes ";
        };
        Div first = new Div(
                new Span(reaction.by().name() + what),
                new Anchor(FindingView.address(reaction.finding()), reaction.title()));
        if (!reaction.seen()) {
            first.add(FindingRow.badge("new"));
        }
        Span at = new Span(InWords.time(reaction.at()));
        at.addClassName("hl-muted");
        Div row = new Div(first, at);
        row.addClassNames("hl-list-text", "hl-said");
        return row;
    }
}
