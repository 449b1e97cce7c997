package app.headlight.web.page;

import app.headlight.ground.markdown.SafeMarkdown;
import com.vaadin.flow.component.html.Div;

/** A text that someone wrote, rendered so that nothing in it runs. */
public class MarkdownText extends Div {

    /** Empty. */
    public MarkdownText() {
        addClassName("hl-markdown");
    }

    public MarkdownText(String markdown) {
        this();
        show(markdown);
    }

    /** Shows another text. */
    public final void show(String markdown) {
        getElement().setProperty("innerHTML", SafeMarkdown.html(markdown));
    }
}
