package app.headlight.web.component;

import com.fasterxml.jackson.annotation.JsonValue;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.dependency.JsModule;
import java.util.List;
import java.util.Locale;

/** A logit as the sum of its paths or components, each of which opens into source positions. */
@Tag("headlight-path-bars")
@JsModule("./path-bars/path-bars.ts")
public class PathBars extends LitComponent<PathBars.Expansion> {

    /**
     * A logit with the paths that it is split into.
     *
     * @param unit such as "logit"
     * @param by what it is split into
     * @param tokens of the sentence
     * @param sum what the paths come to
     * @param model what the model says
     */
    public record Expansion(
            String name,
            String title,
            String unit,
            By by,
            List<Path> paths,
            List<TokenLabel> tokens,
            double sum,
            double model) {}

    /** What a logit is split into. */
    public enum By {
        /** Paths through heads. */
        PATH,
        /** The components that write to the stream. */
        COMPONENT;

        /** As the browser's side reads it. */
        @JsonValue
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * One path or component and what it adds.
     *
     * @param label such as "direct" or "L0H1 → L1H2"; no two are the same
     * @param order how many heads it runs through; of a component, 1 and its layer, or 0 if it belongs to none
     * @param bySource its parts by source position; empty: it comes from none
     */
    public record Path(String label, int order, double value, double[] bySource) {}
}
