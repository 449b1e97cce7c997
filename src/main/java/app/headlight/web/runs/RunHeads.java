package app.headlight.web.runs;

import app.headlight.engine.tensor.Vector;
import app.headlight.engine.transformer.HeadId;
import app.headlight.engine.transformer.RecordedRun;
import app.headlight.engine.transformer.Site;
import app.headlight.engine.transformer.Site.Kind;
import app.headlight.web.component.Float32;
import app.headlight.web.component.HeadGrid;
import app.headlight.web.component.LayerLines;
import app.headlight.web.explore.attention.HeadPanel;
import app.headlight.web.explore.attention.Thumbnail;
import app.headlight.web.explore.shown.Choice;
import app.headlight.web.explore.shown.Selection;
import app.headlight.web.findings.HeadBadges;
import app.headlight.web.panels.Panel;
import app.headlight.web.view.AttentionState.Thumbnails;
import com.vaadin.flow.component.html.Div;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** All heads of a run, and the size of the stream at each layer where the run tells it. */
class RunHeads extends Div implements Panel<ShownRun> {

    private final HeadGrid grid = new HeadGrid();
    private final LayerLines norms = new LayerLines();
    private final transient @Nullable HeadBadges findings;

    RunHeads(RunDesk desk) {
        findings = desk.badges();
        addClassNames("hl-panel", "hl-heads");
        grid.setId("head-grid");
        grid.setFixed();
        grid.addHeadSelectListener(event -> desk.change()
                .to(state -> Selection.head(state, new HeadId(event.layer(), event.head()), event.additive())));
        grid.addShowChangeListener(event -> desk.change()
                .to(state -> state.withAttention(
                        state.attention().withThumbnails(Choice.of(Thumbnails.class, event.shown())))));
        if (findings != null) {
            findings.keepOn(grid, grid::setFindings);
        }
        add(grid, norms);
    }

    @Override
    public void show(ShownRun shown) {
        grid.show(shown.key(), () -> heads(shown));
        if (findings != null) {
            findings.show(shown.stored().path());
        }
        grid.select(shown.state().heads().stream().map(HeadId::toString).toList());
        grid.setShown(Choice.name(shown.state().attention().thumbnails()));
        List<LayerLines.Series> lines = lines(shown.run());
        norms.setVisible(!lines.isEmpty());
        if (!lines.isEmpty()) {
            norms.show(
                    shown.key(),
                    () -> new LayerLines.Lines(
                            shown.stored().name() + " residual stream norm",
                            "Stream norm",
                            "‖x‖",
                            lines,
                            shown.labels()));
        }
    }

    private static HeadGrid.Heads heads(ShownRun shown) {
        RecordedRun run = shown.run();
        int edge = Math.min(Thumbnail.LARGEST_EDGE, run.length());
        return new HeadGrid.Heads(
                run.nLayers(),
                run.nHeads(),
                edge,
                shown.measured(
                        "thumbnails of patterns",
                        List.of(),
                        () -> Thumbnail.pixels(run.heads(), edge, run::pattern, 1, false)),
                shown.hasValues()
                        ? shown.measured(
                                "thumbnails of effects",
                                List.of(),
                                () -> Thumbnail.pixels(run.heads(), edge, shown::valued, 0, false))
                        : "",
                HeadPanel.badges(shown.scores(), "on the tokens of this run"),
                false,
                !run.isCausal());
    }

    /** A line for the stream before the first layer, and for that after each, of those that are known. */
    private static List<LayerLines.Series> lines(RecordedRun run) {
        List<LayerLines.Series> lines = new ArrayList<>();
        line(run.norms(Site.of(Kind.RESID_PRE, 0)), "embedding", lines);
        for (int layer = 0; layer < run.nLayers(); layer++) {
            Site next = Site.of(Kind.RESID_PRE, layer + 1); // the same where both are given
            line(run.norms(Site.of(Kind.RESID_POST, layer)).or(() -> run.norms(next)), "after L" + layer, lines);
        }
        return lines;
    }

    private static void line(Optional<Vector> norms, String label, List<LayerLines.Series> lines) {
        norms.ifPresent(values -> lines.add(new LayerLines.Series(label, Float32.base64(values.toArray()))));
    }
}
