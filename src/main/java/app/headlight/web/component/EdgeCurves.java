package app.headlight.web.component;

import com.vaadin.flow.component.ComponentEvent;
import com.vaadin.flow.component.ComponentEventListener;
import com.vaadin.flow.component.DomEvent;
import com.vaadin.flow.component.EventData;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.dependency.JsModule;
import com.vaadin.flow.component.dependency.NpmPackage;
import com.vaadin.flow.shared.Registration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A picture of how much of a behaviour circuits of more and more edges keep, one line for each way to find them. */
@Tag("headlight-edge-curves")
@JsModule("./echart/edge-curves.ts")
@NpmPackage(value = "echarts", version = EChart.VERSION)
public class EdgeCurves extends LitComponent<EdgeCurves.Curves> {

    public EdgeCurves() {
        browserSets("kept", "kept-change");
    }

    /**
     * The content of the picture.
     *
     * @param kept numbers of edges, growing
     * @param edges how many there are
     */
    public record Curves(String name, String title, List<Integer> kept, int edges, List<Line> lines) {}

    /**
     * One line.
     *
     * @param colour which of the theme's series; 0: grey
     * @param means at each number of edges over the pairs of sentences; null: not defined
     * @param deviations the standard deviation of one pair; null: not defined
     */
    public record Line(
            String label,
            int colour,
            boolean dashed,
            List<@Nullable Double> means,
            List<@Nullable Double> deviations) {}

    /** Marks a number of edges. */
    public void setKept(int kept) {
        getElement().setProperty("kept", kept);
    }

    public Registration addKeptListener(ComponentEventListener<KeptEvent> listener) {
        return addListener(KeptEvent.class, listener);
    }

    /** A number of edges has been picked. */
    @DomEvent("kept-change")
    public static class KeptEvent extends ComponentEvent<EdgeCurves> {
        private final int kept;

        public KeptEvent(EdgeCurves source, boolean fromClient, @EventData("event.detail.kept") int kept) {
            super(source, fromClient);
            this.kept = kept;
        }

        public int kept() {
            return kept;
        }
    }
}
