package app.headlight.web.findings;

import app.headlight.services.findings.Content;
import app.headlight.services.findings.Version;
import app.headlight.web.page.MarkdownText;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;

/** The text of a finding to read, of the present version or of an earlier one. */
class FindingText extends Div {

    FindingText(Version version) {
        Content content = version.content();
        addClassName("hl-finding-text");
        Span about = new Span(InWords.subject(content.subject()));
        about.setId("subject");
        Div subject = new Div(new Span("About "), about);
        if (!content.kind().isEmpty()) {
            subject.add(FindingRow.badge(content.kind()));
        }
        subject.addClassName("hl-finding-line");
        Div quiet = new Div(new Span(
                "Version " + version.number() + " by " + version.editor().name() + ", " + InWords.time(version.madeAt())
                        + " · the author is " + content.confidence() + " % sure"));
        quiet.addClassNames("hl-muted", "hl-finding-line");
        content.tags().forEach(tag -> quiet.add(FindingRow.tag(tag)));
        add(new H1(content.title()), subject, quiet);
        String weights = version.weights().inWords();
        if (!weights.isEmpty()) {
            Div notice = new Div(weights + " What is drawn below is not what the text is about.");
            notice.addClassName("hl-notice");
            notice.setId("weights");
            add(notice);
        }
        add(new LivePicture(content.view()));
        if (content.markdown().isBlank()) {
            Paragraph nothing = new Paragraph("Nothing more was written.");
            nothing.addClassName("hl-muted");
            add(nothing);
        } else {
            add(new MarkdownText(content.markdown()));
        }
    }
}
