package app.headlight.web.component;

import com.vaadin.flow.component.ComponentEvent;
import com.vaadin.flow.component.ComponentEventListener;
import com.vaadin.flow.component.DomEvent;
import com.vaadin.flow.component.EventData;
import com.vaadin.flow.component.HasComponents;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.dependency.JsModule;
import com.vaadin.flow.shared.Registration;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The picture of the attention of some heads, as lines, arcs or a matrix. */
@Tag("headlight-attention-view")
@JsModule("./attention-view/attention-view.ts")
public class AttentionView extends LitComponent<AttentionView.Attention> implements HasComponents {

    /**
     * The attention of one or more heads on a sentence.
     *
     * @param name for files that are saved
     * @param effect what the heads' {@code logit} is
     * @param change whether the figures are changes, which may be negative
     * @param whole whether destinations look at what comes later too; then squares stand in place of triangles
     * @param moves what {@code valueNorm} is the norm of, in its signs; null: {@code ‖v W_O‖}
     */
    public record Attention(
            String name,
            List<TokenLabel> tokens,
            String effect,
            List<HeadPattern> heads,
            boolean change,
            boolean whole,
            @Nullable String moves) {

        /** Of a model whose weights are known: each token looks at those before it, and at itself. */
        public Attention(String name, List<TokenLabel> tokens, String effect, List<HeadPattern> heads, boolean change) {
            this(name, tokens, effect, heads, change, false, null);
        }
    }

    /** A line that an edit cuts. */
    public record Cut(String head, int destination, int source) {}

    /**
     * The attention of one head.
     *
     * @param pattern lower triangle of the pattern, as {@link Float32#lowerTriangle}
     * @param valueNorm the norm of what the head would move from each source, [T]; null where it is not known
     * @param logit lower triangle: what the attention adds to the logit of the token that comes next; likewise
     * @param moved lower triangle: the size of what is moved, if that is not weight times norm; null: it is
     */
    public record HeadPattern(
            String name,
            String pattern,
            @Nullable String valueNorm,
            @Nullable String logit,
            @Nullable String moved) {}

    /**
     * Gradient × weight of every head, where that is asked for: it takes a pass backwards, and depends on what is
     * selected.
     *
     * @param of what the gradient is of, for a legend
     * @param heads a lower triangle each, in the order of the heads
     */
    public record Gradient(String of, List<String> heads) {}

    /** Shows a gradient, unless it is the one that a key stands for and that is shown already. */
    public void showGradient(Object key, Supplier<Gradient> asked) {
        send("gradient", key, asked);
    }

    /** Forgets the gradient. */
    public void showNoGradient() {
        unsend("gradient");
    }

    public AttentionView() {
        for (String selecting : List.of("line-select", "clear-selection")) {
            browserSets("destination", selecting);
            browserSets("source", selecting);
        }
        browserSets("mode", "mode-change");
        browserSets("show", "show-change");
        browserSets("threshold", "threshold-change");
        browserSets("without", "without-change");
    }

    /** Without the controls, as one of several pictures that are drawn alike. */
    public void setCompact() {
        getElement().setProperty("compact", true);
    }

    /** Nothing of what is shown can be edited. */
    public void setFixed() {
        getElement().setProperty("fixed", true);
    }

    public void select(int destination, int source) {
        getElement().setProperty("destination", destination);
        getElement().setProperty("source", source);
    }

    public void setView(String view, String weighting, double threshold) {
        getElement().setProperty("mode", view);
        getElement().setProperty("show", weighting);
        getElement().setProperty("threshold", threshold);
    }

    /** Leaves some sources out of the picture. */
    public void setWithout(List<Integer> sources) {
        getElement().setPropertyList("without", sources);
    }

    /** Marks the lines that edits cut. */
    public void setEdited(List<Cut> cuts) {
        getElement().setPropertyList("cuts", cuts);
    }

    public Registration addLineCutListener(ComponentEventListener<LineCutEvent> listener) {
        return addListener(LineCutEvent.class, listener);
    }

    public Registration addLineSelectListener(ComponentEventListener<LineSelectEvent> listener) {
        return addListener(LineSelectEvent.class, listener);
    }

