package app.headlight.web.component;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.ComponentEvent;
import com.vaadin.flow.component.ComponentEventListener;
import com.vaadin.flow.component.DomEvent;
import com.vaadin.flow.component.EventData;
import com.vaadin.flow.component.HasStyle;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.dependency.JsModule;
import com.vaadin.flow.shared.Registration;

/** The field that the sentence is typed into. */
@Tag("headlight-sentence-field")
@JsModule("./sentence-field/sentence-field.ts")
public class SentenceField extends Component implements HasStyle {

    public void setPlaceholder(String placeholder) {
        getElement().setProperty("placeholder", placeholder);
    }

    public void setValue(String sentence) {
        getElement().callJsFunction("show", sentence);
    }

    public Registration addSubmitListener(ComponentEventListener<SubmitEvent> listener) {
        return addListener(SubmitEvent.class, listener);
    }

    /** A sentence has been sent. */
    @DomEvent("sentence-submit")
    public static class SubmitEvent extends ComponentEvent<SentenceField> {
        private final String text;
        private final int typedLength;

        public SubmitEvent(
                SentenceField source,
                boolean fromClient,
                @EventData("event.detail.text") String text,
                @EventData("event.detail.length") int typedLength) {
            super(source, fromClient);
            this.text = text;
            this.typedLength = typedLength;
        }

        public String text() {
            return text;
        }

        /** How long the text was that was typed or pasted; more than {@link #text()} holds where it was cut. */
        public int typedLength() {
            return typedLength;
        }
    }
}
