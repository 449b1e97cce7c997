package app.headlight.web.explore;

import app.headlight.engine.circuits.PatchingMap;
import app.headlight.engine.circuits.PatchingMap.By;
import app.headlight.engine.circuits.PatchingMap.Place;
import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.transformer.Site;
import app.headlight.engine.transformer.Site.Kind;
import app.headlight.services.edits.AskedEdit;
import app.headlight.services.lab.Measurement;
import app.headlight.services.lab.RunRef;
import app.headlight.services.models.ModelRef;
import app.headlight.web.component.Forms;
import app.headlight.web.component.Heatmap;
import app.headlight.web.component.Segmented;
import app.headlight.web.page.LongWork;
import app.headlight.web.view.EditState;
import app.headlight.web.view.PatchState;
import app.headlight.web.view.PatchState.Direction;
import app.headlight.web.view.PatchState.Patched;
import app.headlight.web.view.ViewState;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The tab of patching: one sentence run again and again, each time with one activation taken from the run of another,
 * and how much of the difference of two logits that brings back.
 */
class PatchingTab extends TabContent {

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
    private transient Runnable keeping = () -> {};
    private transient String suggested = "";

    PatchingTab(StateChange change) {
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
        addPicture(new Div(other, another, tokens, site, by, direction));
        addPicture(new Div(words, work, selected, map));
    }

    private void patch(UnaryOperator<PatchState> edit) {
        change.to(state -> state.withPatch(edit.apply(state.patch())));
    }

    @Override
    String missing(Exploration exploration) {
        return exploration.headId().isEmpty()
                ? "This model has no heads, so that nothing but the token itself decides what comes next."
                : super.missing(exploration);
    }

    @Override
    void draw(Exploration exploration) {
        PatchState asked = exploration.state().patch();
        other.setValue(asked.other());
        site.setItems(sites(exploration));
        site.setValue(asked.site());
        by.setVisible(ShownPatches.kind(asked.site()).isByHead());
        by.setValue(asked.by());
        direction.setValue(Choice.name(asked.direction()));
        offerAnother(exploration);
        map.setVisible(false);
        cell.setVisible(false);
        keep.setVisible(false);
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
        By axes = ShownPatches.axes(asked);
        boolean denoise = asked.direction() == Direction.DENOISE;
        Kind kind = ShownPatches.kind(asked.site());
        ModelRef ref = exploration.model().ref();
        words.setText("");
        work.await(
                exploration
                        .lab()
                        .ask(Measurement.slow(
                                ref,
                                "patching",
                                List.of(
                                        RunRef.of(ref, pair.clean().tokens()).tokens(),
                                        RunRef.of(ref, pair.corrupt().tokens()).tokens(),
                                        kind,
                                        axes,
                                        denoise,
                                        pair.metric()),
                                progress -> PatchingMap.of(
                                        exploration.model().transformer(),
                                        denoise ? pair.corrupt() : pair.clean(),
                                        denoise ? pair.clean() : pair.corrupt(),
                                        kind,
                                        axes,
                                        pair.metric(),
                                        progress))),
                "Patching",
                found -> show(exploration, new ShownPatches(exploration, pair, found)));
    }

    private void show(Exploration exploration, ShownPatches patches) {
        PatchState asked = exploration.state().patch();
        words.setText(patches.words());
        boolean same = patches.found().other() == patches.found().base();
        map.setVisible(!same);
        if (same) {
            return;
        }
        map.show(
                List.of(
                        exploration.sentenceKey(),
                        asked.withCell(0, 0),
                        patches.pair().metric()),
                patches::cells);
        Optional<Place> place = patches.place();
        map.select(place.isEmpty() ? -1 : asked.row(), place.isEmpty() ? -1 : asked.column());
        cell.setVisible(place.isPresent() || asked.row() >= 0 || asked.column() >= 0);
        cell.setText(place.map(patches::words)
                .orElse("There is no cell at row=" + asked.row() + " and column=" + asked.column() + " of this map."));
        keep.setVisible(place.isPresent());
        keeping = () -> place.ifPresent(selected -> keep(exploration, selected));
    }

    /** The run that is patched, with the patch as an edit that is shown everywhere. */
    private void keep(Exploration exploration, Place place) {
        PatchState asked = exploration.state().patch();
        boolean denoise = asked.direction() == Direction.DENOISE;
        String here = exploration.state().sentence();
        Site site = new Site(ShownPatches.kind(asked.site()), place.layer(), place.head());
        AskedEdit edit = AskedEdit.patch(site, denoise ? here : asked.other());
        AskedEdit placed = place.position() < 0 ? edit : edit.in(place.position());
        change.to(state -> {
            ViewState patched = denoise
                    ? state.withSentence(asked.other())
                            .withPatch(asked.withOther(here).withDirection(Direction.NOISE))
                            .withLine(state.destination(), ViewState.UNSET)
                    : state;
            return patched.withEdits(new EditState(List.of(placed), EditState.Shown.WITH));
        });
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
