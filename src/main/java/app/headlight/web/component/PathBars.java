package app.headlight.web.component;

import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.dependency.JsModule;
import java.util.List;

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
     * @param bySource its parts by source position; empty: it comes from none
     */
    public record Path(String label, int order, double value, double[] bySource) {}
}
