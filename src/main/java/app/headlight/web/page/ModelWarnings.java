package app.headlight.web.page;

import app.headlight.services.models.StoredModel;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;

/** The warnings about a model, which people must know before they trust its numbers; empty if there are none. */
public class ModelWarnings extends Div {

    /** Says nothing yet. */
    public ModelWarnings() {
        addClassName("hl-model-warnings");
        getElement().setAttribute("role", "note");
        getElement().setAttribute("aria-label", "Warnings about this model");
        setVisible(false);
    }

    /** Says what there is to say of a model, in place of what was said of another. */
    public void show(StoredModel model) {
        removeAll();
        setVisible(!model.warnings().isEmpty());
        for (String warning : model.warnings()) {
            Paragraph line = new Paragraph("⚠ " + model.name() + ": " + warning);
            line.addClassName("hl-notice");
            add(line);
        }
    }
}
