package app.headlight.web.explore;

import app.headlight.engine.circuits.LogitAttribution;
import app.headlight.engine.circuits.PathExpansion;
import app.headlight.engine.circuits.StreamWriter;
import app.headlight.web.component.PathBars;
import java.util.ArrayList;
import java.util.List;

/**
 * The bars of a logit: its paths, or, where MLPs leave no paths, its components.
 *
 * @param split the logit by component
 */
record LogitBars(Exploration exploration, Question question, LogitAttribution split) {

    PathBars.Expansion expansion(String title, String unit) {
        return PathExpansion.isPossible(exploration.model().config()) ? paths(title, unit) : components(title, unit);
    }

    private PathBars.Expansion paths(String title, String unit) {
        PathExpansion paths = exploration.ofRun(
                "path expansion",
                List.of(question.destination(), question.asked()),
                run -> PathExpansion.of(exploration.model().transformer(), run, split.direction()));
        List<PathBars.Path> bars = new ArrayList<>();
        for (PathExpansion.Term term : paths.terms()) {
            bars.add(new PathBars.Path(term.name().replace("->", " → "), term.order(), term.value(), term.bySource()));
        }
        bars.add(ofNoSource("biases", 0, paths.biases()));
        if (!paths.isComplete()) {
            bars.add(ofNoSource("longer paths", exploration.model().config().nLayers(), paths.longer()));
        }
        return expansion(title, unit, PathBars.By.PATH, bars, paths.sum());
    }

    /** What each component writes, as far as it reaches the logit directly; a head opens into its sources. */
    private PathBars.Expansion components(String title, String unit) {
        List<PathBars.Path> bars = new ArrayList<>();
        bars.add(ofNoSource("embedding", 0, split.embedding()));
        for (LogitAttribution.HeadShare share : split.heads()) {
            int order = 1 + share.head().layer();
            bars.add(new PathBars.Path(share.head().toString(), order, share.value(), share.bySource()));
        }
        for (int layer = 0; layer < split.mlps().size(); layer++) {
            bars.add(ofNoSource(
                    StreamWriter.ofMlp(layer).name(), 1 + layer, split.mlps().get(layer)));
        }
        bars.add(ofNoSource("biases", 0, split.biases()));
        return expansion(title, unit, PathBars.By.COMPONENT, bars, split.sum());
    }

    private static PathBars.Path ofNoSource(String label, int order, double value) {
        return new PathBars.Path(label, order, value, new double[0]);
    }

    private PathBars.Expansion expansion(
            String title, String unit, PathBars.By by, List<PathBars.Path> bars, double sum) {
        return new PathBars.Expansion(
                exploration.model().name() + " " + title,
                title,
                unit,
                by,
                bars,
                exploration.labels(),
                sum,
                split.direction().value());
    }
}
