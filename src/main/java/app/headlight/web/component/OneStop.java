package app.headlight.web.component;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.dependency.JsModule;
import com.vaadin.flow.component.html.Div;

/** A group of controls that is one stop of the Tab key; the left and right arrow keys move within it. */
@JsModule("./one-stop/one-stop.ts")
public class OneStop extends Div {

    /** @param label what the controls have in common, for screen readers */
    public OneStop(String label, Component... controls) {
        super(controls);
        getElement().setAttribute("data-one-stop", true);
        getElement().setAttribute("role", "group");
        getElement().setAttribute("aria-label", label);
    }
}