    public Registration addClearSelectionListener(ComponentEventListener<ClearSelectionEvent> listener) {
        return addListener(ClearSelectionEvent.class, listener);
    }

    public Registration addModeChangeListener(ComponentEventListener<ModeChangeEvent> listener) {
        return addListener(ModeChangeEvent.class, listener);
    }

    public Registration addShowChangeListener(ComponentEventListener<ShowChangeEvent> listener) {
        return addListener(ShowChangeEvent.class, listener);
    }

    public Registration addWithoutChangeListener(ComponentEventListener<WithoutChangeEvent> listener) {
        return addListener(WithoutChangeEvent.class, listener);
    }

    public Registration addThresholdChangeListener(ComponentEventListener<ThresholdChangeEvent> listener) {
        return addListener(ThresholdChangeEvent.class, listener);
    }

    /** Something that is meant for a line. */
    public abstract static class LineEvent extends ComponentEvent<AttentionView> {
        private final int destination;
        private final int sourceToken;

        LineEvent(AttentionView source, boolean fromClient, int destination, int sourceToken) {
            super(source, fromClient);
            this.destination = destination;
            this.sourceToken = sourceToken;
        }

        public int destination() {
            return destination;
        }

        public int sourceToken() {
            return sourceToken;
        }
    }

    /** Other sources are left out of the picture. */
    @DomEvent("without-change")
    public static class WithoutChangeEvent extends ComponentEvent<AttentionView> {
        private final List<Integer> without;

        public WithoutChangeEvent(
                AttentionView source, boolean fromClient, @EventData("event.detail.without") String without) {
            super(source, fromClient);
            this.without = Stream.of(without.split(","))
                    .filter(token -> !token.isEmpty())
                    .map(Integer::valueOf)
                    .toList();
        }

        public List<Integer> without() {
            return without;
        }
    }

    /** A line was selected; source −1: only a destination. */
    @DomEvent("line-select")
    public static class LineSelectEvent extends LineEvent {
        public LineSelectEvent(
                AttentionView source,
                boolean fromClient,
                @EventData("event.detail.destination") int destination,
                @EventData("event.detail.source") int sourceToken) {
            super(source, fromClient, destination, sourceToken);
        }
    }

    /** A line is to be cut, or whole again. */
    @DomEvent("line-cut")
    public static class LineCutEvent extends LineEvent {
        public LineCutEvent(
                AttentionView source,
                boolean fromClient,
                @EventData("event.detail.destination") int destination,
                @EventData("event.detail.source") int sourceToken) {
            super(source, fromClient, destination, sourceToken);
        }
    }

    /** The line is no longer selected. */
    @DomEvent("clear-selection")
    public static class ClearSelectionEvent extends ComponentEvent<AttentionView> {
        public ClearSelectionEvent(AttentionView source, boolean fromClient) {
            super(source, fromClient);
        }
    }

    /** The kind of picture was changed. */
    @DomEvent("mode-change")
    public static class ModeChangeEvent extends ComponentEvent<AttentionView> {
        private final String mode;

        public ModeChangeEvent(AttentionView source, boolean fromClient, @EventData("event.detail.mode") String mode) {
            super(source, fromClient);
            this.mode = mode;
        }

        public String mode() {
            return mode;
        }
    }

    /** The quantity was changed. */
    @DomEvent("show-change")
    public static class ShowChangeEvent extends ComponentEvent<AttentionView> {
        private final String shown;

        public ShowChangeEvent(AttentionView source, boolean fromClient, @EventData("event.detail.show") String shown) {
            super(source, fromClient);
            this.shown = shown;
        }

        public String shown() {
            return shown;
        }
    }

    /** The threshold was changed. */
    @DomEvent("threshold-change")
    public static class ThresholdChangeEvent extends ComponentEvent<AttentionView> {
        private final double threshold;

        public ThresholdChangeEvent(
                AttentionView source, boolean fromClient, @EventData("event.detail.threshold") double threshold) {
            super(source, fromClient);
            this.threshold = threshold;
        }

        public double threshold() {
            return threshold;
        }
    }
}
