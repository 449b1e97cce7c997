package app.headlight.web.page;

import app.headlight.engine.transformer.Config;
import app.headlight.web.words.ModelKind;
import com.vaadin.flow.component.html.Paragraph;

/** A line that says what circuits of weights alone leave out of a model; not there if that is nothing. */
public class LeftOut extends Paragraph {

    /** Says nothing yet. */
    public LeftOut() {
        addClassNames("hl-muted", "hl-left-out");
        setVisible(false);
    }

    /** Says it of a model. */
    public void show(Config config) {
        String left = ModelKind.leftOutOfCircuits(config);
        setText(left);
        setVisible(!left.isEmpty());
    }
}
