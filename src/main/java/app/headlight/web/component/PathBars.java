package app.headlight.web.component;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.vaadin.flow.component.ComponentEvent;
import com.vaadin.flow.component.ComponentEventListener;
import com.vaadin.flow.component.DomEvent;
import com.vaadin.flow.component.EventData;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.dependency.JsModule;
import com.vaadin.flow.shared.Registration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A logit as the sum of its paths, each of which opens into source positions. */
@Tag("headlight-path-bars")
@JsModule("./path-bars/path-bars.ts")
public class PathBars extends LitComponent<PathBars.Expansion> {

    /**
     * A logit with the paths that it is split into.
     *
     * @param unit such as "logit"
     * @param tokens of the sentence
     * @param sum what the paths come to
     * @param model what the model says
     */
    public record Expansion(
            String name,
            String title,
            String unit,
            List<Path> paths,
            List<TokenLabel> tokens,
            double sum,
            double model) {}

    /**
     * One path and what it adds.
     *
     * @param label such as "direct" or "L0H1 → L1H2"; no two are the same
     * @param order how many heads it runs through
     * @param bySource its parts by source position; empty: it comes from none; null: asked for when it is opened
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Path(String label, int order, double value, double @Nullable [] bySource) {}

    /** Answers a {@link PathOpenEvent} without sending everything again. */
    public void showSources(String label, double[] bySource) {
        getElement().executeJs("this.addSources($0, $1)", label, json(bySource));
    }

    public Registration addPathOpenListener(ComponentEventListener<PathOpenEvent> listener) {
        return addListener(PathOpenEvent.class, listener);
    }

    /** A path whose parts are not known yet has been opened. */
    @DomEvent("path-open")
    public static class PathOpenEvent extends ComponentEvent<PathBars> {
        private final String label;

        public PathOpenEvent(PathBars source, boolean fromClient, @EventData("event.detail.label") String label) {
            super(source, fromClient);
            this.label = label;
        }

        public String label() {
            return label;
        }
    }
}
