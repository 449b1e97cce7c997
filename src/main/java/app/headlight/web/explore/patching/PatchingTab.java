package app.headlight.web.explore.patching;

import app.headlight.engine.circuits.EdgeTask.Measure;
import app.headlight.engine.circuits.PatchingMap;
import app.headlight.engine.circuits.PatchingMap.By;
import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.transformer.Run;
import app.headlight.engine.transformer.Site.Kind;
import app.headlight.engine.transformer.Transformer;
import app.headlight.services.edits.AskedEdit;
import app.headlight.services.lab.Measurement;
import app.headlight.services.lab.RunRef;
import app.headlight.services.lab.Ticket;
import app.headlight.services.models.ModelRef;
import app.headlight.services.search.CircuitSearch;
import app.headlight.services.search.CircuitSearch.Method;
import app.headlight.services.search.ReadyPair;
import app.headlight.services.search.SearchTask;
import app.headlight.web.component.Forms;
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
import app.headlight.web.view.PatchState.Patched;
import app.headlight.web.view.ViewState;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The tab of patching: one sentence run again and again, each time with one activation taken from the run of another,
 * and how much of the difference of two logits that brings back.
 */
public class PatchingTab extends TabContent {

    private static final String ESTIMATED = "Estimated by one derivative, until the exact values are there.";

    private final StateChange change;
    private final TextField other = new TextField("Second sentence, of as many tokens");
    private final Button another = new Button();
    private final TextField answer = new TextField("Logit of");
    private final TextField wrong = new TextField("minus that of");
    private final Select<Patched> site = new Select<>();
    private final Select<By> by = new Select<>();
    private final Segmented direction = new Segmented(
            "Which run is patched",
            List.of(
                    new Segmented.Choice(
                            Choice.name(Direction.DENOISE),
                            "denoise",
                            "The second sentence is run, with one activation of the first: what is enough to bring the"
                                    + " answer back?"),
                    new Segmented.Choice(
                            Choice.name(Direction.NOISE),
                            "noise",
                            "The first sentence is run, with one activation of the second: what is needed for the"
                                    + " answer?")));
    private final Paragraph words = new Paragraph();
    private final LongWork work = new LongWork();
    private final Heatmap map = new Heatmap();
    private final Paragraph cell = new Paragraph();
    private final Button keep = new Button("Keep as edit");
    private final CircuitTable circuits = new CircuitTable();
    private final ReadyPairs ready = new ReadyPairs(this::take);
    private transient Runnable keeping = () -> {};
    private transient String suggested = "";
    private transient @Nullable Ticket<?> awaited;

    public PatchingTab(StateChange change) {
        super("hl-tab-patching");
        this.change = change;
        other.setId("patch-other");
        answer.setId("patch-answer");
        wrong.setId("patch-wrong");
        words.setId("patching-words");
        map.setId("patching-map");
        cell.setId("patching-cell");
        keep.setId("patching-keep");
        another.setId("patch-another");
        for (TextField field : List.of(other, answer, wrong)) {
            Forms.sendsItself(field);
        }
        other.addValueChangeListener(event -> {
            if (event.isFromClient()) {
                patch(state -> state.withOther(event.getValue()));
            }
        });
        answer.addValueChangeListener(event -> {
            if (event.isFromClient()) {
                patch(state -> state.withAsked(event.getValue(), state.wrong()));
            }
        });
        wrong.addValueChangeListener(event -> {
            if (event.isFromClient()) {
                patch(state -> state.withAsked(state.answer(), event.getValue()));
            }
        });
        another.addThemeVariants(ButtonVariant.LUMO_SMALL);
        another.addClickListener(event -> patch(state -> state.withOther(suggested)));
        site.setLabel("What is patched");
        site.setItemLabelGenerator(ShownPatches::label);
        site.addValueChangeListener(event -> {
            if (event.isFromClient()) {
                patch(state -> state.withSite(event.getValue()));
            }
        });
        by.setLabel("for each");
        by.setItems(By.HEAD, By.HEAD_POSITION);
        by.setItemLabelGenerator(axes -> axes == By.HEAD ? "head" : "head and position");
        by.addValueChangeListener(event -> {
            if (event.isFromClient()) {
                patch(state -> state.withBy(event.getValue()));
            }
        });
        direction.addChoiceListener(
                event -> patch(state -> state.withDirection(Choice.of(Direction.class, event.value()))));
        map.addCellSelectListener(event -> patch(state -> state.withCell(event.row(), event.column())));
        keep.addThemeVariants(ButtonVariant.LUMO_SMALL);
        keep.addClickListener(event -> keeping.run());
        Div tokens = new Div(answer, wrong);
        tokens.addClassName("hl-fields");
        Div selected = new Div(cell, keep);
        selected.addClassName("hl-patched");
        addPicture(new Div(other, another, ready, tokens, site, by, direction));
        addPicture(new Div(words, work, selected, map, circuits));
    }

