package app.headlight.web.explore.bar;

import app.headlight.engine.residual.Prediction;
import app.headlight.engine.transformer.Run;
import app.headlight.services.edits.AskedEdit;
import app.headlight.services.edits.EditWords;
import app.headlight.web.component.Segmented;
import app.headlight.web.explore.edits.EditMenu;
import app.headlight.web.explore.shown.Choice;
import app.headlight.web.explore.shown.EditedRun;
import app.headlight.web.explore.shown.Exploration;
import app.headlight.web.explore.shown.StateChange;
import app.headlight.web.panels.Panel;
import app.headlight.web.view.EditState;
import app.headlight.web.view.EditState.Shown;
import app.headlight.web.words.Figures;
import app.headlight.web.words.TokenText;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import java.util.Arrays;
import java.util.List;

/** What is edited in the run, a button for each edit that undoes it, and what that changes; nothing without edits. */
public class EditBar extends Div implements Panel<Exploration> {

    private static final List<Segmented.Choice> CHOICES = List.of(
            new Segmented.Choice(Choice.name(Shown.WITH), "with", "The run with the edits"),
            new Segmented.Choice(Choice.name(Shown.WITHOUT), "without", "The run without any edit"),
            new Segmented.Choice(
                    Choice.name(Shown.DIFFERENCE),
                    "difference",
                    "With minus without, in the tokens, the heads, the attention, the scores, the attribution and the layer;"
                            + " the other pictures show the run with the edits"));

    private final transient StateChange change;
    private final Div chips = new Div();
    private final Paragraph effect = new Paragraph();
    private final Segmented shown = new Segmented("Pictures show the run", CHOICES);

    public EditBar(StateChange change) {
        this.change = change;
        setId("edits");
        addClassName("hl-edits");
        chips.addClassName("hl-chips");
        chips.getElement().setAttribute("role", "group");
        chips.getElement().setAttribute("aria-label", "Edits of the run");
        effect.setId("edits-effect");
        effect.getElement().setAttribute("aria-live", "polite");
        shown.addChoiceListener(event ->
                change.to(state -> state.withEdits(state.edits().withShown(Choice.of(Shown.class, event.value())))));
        add(chips, shown, effect);
    }

    @Override
    public void show(Exploration exploration) {
        List<AskedEdit> edits = exploration.state().edits().asked();
        setVisible(!edits.isEmpty() && !exploration.isEmpty());
        if (!isVisible()) {
            return;
        }
        chips.removeAll();
        for (AskedEdit edit : edits) {
            String label = EditWords.label(edit);
            NativeButton chip = new NativeButton("", event -> EditMenu.toggle(change, edit));
            Span undo = new Span("✕");
            undo.getElement().setAttribute("aria-hidden", "true");
            chip.add(new Span(label), undo);
            chip.addClassName("hl-chip");
            chip.setAriaLabel("Undo: " + label);
            chip.setTitle("Undo");
            chips.add(chip);
        }
        if (edits.size() > 1) {
            NativeButton all =
                    new NativeButton("Undo all", event -> change.to(state -> state.withEdits(EditState.NONE)));
            all.addClassName("hl-link");
            chips.add(all);
        }
        shown.setValue(Choice.name(exploration.state().edits().shown()));
        effect.setText(effect(exploration));
    }

    /** "Without L0H3, the chance of ·Mary after ·Aunt (13) falls from 83 % to 4 %." */
    private static String effect(Exploration exploration) {
        EditedRun runs = exploration.runsOfSentence();
        Run plain = runs.plain();
        Run edited = runs.edited();
        int length = plain.length();
        int at = exploration.hasDestination() ? exploration.state().destination() : length - 1;
        Prediction before = Prediction.at(plain, at);
        Prediction after = Prediction.at(edited, at);
        int token = at + 1 < length
                ? plain.tokens()[at + 1]
                : before.likeliest(1).getFirst().token();
        double p = before.probability(token);
        double q = after.probability(token);
        String how = percent(p).equals(percent(q))
                ? " stays at " + percent(p)
                : (q < p ? " falls from " : " rises from ") + percent(p) + " to " + percent(q);
        String loss = length < 2
                ? ""
                : " Mean loss " + Figures.fixed(mean(plain.loss()), 2) + " → " + Figures.fixed(mean(edited.loss()), 2)
                        + " nats.";
        return EditWords.with(exploration.state().edits().asked()) + ", the chance of "
                + TokenText.of(exploration.piece(token).label()) + " after " + exploration.placed(at) + how + "."
                + loss;
    }

    private static String percent(double share) {
        double percent = 100 * share;
        return Figures.fixed(percent, percent >= 9.95 || percent == 0 ? 0 : percent >= 0.095 ? 1 : 3) + " %";
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElse(Double.NaN);
    }
}
