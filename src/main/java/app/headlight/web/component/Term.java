package app.headlight.web.component;

import com.vaadin.flow.component.HtmlComponent;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.dependency.JsModule;

/**
 * A term of the field, which explains itself at a click and at the keyboard's focus. The sentences stand in {@code
 * frontend/term/glossary.json}, those of form fields in {@code fields.json}.
 */
@Tag("headlight-term")
@JsModule("./term/term.ts")
public class Term extends HtmlComponent {

    /**
     * A term in the words of its place.
     *
     * @param name as the glossary has it; one that is not there is an error in the browser's console
     */
    public Term(String name, String words) {
        getElement().setAttribute("name", name);
        getElement().setText(words);
    }

    private Term(String name) {
        getElement().setAttribute("name", name);
        getElement().setAttribute("mark", true);
    }

    /** A question mark, where the words are another control's. */
    public static Term mark(String name) {
        return new Term(name);
    }
}
