package app.headlight.web.findings;

import app.headlight.findings.Author;
import app.headlight.findings.Content;
import app.headlight.web.MarkdownText;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import java.time.OffsetDateTime;

/** What someone wrote of a finding, to read: the present text, or an earlier one. */
class FindingText extends Div {

    FindingText(Content content, int version, Author by, OffsetDateTime at) {
        addClassName("hl-finding-text");
        Anchor about = new Anchor(content.view(), InWords.subject(content.subject()));
        about.setId("subject");
        Div subject = new Div(new Span("About "), about);
        if (!content.kind().isEmpty()) {
            subject.add(FindingRow.badge(content.kind()));
        }
        subject.addClassName("hl-finding-line");
        Div quiet = new Div(new Span("Version " + version + " by " + by.name() + ", " + InWords.time(at)
                + " · the author is " + content.confidence() + " % sure"));
        quiet.addClassNames("hl-muted", "hl-finding-line");
        content.tags().forEach(tag -> quiet.add(FindingRow.tag(tag)));
        add(new H1(content.title()), subject, quiet, new LivePicture(content.view()));
        if (content.markdown().isBlank()) {
            Paragraph nothing = new Paragraph("Nothing more was written.");
            nothing.addClassName("hl-muted");
            add(nothing);
        } else {
            add(new MarkdownText(content.markdown()));
        }
    }
}
