package app.headlight.web.component;

import com.vaadin.flow.component.dependency.JsModule;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.html.Span;

/**
 * The way to the lessons for whoever is here for the first time; once it is closed or gone
 * through, this browser shows it no more.
 */
@JsModule("./screens/door.ts")
public class Door extends Div {

    public Door() {
        getElement().setAttribute("role", "group");
        getElement().setAttribute("aria-label", "The way to the lessons");
        addClassName("hl-door");
        setId("door");
        Anchor lessons = new Anchor("learn", "Eight short lessons");
        NativeButton close = new NativeButton("✕");
        close.setAriaLabel("Do not show the way to the lessons any more");
        add(new Span("New here?"), lessons, close);
        Script.whenAttached(this, "window.headlightDoor(this)");
    }
}
