package app.headlight.web.component;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.ComponentEvent;
import com.vaadin.flow.component.DomEvent;
import com.vaadin.flow.component.EventData;

/** The event that a token of the sentence was selected in a picture. */
@DomEvent("token-select")
public class TokenSelectEvent extends ComponentEvent<Component> {
    private final int index;
    private final boolean asSource;

    public TokenSelectEvent(
            Component source,
            boolean fromClient,
            @EventData("event.detail.index") int index,
            @EventData("event.detail.as") String as) {
        super(source, fromClient);
        this.index = index;
        this.asSource = "source".equals(as);
    }

    /** The token's position. */
    public int index() {
        return index;
    }

    /** Whether it was selected as the source, not as the destination. */
    public boolean asSource() {
        return asSource;
    }
}
