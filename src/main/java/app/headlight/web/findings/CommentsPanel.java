package app.headlight.web.findings;

import app.headlight.ground.people.Account;
import app.headlight.ground.people.SignedIn;
import app.headlight.services.findings.Comment;
import app.headlight.services.findings.Discussion;
import app.headlight.services.findings.Limits;
import app.headlight.web.component.Forms;
import app.headlight.web.component.Trouble;
import app.headlight.web.page.Leaving;
import app.headlight.web.page.MarkdownText;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.TextArea;
import java.util.List;
import java.util.Optional;

/** The comments on a finding, and the form for another one. */
class CommentsPanel extends Div {

    private final transient Discussion discussion;
    private final transient SignedIn signedIn;
    private final transient Runnable changed;
    private final H2 heading = new H2();
    private final Div list = new Div();
    private final TextArea text = new TextArea();
    private final Trouble trouble = new Trouble();
    private long id;

    /** @param changed called after one's own comment */
    CommentsPanel(Discussion discussion, SignedIn signedIn, Runnable changed) {
        this.discussion = discussion;
        this.signedIn = signedIn;
        this.changed = changed;
        addClassNames("hl-panel", "hl-recipe");
        setId("comments");
        list.addClassName("hl-list");
        add(heading, list);
        if (signedIn.member().isPresent()) {
            text.setId("comment");
            text.setAriaLabel("Comment");
            text.setPlaceholder("Comment, in Markdown");
            LimitedField.watch(text, Limits.COMMENT);
            Leaving.askWhile(text, this::isUnsent);
            Button send = new Button("Comment", event -> send());
            send.setId("send-comment");
            send.addThemeVariants(ButtonVariant.LUMO_SMALL);
            add(text, new Div(send));
        }
        add(trouble);
    }

    boolean isUnsent() {
        return !text.getValue().isBlank();
    }

    void show(long finding) {
        if (finding != id) {
            id = finding;
            text.clear();
            Forms.name(this, "comment on finding " + finding);
        }
        List<Comment> comments = discussion.comments(finding);
        heading.setText(
                switch (comments.size()) {
                    case 0 -> "No comments yet";
                    case 1 -> "1 comment";
                    default -> comments.size() + " comments";
                });
        Optional<Account> member = signedIn.member();
        list.removeAll();
        comments.forEach(comment -> list.add(row(
                comment,
                member.filter(each -> each.mayChange(comment.author().account()))
                        .isPresent())));
    }

    private void send() {
        if (trouble.tried(() -> discussion.comment(signedIn.requireMember(), id, text.getValue()))) {
            text.clear();
            changed.run();
        }
    }

    private Div row(Comment comment, boolean mine) {
        Span who = new Span(comment.author().name() + ", " + InWords.time(comment.madeAt()));
        who.addClassName("hl-muted");
        Div first = new Div(who);
        first.addClassName("hl-finding-line");
        if (mine) {
            Button delete = new Button("Delete", event -> delete(comment));
            delete.addThemeVariants(ButtonVariant.LUMO_SMALL, ButtonVariant.LUMO_TERTIARY_INLINE);
            first.add(delete);
        }
        Div row = new Div(first, new MarkdownText(comment.text()));
        row.addClassNames("hl-list-text", "hl-said");
        return row;
    }

    private void delete(Comment comment) {
        if (trouble.tried(() -> discussion.deleteComment(signedIn.requireMember(), comment.finding(), comment.id()))) {
            changed.run();
        }
    }
}
