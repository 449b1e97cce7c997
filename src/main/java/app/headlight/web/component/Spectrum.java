package app.headlight.web.component;

import com.vaadin.flow.component.ComponentEvent;
import com.vaadin.flow.component.ComponentEventListener;
import com.vaadin.flow.component.DomEvent;
import com.vaadin.flow.component.EventData;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.dependency.JsModule;
import com.vaadin.flow.component.dependency.NpmPackage;
import com.vaadin.flow.shared.Registration;

/** Singular values as bars, each of which can be picked. */
@Tag("headlight-spectrum")
@JsModule("./echart/spectrum.ts")
@NpmPackage(value = "echarts", version = EChart.VERSION)
public class Spectrum extends LitComponent<Spectrum.Values> {

    /**
     * The singular values of a circuit.
     *
     * @param selected the picked one, −1: none
     */
    public record Values(String name, String title, double[] values, int selected) {}

    public Registration addSingularSelectListener(ComponentEventListener<SingularSelectEvent> listener) {
        return addListener(SingularSelectEvent.class, listener);
    }

    /** A singular value has been picked. */
    @DomEvent("singular-select")
    public static class SingularSelectEvent extends ComponentEvent<Spectrum> {
        private final int index;

        public SingularSelectEvent(Spectrum source, boolean fromClient, @EventData("event.detail.index") int index) {
            super(source, fromClient);
            this.index = index;
        }

        public int index() {
            return index;
        }
    }
}
