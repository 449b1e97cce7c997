package app.headlight.web.explore.patching;

import app.headlight.engine.circuits.PatchingMap.By;
import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.transformer.HeadId;
import app.headlight.services.edits.AskedEdit;
import app.headlight.services.lab.Measurement;
import app.headlight.services.search.CircuitSearch;
import app.headlight.services.search.CircuitSearch.Method;
import app.headlight.services.search.PairMapping;
import app.headlight.services.search.PairMapping.How;
import app.headlight.services.search.SearchTask;
import app.headlight.web.component.Heatmap;
import app.headlight.web.component.Segmented;
import app.headlight.web.explore.shown.Choice;
import app.headlight.web.explore.shown.Exploration;
import app.headlight.web.explore.shown.StateChange;
import app.headlight.web.explore.shown.TabContent;
import app.headlight.web.page.LongWork;
import app.headlight.web.view.EditState;
import app.headlight.web.view.PatchState;
import app.headlight.web.view.PatchState.Direction;
import app.headlight.web.view.PatchState.Figure;
import app.headlight.web.view.PatchState.Patched;
import app.headlight.web.view.ViewState;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * The tab of patching: one sentence run again and again, each time with one activation taken from the run of another,
 * and how much of the difference of two logits that brings back; of one pair of sentences, or of several.
 */
public class PatchingTab extends TabContent {

    /** Several pairs are refused where they take longer, in seconds. */
    private static final double MOST = 300;

    private final StateChange change;
    private final PatchFields fields;
    private final Segmented figure = new Segmented(
            "What the map shows",
            List.of(
                    new Segmented.Choice(Choice.name(Figure.MEAN), "mean", "The mean over the pairs"),
                    new Segmented.Choice(
                            Choice.name(Figure.SPREAD), "spread", "The standard deviation over the pairs")));
    private final TokenPairs tokens = new TokenPairs();
    private final Div scrolled = new Div(tokens);
    private final Paragraph words = new Paragraph();
    private final LongWork work = new LongWork();
    private final Heatmap map = new Heatmap();
    private final Paragraph cell = new Paragraph();
    private final Button keep = new Button("Keep as edit");
    private final CircuitTable circuits = new CircuitTable();
    private final SeveralPairs several;
    private final PatchedCell patched = new PatchedCell();
    private transient Runnable keeping = () -> {};

    public PatchingTab(StateChange change) {
        super("hl-tab-patching");
        this.change = change;
        fields = new PatchFields(change);
        several = new SeveralPairs(change);
        scrolled.addClassName("hl-scrolled");
        words.setId("patching-words");
        map.setId("patching-map");
        cell.setId("patching-cell");
        keep.setId("patching-keep");
        figure.setId("patching-figure");
        figure.addChoiceListener(event ->
                change.to(state -> state.withPatch(state.patch().withFigure(Choice.of(Figure.class, event.value())))));
        map.addCellSelectListener(event ->
                change.to(state -> state.withPatch(state.patch().withCell(event.row(), event.column()))));
        keep.addThemeVariants(ButtonVariant.LUMO_SMALL);
        keep.addClickListener(event -> keeping.run());
        Div selected = new Div(cell, keep);
        selected.addClassName("hl-patched");
        addPicture(fields);
        addPicture(new Div(scrolled, words, work, figure, selected, map, patched, circuits, several));
    }

    @Override
    protected String missing(Exploration exploration) {
        if (exploration.prompt().continued() > 0) {
            return "Patching compares two sentences as they are typed. Choose Continue ▾, Without the continuation, first.";
        }
        return exploration.headId().isEmpty()
                ? "This model has no heads, so that nothing but the token itself decides what comes next."
                : super.missing(exploration);
    }

    @Override
    protected void draw(Exploration exploration) {
        PatchState asked = exploration.state().patch();
        fields.show(exploration);
        map.setVisible(false);
        cell.setVisible(false);
        keep.setVisible(false);
        figure.setVisible(false);
        circuits.end();
        several.setVisible(false);
        patched.setVisible(false);
        scrolled.setVisible(false);
        work.end();
        words.setText("");
        if (asked.other().isEmpty() && asked.pairs().isEmpty()) {
            words.setText("Give a second sentence of as many tokens, for which the model expects something else. Each"
                    + " activation of one run is then put into the other, one at a time, to find those that matter.");
            return;
        }
        try {
            MappedPairs pairs = MappedPairs.of(exploration);
            if (pairs.shown() != null) {
                fields.show(exploration, pairs.shown());
                tokens.show(exploration, pairs.shown());
                scrolled.setVisible(true);
            }
            if (asked.site() == Patched.EDGE) {
                mapEdges(exploration, pairs);
            } else {
                mapPlaces(exploration, pairs);
            }
            several.show(exploration, pairs);
        } catch (Refusal refused) {
            work.end();
            words.setText(refused.getMessage());
        }
    }

