package app.headlight.web.component;

import com.vaadin.flow.component.ComponentEvent;
import com.vaadin.flow.component.ComponentEventListener;
import com.vaadin.flow.component.DomEvent;
import com.vaadin.flow.component.EventData;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.dependency.JsModule;
import com.vaadin.flow.shared.Registration;
import java.util.List;

/** The strongest edges of a model as a layered graph, from the embedding up to the logits. */
@Tag("headlight-edge-graph")
@JsModule("./edge-graph/edge-graph.ts")
public class EdgeGraph extends LitComponent<EdgeGraph.Graph> {

    public EdgeGraph() {
        browserSets("kept", "kept-change");
        browserSets("selected", "edge-select");
    }

    /**
     * The content of the graph.
     *
     * @param all how many edges the model has
     * @param edges those of the largest effects, the largest first
     * @param groups nodes that are drawn as one
     * @param sign 1 where a patch that takes the behaviour away raises the metric, −1 where it lowers it
     * @param metric what is measured, in words
     */
    public record Graph(String name, int all, List<Edge> edges, List<Group> groups, int sign, String metric) {}

    /** Nodes that people have named together. */
    public record Group(String name, List<String> nodes) {}

    /**
     * One edge of the graph, from a writer to a reader.
     *
     * @param name as REST writes it
     * @param from the writer: {@code embed}, a head or an MLP
     * @param to the reader: a head, an MLP or {@code logits}
     * @param kind {@code Q}, {@code K}, {@code V} or {@code plain}
     * @param effect what patching it does to the metric
     */
    public record Edge(String name, String from, String to, String kind, double effect) {}

    /** How many of the edges are drawn. */
    public void setKept(int kept) {
        getElement().setProperty("kept", kept);
    }

    /** Selects an edge by its name; empty: none. */
    public void select(String edge) {
        getElement().setProperty("selected", edge);
    }

    public Registration addKeptListener(ComponentEventListener<KeptEvent> listener) {
        return addListener(KeptEvent.class, listener);
    }

    public Registration addEdgeSelectListener(ComponentEventListener<EdgeSelectEvent> listener) {
        return addListener(EdgeSelectEvent.class, listener);
    }

    public Registration addNodeSelectListener(ComponentEventListener<NodeSelectEvent> listener) {
        return addListener(NodeSelectEvent.class, listener);
    }

    /** Another number of edges has been chosen. */
    @DomEvent("kept-change")
    public static class KeptEvent extends ComponentEvent<EdgeGraph> {
        private final int kept;

        public KeptEvent(EdgeGraph source, boolean fromClient, @EventData("event.detail.kept") int kept) {
            super(source, fromClient);
            this.kept = kept;
        }

        public int kept() {
            return kept;
        }
    }

    /** An edge has been picked. */
    @DomEvent("edge-select")
    public static class EdgeSelectEvent extends ComponentEvent<EdgeGraph> {
        private final String edge;

        public EdgeSelectEvent(EdgeGraph source, boolean fromClient, @EventData("event.detail.edge") String edge) {
            super(source, fromClient);
            this.edge = edge;
        }

        public String edge() {
            return edge;
        }
    }

    /** A node has been picked. */
    @DomEvent("node-select")
    public static class NodeSelectEvent extends ComponentEvent<EdgeGraph> {
        private final String node;

        public NodeSelectEvent(EdgeGraph source, boolean fromClient, @EventData("event.detail.node") String node) {
            super(source, fromClient);
            this.node = node;
        }

        public String node() {
            return node;
        }
    }
}
