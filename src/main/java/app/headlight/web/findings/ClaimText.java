package app.headlight.web.findings;

import app.headlight.services.claims.Statement;
import com.vaadin.flow.component.Text;
import com.vaadin.flow.component.html.Span;

/** A claim as it is written. A line of it ends between its parts and not within an edge. */
public class ClaimText extends Span {

    public ClaimText(Statement statement) {
        addClassName("hl-claim");
        String[] parts = statement.toString().split(" (?=\\S*[,)])");
        for (int i = 0; i < parts.length; i++) {
            add(new Span(parts[i]));
            if (i + 1 < parts.length) {
                add(new Text(" "));
            }
        }
    }
}
