package app.headlight.web.component;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.ComponentEvent;
import com.vaadin.flow.component.DomEvent;
import com.vaadin.flow.component.EventData;

/** The event that a step of a training was selected; −1: the finished model. */
@DomEvent("step-select")
public class StepSelectEvent extends ComponentEvent<Component> {

    private final long step;

    public StepSelectEvent(Component source, boolean fromClient, @EventData("event.detail.step") double step) {
        super(source, fromClient);
        this.step = (long) step;
    }

    public long step() {
        return step;
    }
}
