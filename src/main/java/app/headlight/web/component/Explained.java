package app.headlight.web.component;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.HasLabel;
import com.vaadin.flow.component.html.Div;

/** A field with a question mark at the end of its label, which explains it. */
public class Explained extends Div {

    /** @param field whose label is in {@code frontend/term/fields.json} */
    public <F extends Component & HasLabel> Explained(F field) {
        super(field, Term.mark(field.getLabel()));
        addClassName("hl-explained");
    }
}
