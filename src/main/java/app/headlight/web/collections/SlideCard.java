package app.headlight.web.collections;

import app.headlight.services.findings.Content;
import app.headlight.services.findings.Finding;
import app.headlight.services.findings.Slide;
import app.headlight.web.view.EmbedAddress;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Article;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.IFrame;
import com.vaadin.flow.component.html.Paragraph;
import java.util.ArrayList;
import java.util.List;

/** A finding as a slide: its text and its view, which can be explored. */
class SlideCard extends Article {

    SlideCard(Slide slide) {
        Finding finding = slide.finding();
        Content content = finding.content();
        addClassName("hl-slide");
        getElement().setAttribute("data-finding", String.valueOf(finding.id()));
        Paragraph about = new Paragraph(about(finding));
        about.addClassName("hl-muted");
        Div text = new Div(new H1(content.title()), about);
        text.addClassName("hl-slide-text");
        if (!content.markdown().isBlank()) {
            text.add(FindingText.live(content.markdown()));
        }
        add(text);
        EmbedAddress.of(content.view())
                .ifPresentOrElse(
                        embed -> {
                            IFrame frame = new IFrame(embed);
                            frame.addClassName("hl-slide-view");
                            frame.getElement().setAttribute("title", "The view of this finding");
                            add(frame);
                        },
                        () -> {
                            Anchor view = new Anchor(content.view(), "Open the view of this finding");
                            view.getElement().setAttribute("target", "_blank");
                            view.getElement().setAttribute("rel", "noopener");
                            text.add(view);
                        });
    }

    /** What it is about, by whom, and what others say of it. */
    static String about(Finding finding) {
        Content content = finding.content();
        List<String> parts = new ArrayList<>();
        parts.add((content.subject().model() + " " + content.subject().which()).strip());
        if (!content.kind().isEmpty()) {
            parts.add(content.kind());
        }
        parts.add("by " + finding.by());
        if (finding.confirmations() > 0) {
            parts.add("confirmed by " + finding.confirmations());
        }
        if (finding.disputes() > 0) {
            parts.add("disputed by " + finding.disputes());
        }
        parts.add(finding.weights().inWords());
        parts.removeIf(String::isEmpty);
        return String.join(" · ", parts);
    }
}
