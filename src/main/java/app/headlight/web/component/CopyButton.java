package app.headlight.web.component;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.dependency.JsModule;

/** Copies a text to the clipboard. */
@Tag("headlight-copy-button")
@JsModule("./copy-button/copy-button.ts")
public class CopyButton extends Component {

    /** @param what the text is, for screen readers */
    public CopyButton(String what, String text) {
        getElement().setProperty("what", what);
        getElement().setProperty("text", text);
    }
}