    private void patch(UnaryOperator<PatchState> edit) {
        change.to(state -> state.withPatch(edit.apply(state.patch())));
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
        ready.of(exploration.model());
        awaited = null;
        other.setValue(asked.other());
        site.setItems(sites(exploration));
        site.setValue(asked.site());
        by.setVisible(ShownPatches.isByHead(asked.site()));
        by.setValue(asked.by());
        direction.setValue(Choice.name(asked.direction()));
        offerAnother(exploration);
        map.setVisible(false);
        cell.setVisible(false);
        keep.setVisible(false);
        circuits.end();
        answer.setVisible(!asked.other().isEmpty());
        wrong.setVisible(!asked.other().isEmpty());
        if (asked.other().isEmpty()) {
            work.end();
            words.setText("Give a second sentence of as many tokens, for which the model expects something else. Each"
                    + " activation of one run is then put into the other, one at a time, to find those that matter.");
            return;
        }
        SentencePair pair;
        try {
            pair = SentencePair.of(exploration);
        } catch (Refusal refused) {
            work.end();
            answer.setValue(asked.answer());
            wrong.setValue(asked.wrong());
            words.setText(refused.getMessage());
            return;
        }
        answer.setValue(exploration.piece(pair.metric().answer()).label());
        wrong.setValue(exploration.piece(pair.metric().wrong()).label());
        words.setText("");
        if (asked.site() == Patched.EDGE) {
            drawEdges(exploration, pair);
        } else {
            drawPlaces(exploration, pair);
        }
    }

    private void drawEdges(Exploration exploration, SentencePair pair) {
        String tooMany = ShownEdges.tooMany(exploration);
        if (!tooMany.isEmpty()) {
            work.end();
            words.setText(tooMany);
            return;
        }
        Run base = isDenoised(exploration) ? pair.corrupt() : pair.clean();
        Run other = isDenoised(exploration) ? pair.clean() : pair.corrupt();
        SearchTask task = SearchTask.of(base.tokens(), other.tokens(), pair.metric(), Measure.LOGIT_DIFF);
        CircuitSearch search = new CircuitSearch(exploration.lab());
        await(
                exploration,
                search.effects(exploration.model(), task, Method.EXACT),
                search.effects(exploration.model(), task, Method.EAP),
                found -> new ShownEdges(
                        exploration, pair, pair.metric().of(base), pair.metric().of(other), found));
        circuits.show(exploration, pair);
    }

    private void drawPlaces(Exploration exploration, SentencePair pair) {
        PatchState asked = exploration.state().patch();
        By axes = ShownPatches.axes(asked);
        boolean denoise = isDenoised(exploration);
        Kind kind = ShownPatches.kind(asked.site());
        ModelRef ref = exploration.model().ref();
        Transformer model = exploration.model().transformer();
        Run base = denoise ? pair.corrupt() : pair.clean();
        Run other = denoise ? pair.clean() : pair.corrupt();
        List<Object> how = List.of(
                RunRef.of(ref, pair.clean().tokens()).tokens(),
                RunRef.of(ref, pair.corrupt().tokens()).tokens(),
                kind,
                axes,
                denoise,
                pair.metric());
        await(
                exploration,
                Measurement.slow(
                        ref,
                        "patching",
                        how,
                        progress -> PatchingMap.of(model, base, other, kind, axes, pair.metric(), progress)),
                Measurement.quick(
                        ref,
                        "estimate of patching",
                        how,
                        () -> PatchingMap.estimate(model, base, other, kind, axes, pair.metric())),
                found -> new ShownPatches(exploration, pair, found));
    }

    /** Shows an estimate until the exact values are there. */
    private <V> void await(
            Exploration exploration, Measurement<V> exact, Measurement<V> estimate, Function<V, ShownMap> shown) {
        Ticket<V> ticket = exploration.lab().ask(exact);
        awaited = ticket;
        work.await(ticket, "Patching", found -> show(exploration, shown.apply(found), false));
        if (ticket.result().isDone()) {
            return;
        }
        UI ui = UI.getCurrent();
        exploration
                .lab()
                .ask(estimate)
                .result()
                .thenAccept(found -> ui.access(() -> {
                    if (awaited == ticket && !ticket.result().isDone()) {
                        show(exploration, shown.apply(found), true);
                    }
                }));
    }

    private static boolean isDenoised(Exploration exploration) {
        return exploration.state().patch().direction() == Direction.DENOISE;
    }

    private void show(Exploration exploration, ShownMap shown, boolean estimated) {
        PatchState asked = exploration.state().patch();
        words.setText(shown.words() + (estimated ? " " + ESTIMATED : ""));
        boolean same = shown.other() == shown.base();
        map.setVisible(!same);
        if (same) {
            return;
        }
        map.show(
                List.of(
                        exploration.sentenceKey(),
                        asked.withCell(0, 0),
                        shown.pair().metric(),
                        estimated),
                shown::cells);
        Optional<ShownMap.Selected> selected = shown.selected();
        map.select(selected.isEmpty() ? -1 : asked.row(), selected.isEmpty() ? -1 : asked.column());
        cell.setVisible(selected.isPresent() || asked.row() >= 0 || asked.column() >= 0);
        cell.setText(selected.map(ShownMap.Selected::words)
                .orElse("There is no cell at row=" + asked.row() + " and column=" + asked.column() + " of this map."));
        keep.setVisible(selected.isPresent());
        keeping = () -> selected.ifPresent(cell -> keep(exploration, cell.edit()));
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

    private void take(ReadyPair pair) {
        change.to(state -> state.withSentence(pair.clean())
                .withEdits(EditState.NONE)
                .withPatch(state.patch().withOther(pair.corrupt()).withAsked(pair.answer(), pair.wrong())));
    }

    private void offerAnother(Exploration exploration) {
        int at = exploration.hasLine()
                ? exploration.state().source()
                : exploration.state().destination();
        Optional<String> text = SentencePair.withAnother(exploration, at);
        another.setVisible(text.isPresent());
        text.ifPresent(found -> {
            suggested = found;
            another.setText("The same with another token at " + exploration.placed(at));
        });
    }

    private static List<Patched> sites(Exploration exploration) {
        return List.of(Patched.values()).stream()
                .filter(site ->
                        site != Patched.MLP_OUT || exploration.model().config().mlp() != null)
                .toList();
    }
}
