package app.headlight.web.component;

import com.vaadin.flow.component.ComponentEvent;
import com.vaadin.flow.component.ComponentEventListener;
import com.vaadin.flow.component.DomEvent;
import com.vaadin.flow.component.EventData;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.dependency.JsModule;
import com.vaadin.flow.shared.Registration;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** The grid of heads: a thumbnail of every head, one row for each layer. */
@Tag("headlight-head-grid")
@JsModule("./head-grid/head-grid.ts")
public class HeadGrid extends LitComponent<HeadGrid.Heads> {

    /**
     * The thumbnails and labels of all heads of a model.
     *
     * @param edge pixels on each side of a thumbnail
     * @param pattern base64 with one byte for each pixel, [layers, heads, edge, edge]
     * @param effect likewise, for the value-weighted pattern; empty where that is not known
     * @param change whether these are changes, of which 128 stands for none
     * @param whole whether destinations look at what comes later too
     */
    public record Heads(
            int layers,
            int heads,
            int edge,
            String pattern,
            String effect,
            List<Badge> badges,
            boolean change,
            boolean whole) {}

    /**
     * A label at the thumbnail of a head.
     *
     * @param strong whether the score is high enough to name the head after it
     */
    public record Badge(int layer, int head, String label, String title, boolean strong) {}

    public HeadGrid() {
        browserSets("selected", "head-select");
        browserSets("show", "show-change");
    }

    /** No head can be turned off. */
    public void setFixed() {
        getElement().setProperty("fixed", true);
    }

    public void select(List<String> heads) {
        ArrayNode names = JsonNodeFactory.instance.arrayNode();
        heads.forEach(names::add);
        getElement().setPropertyJson("selected", names);
    }

    /** Where the pages of the heads are: what stands before a head's name in their addresses. */
    public void setPages(String before) {
        getElement().setProperty("pages", before);
    }

    /** What people say of the heads, beside the scores. */
    public void setFindings(List<FindingBadge> badges) {
        getElement().setPropertyList("findings", badges);
    }

    public void setShown(String thumbnails) {
        getElement().setProperty("show", thumbnails);
    }

    /**
     * Marks the heads that are edited in the run.
     *
     * @param off those that write nothing
     * @param changed those of which something else is edited
     */
    public void setEdited(List<String> off, List<String> changed) {
        getElement().setPropertyList("off", off);
        getElement().setPropertyList("edited", changed);
    }

    public Registration addHeadOffListener(ComponentEventListener<HeadOffEvent> listener) {
        return addListener(HeadOffEvent.class, listener);
    }

    public Registration addHeadSelectListener(ComponentEventListener<HeadSelectEvent> listener) {
        return addListener(HeadSelectEvent.class, listener);
    }

    public Registration addShowChangeListener(ComponentEventListener<ShowChangeEvent> listener) {
        return addListener(ShowChangeEvent.class, listener);
    }

    /** Something that is meant for a head. */
    public abstract static class HeadEvent extends ComponentEvent<HeadGrid> {
        private final int layer;
        private final int head;

        HeadEvent(HeadGrid source, boolean fromClient, int layer, int head) {
            super(source, fromClient);
            this.layer = layer;
            this.head = head;
        }

        public int layer() {
            return layer;
        }

        public int head() {
            return head;
        }
    }

    /** A head was selected. */
    @DomEvent("head-select")
    public static class HeadSelectEvent extends HeadEvent {
        private final boolean additive;

        public HeadSelectEvent(
                HeadGrid source,
                boolean fromClient,
                @EventData("event.detail.layer") int layer,
                @EventData("event.detail.head") int head,
                @EventData("event.detail.additive") boolean additive) {
            super(source, fromClient, layer, head);
            this.additive = additive;
        }

        /** Whether the head is added to those shown, or removed. */
        public boolean additive() {
            return additive;
        }
    }

    /** A head's output is to be zero, or what it is again. */
    @DomEvent("head-off")
    public static class HeadOffEvent extends HeadEvent {
        public HeadOffEvent(
                HeadGrid source,
                boolean fromClient,
                @EventData("event.detail.layer") int layer,
                @EventData("event.detail.head") int head) {
            super(source, fromClient, layer, head);
        }
    }

    /** The quantity of the thumbnails was changed. */
    @DomEvent("show-change")
    public static class ShowChangeEvent extends ComponentEvent<HeadGrid> {
        private final String shown;

        public ShowChangeEvent(HeadGrid source, boolean fromClient, @EventData("event.detail.show") String shown) {
            super(source, fromClient);
            this.shown = shown;
        }

        public String shown() {
            return shown;
        }
    }
}
