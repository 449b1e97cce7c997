package app.headlight.web.component;

import com.vaadin.flow.component.ComponentEvent;
import com.vaadin.flow.component.ComponentEventListener;
import com.vaadin.flow.component.DomEvent;
import com.vaadin.flow.component.EventData;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.dependency.JsModule;
import com.vaadin.flow.shared.Registration;
import java.util.List;

/** A row of choices, one of which is chosen. */
@Tag("headlight-segmented")
@JsModule("./segmented/segmented-choice.ts")
public class Segmented extends LitComponent<Segmented.Choices> {

    /**
     * The choices, with the name of what is chosen.
     *
     * @param name what is chosen, for screen readers
     */
    public record Choices(String name, List<Choice> choices) {}

    /**
     * One of the choices.
     *
     * @param title what the choice means
     */
    public record Choice(String value, String label, String title) {}

    public Segmented(String name, List<Choice> choices) {
        // A property, unlike a call, is there again where the component is attached a second time.
        getElement().setPropertyBean("data", new Choices(name, choices));
        browserSets("value", "choice");
    }

    public void setValue(String value) {
        getElement().setProperty("value", value);
    }

    public Registration addChoiceListener(ComponentEventListener<ChoiceEvent> listener) {
        return addListener(ChoiceEvent.class, listener);
    }

    /** Another choice was chosen. */
    @DomEvent("choice")
    public static class ChoiceEvent extends ComponentEvent<Segmented> {
        private final String value;

        public ChoiceEvent(Segmented source, boolean fromClient, @EventData("event.detail.value") String value) {
            super(source, fromClient);
            this.value = value;
        }

        public String value() {
            return value;
        }
    }
}
