package app.headlight.web.explore.attribution;

import app.headlight.engine.circuits.LogitAttribution;
import app.headlight.engine.circuits.LogitDirection;
import app.headlight.engine.circuits.PathExpansion;
import app.headlight.engine.circuits.StreamWriter;
import app.headlight.web.component.PathBars;
import app.headlight.web.explore.shown.Exploration;
import app.headlight.web.explore.shown.Question;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The bars of a logit: by path where the logits are a sum over paths, else by component.
 *
 * @param exploration of a run with edits or without, or of their difference
 */
record LogitBars(Exploration exploration, Question question) {

    /** What the bars are of. */
    LogitDirection direction() {
        return question.direction(exploration);
    }

    /** Its split by component. */
    LogitAttribution split() {
        return exploration.ofRun(
                "attribution",
                List.of(question.destination(), question.asked()),
                run -> LogitAttribution.of(exploration.model().transformer(), run, direction()));
    }

    /** The bars of the run with edits, and of that without. */
    private LogitBars with() {
        return new LogitBars(exploration.withEdits(), question);
    }

    LogitBars without() {
        return new LogitBars(exploration.withoutEdits(), question);
    }

    PathBars.Expansion expansion(String title, String unit) {
        boolean byPath = PathExpansion.isPossible(exploration.computed());
        if (!exploration.isDifference()) {
            return expansion(title, unit, byPath);
        }
        PathBars.Expansion with = with().expansion(title, unit, byPath);
        PathBars.Expansion without = without().expansion(title, unit, byPath);
        return new PathBars.Expansion(
                with.name() + " change",
                "Change of: " + title,
                unit,
                with.by(),
                differences(with.paths(), without.paths()),
                with.tokens(),
                with.sum() - without.sum(),
                with.model() - without.model());
    }

    /** A path that only one of the two has counts as 0 in the other. */
    private static List<PathBars.Path> differences(List<PathBars.Path> with, List<PathBars.Path> without) {
        Map<String, PathBars.Path> changes = new LinkedHashMap<>();
        without.forEach(path -> changes.put(path.label(), times(-1, path)));
        with.forEach(path -> changes.merge(path.label(), path, LogitBars::plus));
        return List.copyOf(changes.values());
    }

    private static PathBars.Path times(double factor, PathBars.Path path) {
        double[] bySource = path.bySource().clone();
        for (int s = 0; s < bySource.length; s++) {
            bySource[s] *= factor;
        }
        return new PathBars.Path(path.label(), path.order(), factor * path.value(), bySource);
    }

    private static PathBars.Path plus(PathBars.Path one, PathBars.Path other) {
        double[] bySource = one.bySource().clone();
        for (int s = 0; s < bySource.length; s++) {
            bySource[s] += other.bySource()[s];
        }
        return new PathBars.Path(one.label(), one.order(), one.value() + other.value(), bySource);
    }

    private PathBars.Expansion expansion(String title, String unit, boolean byPath) {
        return byPath ? paths(title, unit) : components(title, unit);
    }

    private PathBars.Expansion paths(String title, String unit) {
        PathExpansion paths = exploration.ofRun(
                "path expansion",
                List.of(question.destination(), question.asked()),
                run -> PathExpansion.of(exploration.model().transformer(), run, direction()));
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
        LogitAttribution split = split();
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
        if (!exploration.computed().edits().isEmpty()) {
            bars.add(ofNoSource("edits", 0, split.edits()));
        }
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
                direction().value());
    }
}
