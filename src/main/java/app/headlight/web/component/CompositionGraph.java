package app.headlight.web.component;

import com.vaadin.flow.component.ComponentEvent;
import com.vaadin.flow.component.ComponentEventListener;
import com.vaadin.flow.component.DomEvent;
import com.vaadin.flow.component.EventData;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.dependency.JsModule;
import com.vaadin.flow.shared.Registration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Composition of heads as a layered graph between the embedding and the unembedding. */
@Tag("headlight-composition-graph")
@JsModule("./composition-graph/composition-graph.ts")
public class CompositionGraph extends LitComponent<CompositionGraph.Graph> {

    /** The whole graph, with the selected edge. */
    public record Graph(
            String name,
            int layers,
            int heads,
            List<Badge> badges,
            List<Edge> edges,
            @Nullable Selection selected) {}

    /**
     * A label at a head.
     *
     * @param head such as "L1H2"
     */
    public record Badge(String head, String label) {}

    /**
     * One edge of the graph, from a writer to a reader.
     *
     * @param from the writer: a head or {@code embed}
     * @param to the reader: a head or {@code unembed}
     * @param kind {@code Q}, {@code K}, {@code V} or {@code plain}
     * @param raw the norm ratio
     * @param baseline its mean over random matrices of the same shapes
     * @param deviation its standard deviation over them
     */
    public record Edge(String from, String to, String kind, double raw, double baseline, double deviation) {}

    /** The edge that is selected. */
    public record Selection(String from, String to, String kind) {}

    public Registration addEdgeSelectListener(ComponentEventListener<EdgeSelectEvent> listener) {
        return addListener(EdgeSelectEvent.class, listener);
    }

    /** A composition has been picked. */
    @DomEvent("edge-select")
    public static class EdgeSelectEvent extends ComponentEvent<CompositionGraph> {
        private final Selection edge;

        public EdgeSelectEvent(
                CompositionGraph source,
                boolean fromClient,
                @EventData("event.detail.from") String from,
                @EventData("event.detail.to") String to,
                @EventData("event.detail.kind") String kind) {
            super(source, fromClient);
            this.edge = new Selection(from, to, kind);
        }

        public Selection edge() {
            return edge;
        }
    }
}
