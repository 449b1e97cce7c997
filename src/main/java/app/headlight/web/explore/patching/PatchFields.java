package app.headlight.web.explore.patching;

import app.headlight.engine.circuits.EdgeTask.Measure;
import app.headlight.engine.circuits.PatchingMap.By;
import app.headlight.engine.refusal.Refusal;
import app.headlight.services.models.OpenModel;
import app.headlight.services.search.ReadyPair;
import app.headlight.web.component.Forms;
import app.headlight.web.component.Segmented;
import app.headlight.web.explore.shown.Choice;
import app.headlight.web.explore.shown.Exploration;
import app.headlight.web.explore.shown.StateChange;
import app.headlight.web.pairs.PairFields;
import app.headlight.web.pairs.ReadPairs;
import app.headlight.web.view.AskedPairs;
import app.headlight.web.view.AskedPairs.Made;
import app.headlight.web.view.EditState;
import app.headlight.web.view.PatchState;
import app.headlight.web.view.PatchState.Direction;
import app.headlight.web.view.PatchState.Patched;
import app.headlight.web.view.ViewState;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Where people say which sentences are patched into one another, and what of their runs. */
class PatchFields extends Div {

    private final transient StateChange change;
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
    private final ReadyPairs ready = new ReadyPairs(this::take);
    private final transient PairFields pairs;
    private transient String suggested = "";
    private transient @Nullable OpenModel model;

    PatchFields(StateChange change) {
        this.change = change;
        pairs = new PairFields("pairs for patching", "Map these", this::takePairs)
                .orNone("these two sentences", () -> patch(state -> state.withPairs(Optional.empty())));
        other.setId("patch-other");
        answer.setId("patch-answer");
        wrong.setId("patch-wrong");
        another.setId("patch-another");
        List.of(other, answer, wrong).forEach(Forms::sendsItself);
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
        Div tokens = new Div(answer, wrong);
        tokens.addClassName("hl-fields");
        Div several = new Div(pairs.choices().toArray(Component[]::new));
        several.addClassName("hl-pairs");
        add(other, another, ready, tokens, several, pairs.written(), site, by, direction);
    }

    private void patch(UnaryOperator<PatchState> edit) {
        change.to(state -> state.withPatch(edit.apply(state.patch())));
    }

    void show(Exploration exploration) {
        PatchState asked = exploration.state().patch();
        model = exploration.model();
        ready.of(exploration);
        pairs.show(asked.pairs().orElse(null));
        other.setValue(asked.other());
        site.setItems(sites(exploration));
        site.setValue(asked.site());
        by.setVisible(ShownPatches.isByHead(asked.site()));
        by.setValue(asked.by());
        direction.setValue(Choice.name(asked.direction()));
        offerAnother(exploration);
        answer.setVisible(!asked.other().isEmpty());
        wrong.setVisible(!asked.other().isEmpty());
        answer.setValue(asked.answer());
        wrong.setValue(asked.wrong());
    }

    /** Shows the tokens that are asked for, or were chosen. */
    void show(Exploration exploration, SentencePair pair) {
        answer.setValue(exploration.piece(pair.metric().answer()).label());
        wrong.setValue(exploration.piece(pair.metric().wrong()).label());
    }

    /** The pair alone. */
    private void take(ReadyPair pair) {
        change.to(
                state -> shown(state, pair).withPatch(shown(state, pair).patch().withPairs(Optional.empty())));
    }

    private void takePairs(UnaryOperator<AskedPairs> asked) {
        change.to(state -> {
            AskedPairs wanted = asked.apply(state.patch().pairs().orElse(AskedPairs.first(Made.INDUCTION)));
            ViewState chosen = state.withPatch(state.patch().withPairs(Optional.of(wanted)));
            return first(wanted).map(pair -> shown(chosen, pair)).orElse(chosen);
        });
    }

    /** The first of some pairs; empty where they cannot be read, which the map says. */
    private Optional<ReadyPair> first(AskedPairs wanted) {
        try {
            return model == null
                    ? Optional.empty()
                    : Optional.of(ReadPairs.of(model, wanted, Measure.LOGIT_DIFF)
                            .pairs()
                            .getFirst());
        } catch (Refusal unfit) {
            return Optional.empty();
        }
    }

    /** With a pair as the sentences of Explore; what is mapped stays, and a selected cell too. */
    static ViewState shown(ViewState state, ReadyPair pair) {
        return state.withSentence(pair.clean())
                .withEdits(EditState.NONE)
                .withPatch(state.patch()
                        .withOther(pair.corrupt())
                        .withAsked(pair.answer(), pair.wrong())
                        .withCell(state.patch().row(), state.patch().column()));
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