    private void mapEdges(Exploration exploration, MappedPairs pairs) {
        String tooMany = ShownEdges.tooMany(exploration);
        if (!tooMany.isEmpty()) {
            throw new Refusal(tooMany);
        }
        List<SearchTask> tasks = isDenoised(exploration)
                ? pairs.tasks().stream().map(SearchTask::reversed).toList()
                : pairs.tasks();
        checkTime(CircuitSearch.exactSeconds(exploration.model(), tasks), pairs);
        await(
                exploration,
                new CircuitSearch(exploration.lab()).effects(exploration.model(), tasks, Method.EXACT),
                found -> new ShownEdges(exploration, pairs, found));
        if (!pairs.isSeveral()) {
            circuits.show(exploration, pairs.alone());
        }
    }

    private void mapPlaces(Exploration exploration, MappedPairs pairs) {
        PatchState asked = exploration.state().patch();
        By axes = ShownPatches.axes(asked);
        How how = new How(ShownPatches.kind(asked.site()), axes, isDenoised(exploration));
        checkTime(PairMapping.seconds(exploration.model(), pairs.tasks(), how), pairs);
        await(
                exploration,
                new PairMapping(exploration.lab()).maps(exploration.model(), pairs.tasks(), how),
                found -> new ShownPatches(exploration, pairs, found));
    }

    private static void checkTime(double seconds, MappedPairs pairs) {
        if (pairs.isSeveral() && seconds > MOST) {
            throw new Refusal(String.format(
                    Locale.ROOT,
                    "On this model the map of %d pairs takes about %,.0f minutes; take fewer of them, shorter ones, or a map"
                            + " by head.",
                    pairs.tasks().size(),
                    Math.ceil(seconds / 60)));
        }
    }

    private <V> void await(Exploration exploration, Measurement<V> measured, Function<V, ShownMap> shown) {
        work.await(
                exploration.lab().ask(measured),
                "Patching",
                found -> show(exploration, shown.apply(found)),
                part -> show(exploration, shown.apply(part)));
    }

    private static boolean isDenoised(Exploration exploration) {
        return exploration.state().patch().direction() == Direction.DENOISE;
    }

    private void show(Exploration exploration, ShownMap shown) {
        PatchState asked = exploration.state().patch();
        words.setText(shown.words());
        map.setVisible(!shown.isAlike());
        figure.setVisible(shown.pairs().isSeveral() && !shown.isAlike());
        figure.setValue(Choice.name(asked.figure()));
        if (shown.isAlike()) {
            return;
        }
        map.show(
                List.of(
                        exploration.sentenceKey(),
                        asked.withCell(0, 0),
                        shown.pairs().tasks(),
                        shown.estimated()),
                shown::cells);
        map.setPython(shown.python());
        Optional<ShownMap.Selected> selected = shown.selected();
        map.select(selected.isEmpty() ? -1 : asked.row(), selected.isEmpty() ? -1 : asked.column());
        cell.setVisible(selected.isPresent() || asked.row() >= 0 || asked.column() >= 0);
        cell.setText(selected.map(ShownMap.Selected::words)
                .orElse("There is no cell at row=" + asked.row() + " and column=" + asked.column() + " of this map."));
        AskedEdit edit = selected.map(ShownMap.Selected::edit).orElse(null);
        keep.setVisible(edit != null);
        SentencePair pair = shown.pairs().shown();
        patched.setVisible(edit != null && pair != null);
        if (edit != null && pair != null) {
            HeadId own = selected.map(ShownMap.Selected::head).orElse(null);
            HeadId head = own == null ? exploration.headId().orElseThrow() : own;
            patched.show(exploration, pair, edit, head, isDenoised(exploration));
        }
        keeping = () -> {
            if (edit != null) {
                keep(exploration, edit);
            }
        };
    }

    /** The run that is patched, with the patch as an edit that is shown everywhere. */
    private void keep(Exploration exploration, AskedEdit edit) {
        PatchState asked = exploration.state().patch();
        boolean denoise = isDenoised(exploration);
        String here = exploration.state().sentence();
        change.to(state -> {
            ViewState patched = denoise
                    ? state.withSentence(asked.other())
                            .withPatch(asked.withOther(here).withDirection(Direction.NOISE))
                            .withLine(state.destination(), ViewState.UNSET)
                    : state;
            return patched.withEdits(new EditState(List.of(edit), EditState.Shown.WITH));
        });
    }
}
