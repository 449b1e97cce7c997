package app.headlight.web.findings;

import app.headlight.findings.SafeMarkdown;
import com.vaadin.flow.component.html.Div;

/** A text that someone wrote, rendered so that nothing in it runs. */
class MarkdownText extends Div {

    MarkdownText() {
        addClassName("hl-markdown");
    }

    MarkdownText(String markdown) {
        this();
        show(markdown);
    }

    final void show(String markdown) {
        getElement().setProperty("innerHTML", SafeMarkdown.html(markdown));
    }
}
