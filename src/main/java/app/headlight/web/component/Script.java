package app.headlight.web.component;

import com.vaadin.flow.component.Component;
import java.io.Serializable;

/** Runs scripts on elements. */
public final class Script {

    private Script() {}

    /**
     * Runs a script on the component's element, {@code this}, whenever it is attached: the browser then has a new
     * element. The script must do no harm if it runs twice on one element.
     *
     * @param arguments the script's {@code $0}, {@code $1} …
     */
    public static void whenAttached(Component component, String script, Serializable... arguments) {
        component.addAttachListener(event -> component.getElement().executeJs(script, (Object[]) arguments));
    }
}
