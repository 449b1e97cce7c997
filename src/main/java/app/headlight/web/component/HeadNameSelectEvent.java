package app.headlight.web.component;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.ComponentEvent;
import com.vaadin.flow.component.DomEvent;
import com.vaadin.flow.component.EventData;

/** The event that a head was selected, by its name such as "L1H2". */
@DomEvent("head-select")
public class HeadNameSelectEvent extends ComponentEvent<Component> {
    private final String head;

    public HeadNameSelectEvent(Component source, boolean fromClient, @EventData("event.detail.head") String head) {
        super(source, fromClient);
        this.head = head;
    }

    public String head() {
        return head;
    }
}
