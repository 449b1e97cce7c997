package app.headlight.web.explore.attention;

import app.headlight.engine.circuits.DetectorScores;
import app.headlight.engine.circuits.HeadLabel;
import app.headlight.engine.residual.StreamNorms;
import app.headlight.engine.transformer.Config;
import app.headlight.engine.transformer.HeadId;
import app.headlight.engine.transformer.Site;
import app.headlight.engine.transformer.Site.Kind;
import app.headlight.services.edits.AskedEdit;
import app.headlight.web.component.Float32;
import app.headlight.web.component.HeadGrid;
import app.headlight.web.component.HeadGrid.Badge;
import app.headlight.web.component.LayerLines;
import app.headlight.web.explore.edits.EditMarks;
import app.headlight.web.explore.edits.EditMenu;
import app.headlight.web.explore.shown.Choice;
import app.headlight.web.explore.shown.Exploration;
import app.headlight.web.explore.shown.ExploreDesk;
import app.headlight.web.explore.shown.Selection;
import app.headlight.web.explore.shown.StateChange;
import app.headlight.web.findings.HeadBadges;
import app.headlight.web.panels.Panel;
import app.headlight.web.python.GridPython;
import app.headlight.web.python.StreamPython;
import app.headlight.web.view.AttentionState.Thumbnails;
import app.headlight.web.view.HeadAddress;
import app.headlight.web.words.Figures;
import com.vaadin.flow.component.html.Div;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The panel of all heads, and of the size of the stream at each layer. */
public class HeadPanel extends Div implements Panel<Exploration> {

    private final HeadGrid grid = new HeadGrid();
    private final LayerLines norms = new LayerLines();
    private final CompositionPicker compose;
    private final EditMenu menu;
    private final transient @Nullable HeadBadges findings;

    public HeadPanel(ExploreDesk desk) {
        findings = desk.badges();
        StateChange change = desk.change();
        compose = new CompositionPicker(change);
        addClassNames("hl-panel", "hl-heads");
        grid.setId("head-grid");
        grid.addHeadSelectListener(event ->
                change.to(state -> Selection.head(state, new HeadId(event.layer(), event.head()), event.additive())));
        grid.addShowChangeListener(event -> change.to(state ->
                state.withAttention(state.attention().withThumbnails(Choice.of(Thumbnails.class, event.shown())))));
        if (findings != null) {
            findings.keepOn(grid, grid::setFindings);
        }
        grid.addHeadOffListener(event ->
                EditMenu.toggle(change, AskedEdit.zero(Site.of(Kind.RESULT, new HeadId(event.layer(), event.head())))));
        menu = new EditMenu(grid, change);
        add(grid, compose, norms);
    }

    @Override
    public void show(Exploration exploration) {
        grid.show(exploration.sentenceKey(), () -> heads(exploration));
        grid.setPages(HeadAddress.ofAll(exploration.model().name()));
        if (findings != null) {
            findings.show(exploration.model().name());
        }
        List<HeadId> virtual = exploration.state().virtual();
        List<HeadId> framed = virtual.isEmpty() ? exploration.state().heads() : virtual;
        grid.select(framed.stream().map(HeadId::toString).toList());
        compose.show(exploration);
        menu.show(exploration);
        EditMarks marks = EditMarks.of(exploration);
        grid.setEdited(marks.off(), marks.changed());
        grid.setShown(Choice.name(exploration.state().attention().thumbnails()));
        norms.show(exploration.sentenceKey(), () -> norms(exploration));
        norms.setPython(exploration.python(run -> StreamPython.norms(run, exploration.stages())));
        grid.setPython(exploration.python(
                run -> GridPython.of(run, exploration.state().attention().thumbnails(), edge(exploration))));
    }

    private static int edge(Exploration exploration) {
        return exploration.isEmpty()
                ? 1
                : Math.min(Thumbnail.LARGEST_EDGE, exploration.computed().length());
    }

    private HeadGrid.Heads heads(Exploration exploration) {
        Config config = exploration.model().config();
        int edge = edge(exploration);
        List<HeadId> all = exploration.isEmpty()
                ? List.of()
                : exploration.model().transformer().heads();
        return new HeadGrid.Heads(
                config.nLayers(),
                config.nHeads(),
                edge,
                thumbnails(exploration, "patterns", all, () -> Thumbnail.patterns(exploration, all, edge)),
                thumbnails(exploration, "effects", all, () -> Thumbnail.effects(exploration, all, edge)),
                badges(exploration.scores(), "on repeated random tokens"),
                exploration.isDifference(),
                false);
    }

    private static String thumbnails(
            Exploration exploration, String which, List<HeadId> heads, Supplier<String> pixels) {
        return heads.isEmpty()
                ? pixels.get()
                : exploration.ofRun("thumbnails of " + which, List.of(exploration.isDifference()), run -> pixels.get());
    }

    /**
     * What heads are known for.
     *
     * @param where it was measured
     */
    public static List<Badge> badges(Map<HeadId, DetectorScores> scores, String where) {
        List<Badge> badges = new ArrayList<>();
        scores.forEach((head, score) -> HeadLabel.of(score).ifPresent(label -> badges.add(badge(head, label, where))));
        return badges;
    }

    private static Badge badge(HeadId head, HeadLabel label, String where) {
        return new Badge(
                head.layer(),
                head.head(),
                label.kind().mark() + " " + Figures.fixed(label.score(), 2).replaceFirst("^0", ""),
                String.format(
                        Locale.ROOT,
                        "%.3f mean %s, %s",
                        label.score(),
                        label.kind().explanation(),
                        where),
                label.isStrong());
    }

    /** The stream's norm after each layer, position by position. */
    public static LayerLines.Lines norms(Exploration exploration) {
        List<LayerLines.Series> series = new ArrayList<>();
        if (!exploration.isEmpty()) {
            double[][] byLayer = exploration
                    .ofRun("stream norms", List.of(), StreamNorms::of)
                    .norms();
            for (int l = 0; l < byLayer.length; l++) {
                series.add(new LayerLines.Series(exploration.stages().get(l), Float32.base64(byLayer[l])));
            }
        }
        return new LayerLines.Lines(
                exploration.model().name() + " residual stream norm",
                "Stream norm",
                "‖x‖",
                series,
                exploration.labels());
    }
}
