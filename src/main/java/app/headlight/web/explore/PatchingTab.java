package app.headlight.web.explore;

import app.headlight.engine.circuits.PatchingMap;
import app.headlight.engine.circuits.PatchingMap.By;
import app.headlight.engine.circuits.PatchingMap.Place;
import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.transformer.HeadId;
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
import app.headlight.web.words.Figures;
import app.headlight.web.words.TokenText;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * The tab of patching: one sentence run again and again, each time with one activation taken from the run of another,
 * and how much of the difference of two logits that brings back.
 */
class PatchingTab extends TabContent {

    private static final int NAMED = 4;

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
        site.setItemLabelGenerator(PatchingTab::label);
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
        by.setVisible(kind(asked.site()).isByHead());
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
        By axes = axes(asked);
        boolean denoise = asked.direction() == Direction.DENOISE;
        Kind kind = kind(asked.site());
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
                found -> show(exploration, pair, found));
    }

    private void show(Exploration exploration, SentencePair pair, PatchingMap found) {
        PatchState asked = exploration.state().patch();
        words.setText(words(exploration, pair, found, asked.direction() == Direction.DENOISE));
        boolean same = found.other() == found.base();
        map.setVisible(!same);
        if (same) {
            return;
        }
        map.show(
                List.of(exploration.sentenceKey(), asked.withCell(0, 0), pair.metric()),
                () -> cells(exploration, pair, found));
        Optional<Place> place = place(exploration, found);
        map.select(place.isEmpty() ? -1 : asked.row(), place.isEmpty() ? -1 : asked.column());
        cell.setVisible(place.isPresent());
        keep.setVisible(place.isPresent());
        place.ifPresent(selected -> {
            cell.setText(words(exploration, found, selected));
            keeping = () -> keep(exploration, selected);
        });
    }

    private static String words(Exploration exploration, SentencePair pair, PatchingMap found, boolean denoise) {
        List<Integer> differing = pair.differing();
        String where = differing.isEmpty()
                ? "Both sentences have the same tokens."
                : "They differ at "
                        + differing.stream()
                                .limit(NAMED)
                                .map(t -> t + " (" + TokenText.of(exploration.label(t)) + " | "
                                        + TokenText.of(
                                                pair.other().pieces().get(t).label()) + ")")
                                .collect(Collectors.joining(", "))
                        + (differing.size() > NAMED ? " and at " + (differing.size() - NAMED) + " more." : ".");
        double clean = denoise ? found.other() : found.base();
        double corrupt = denoise ? found.base() : found.other();
        return where + " Logit of "
                + TokenText.of(exploration.piece(pair.metric().answer()).label()) + " minus that of "
                + TokenText.of(exploration.piece(pair.metric().wrong()).label()) + " after position "
                + pair.metric().position() + ": " + Figures.signed(clean) + " in the first, " + Figures.signed(corrupt)
                + " in the second."
                + (clean == corrupt ? " They are equal, so that there is nothing to bring back." : "")
                + (exploration.state().edits().asked().isEmpty() ? "" : " Both are run without the edits above.");
    }

    private String words(Exploration exploration, PatchingMap found, Place place) {
        PatchState asked = exploration.state().patch();
        boolean denoise = asked.direction() == Direction.DENOISE;
        String at = place.position() < 0 ? "" : " at " + exploration.placed(place.position());
        return subject(asked.site(), place) + at + ", taken from the " + (denoise ? "first" : "second")
                + " sentence, moves the difference from " + Figures.signed(found.base()) + " to "
                + Figures.signed(place.metric()) + ": " + Figures.fixed(100 * found.recovered(place), 1)
                + " % of the way to " + Figures.signed(found.other()) + ".";
    }

    /** The run that is patched, with the patch as an edit that is shown everywhere. */
    private void keep(Exploration exploration, Place place) {
        PatchState asked = exploration.state().patch();
        boolean denoise = asked.direction() == Direction.DENOISE;
        String here = exploration.state().sentence();
        Site site = new Site(kind(asked.site()), place.layer(), place.head());
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

    private static Heatmap.Cells cells(Exploration exploration, SentencePair pair, PatchingMap found) {
        PatchState asked = exploration.state().patch();
        By axes = axes(asked);
        int layers = exploration.model().config().nLayers();
        int heads = exploration.model().config().nHeads();
        int length = pair.clean().length();
        List<String> names = new ArrayList<>();
        for (int layer = 0; layer < layers; layer++) {
            for (int h = 0; h < (axes == By.HEAD_POSITION ? heads : 1); h++) {
                names.add(axes == By.HEAD_POSITION ? new HeadId(layer, h).toString() : "L" + layer);
            }
        }
        List<double[]> rows = new ArrayList<>();
        for (int row = 0; row < names.size(); row++) {
            double[] values = new double[axes == By.HEAD ? heads : length];
            for (int column = 0; column < values.length; column++) {
                values[column] = found.recovered(found.places().get(index(exploration, axes, row, column)));
            }
            rows.add(values);
        }
        List<String> columns = new ArrayList<>();
        for (int h = 0; h < heads; h++) {
            columns.add("H" + h);
        }
        String what = label(asked.site());
        return new Heatmap.Cells(
                exploration.model().name() + " patching " + what + " " + Choice.name(asked.direction()),
                "Share of the difference that each patch of " + what + " brings",
                Heatmap.Axis.of(axes == By.HEAD_POSITION ? "head" : "layer", names),
                axes == By.HEAD
                        ? Heatmap.Axis.of("head", columns)
                        : Heatmap.Axis.sentence(
                                asked.site() == Patched.PATTERN ? "destination" : "position",
                                exploration.prompt().pieces()),
                HeadRows.base64(rows),
                "diverging",
                "recovered");
    }

    /** Where a cell's place stands in the list of a map. */
    private static int index(Exploration exploration, By axes, int row, int column) {
        int heads = exploration.model().config().nHeads();
        int length = exploration.prompt().tokens().length;
        return switch (axes) {
            case POSITION -> row * length + column;
            case HEAD -> row * heads + column;
            case HEAD_POSITION -> (row / heads * length + column) * heads + row % heads;
        };
    }

    private static Optional<Place> place(Exploration exploration, PatchingMap found) {
        PatchState asked = exploration.state().patch();
        By axes = axes(asked);
        int heads = exploration.model().config().nHeads();
        int rows = exploration.model().config().nLayers() * (axes == By.HEAD_POSITION ? heads : 1);
        int columns = axes == By.HEAD ? heads : exploration.prompt().tokens().length;
        return asked.row() < 0 || asked.column() < 0 || asked.row() >= rows || asked.column() >= columns
                ? Optional.empty()
                : Optional.of(found.places().get(index(exploration, axes, asked.row(), asked.column())));
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

    private static By axes(PatchState asked) {
        return kind(asked.site()).isByHead() ? asked.by() : By.POSITION;
    }

    private static Kind kind(Patched site) {
        return Kind.valueOf(site.name());
    }

    private static String subject(Patched site, Place place) {
        HeadId head = new HeadId(place.layer(), Math.max(0, place.head()));
        return switch (site) {
            case RESID_PRE -> "The stream before layer " + place.layer();
            case ATTN_OUT -> "What the attention of layer " + place.layer() + " writes";
            case MLP_OUT -> "What the MLP of layer " + place.layer() + " writes";
            case RESULT -> "What " + head + " writes";
            case Q -> "The queries of " + head;
            case K -> "The keys of " + head;
            case V -> "The values of " + head;
            case PATTERN -> "The pattern of " + head;
        };
    }

    private static String label(Patched site) {
        return switch (site) {
            case RESID_PRE -> "the stream before a layer";
            case ATTN_OUT -> "what attention writes";
            case MLP_OUT -> "what the MLP writes";
            case RESULT -> "what a head writes";
            case Q -> "queries";
            case K -> "keys";
            case V -> "values";
            case PATTERN -> "the pattern";
        };
    }
}
