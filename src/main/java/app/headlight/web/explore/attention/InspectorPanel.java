package app.headlight.web.explore.attention;

import app.headlight.engine.circuits.DetectorScores;
import app.headlight.engine.circuits.HeadLabel;
import app.headlight.engine.circuits.LogitEffect;
import app.headlight.engine.residual.Prediction;
import app.headlight.engine.tensor.TopK;
import app.headlight.engine.tensor.Vector;
import app.headlight.engine.transformer.HeadId;
import app.headlight.engine.transformer.Run;
import app.headlight.services.measures.Measure;
import app.headlight.services.measures.Measure.Detector;
import app.headlight.web.component.OneStop;
import app.headlight.web.component.RankedTokens;
import app.headlight.web.component.RankedTokens.Ranking;
import app.headlight.web.component.RankedTokens.Row;
import app.headlight.web.component.Term;
import app.headlight.web.component.TokenStrip.Guess;
import app.headlight.web.explore.edits.EditMenu;
import app.headlight.web.explore.shown.Annotating;
import app.headlight.web.explore.shown.Exploration;
import app.headlight.web.explore.shown.ExploreDesk;
import app.headlight.web.explore.shown.LineInWords;
import app.headlight.web.explore.shown.ShownHead;
import app.headlight.web.panels.Panel;
import app.headlight.web.python.InspectorPython;
import app.headlight.web.view.CircuitState;
import app.headlight.web.view.HeadAddress;
import app.headlight.web.words.Figures;
import app.headlight.web.words.ModelKind;
import app.headlight.web.words.Quantity;
import app.headlight.web.words.TokenText;
import com.vaadin.flow.component.Text;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.html.Paragraph;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The selected line in words and in numbers. */
public class InspectorPanel extends OneStop implements Panel<Exploration> {

    private static final int RAISED = 3;
    private static final int LOWERED = 2;
    private static final int GUESSES = 4;

    private final H2 heading = new H2();
    private final Paragraph words = new Paragraph();
    private final Div figures = new Div();
    private final RankedTokens effect = new RankedTokens().compact();
    private final H2 nextHeading = new H2();
    private final RankedTokens next = new RankedTokens().compact().unsigned().upTo(1);

    private final EditMenu menu;
    private final transient @Nullable Annotating annotating;
    private final NativeButton origin = new NativeButton("where from?");

    public InspectorPanel(ExploreDesk desk) {
        super("What is selected");
        annotating = desk.annotating();
        origin.addClassName("hl-link");
        origin.addClickListener(event -> desk.change()
                .to(state -> state.withCircuit(
                        state.circuit().withTab(CircuitState.QK).withTerm(CircuitState.Term.SCORES))));
        setId("inspector");
        addClassNames("hl-panel", "hl-inspector");
        figures.addClassName("hl-figures");
        NativeButton edit = new NativeButton("Edit ▾");
        edit.setId("edit");
        edit.addClassName("hl-edit-button");
        menu = EditMenu.ofButton(edit, desk.change());
        Div top = new Div(heading, edit);
        if (desk.annotating() != null) {
            top.add(desk.annotating().button()); // side by side: the panel has no line to spare
        }
        top.addClassName("hl-inspector-top");
        add(top, words, effect, figures, nextHeading, next);
    }

    @Override
    public void show(Exploration exploration) {
        menu.show(exploration);
        boolean line = exploration.hasLine();
        boolean destination = exploration.hasDestination();
        heading.setText(line ? "Selected line" : destination ? "Selected token" : "Nothing selected");
        words.removeAll();
        figures.setVisible(line);
        effect.setVisible(line);
        nextHeading.setVisible(destination);
        next.setVisible(destination);
        if (line) {
            showLine(exploration, exploration.shownHead().orElseThrow());
        } else if (destination) {
            words.add(new LineInWords(exploration).destinationAlone());
        } else {
            words.add("Click a line, a token or a cell to see what it means.");
        }
        if (destination) {
            showNext(exploration);
        }
    }

    /**
     * What a line adds to the logits.
     *
     * @param change of each token's, over the mean, [V]
     * @param common of all tokens' on average
     */
    private record LineEffect(Vector change, double common) {}

    private void showLine(Exploration exploration, ShownHead head) {
        int t = exploration.state().destination();
        int s = exploration.state().source();
        Run run = exploration.computed();
        LogitEffect effects = exploration.logitEffect();
        LineEffect line = exploration.ofRun(
                "effect of a line",
                List.of(head.name(), t, s),
                computed -> new LineEffect(Vector.of(head.logitRow(effects, t, s)), head.commonLogit(effects, t, s)));
        Vector change = line.change();
        words.add(new LineInWords(exploration).line(head, change));
        List<Row> raised = rows(exploration, change.largest(RAISED));
        List<Row> lowered = rows(exploration, change.smallest(LOWERED));
        Ranking ranked = new Ranking(
                exploration.model().name() + " " + head.name() + " " + t + " to " + s,
                "",
                Quantity.LOGIT_OVER_MEAN.label(),
                Quantity.LOGIT_OVER_MEAN.label(),
                raised,
                lowered,
                change.size(),
                "",
                "");
        effect.show(ranked);
        effect.setPython(exploration.python(shown -> InspectorPython.line(shown, head.heads(), t, s, ranked)));
        int target = effects.target(t);
        Div logit = new Div(
                term(Quantity.LOGIT_OVER_MEAN),
                new Text(" of “" + TokenText.of(exploration.piece(target).label()) + "” "
                        + Figures.signed(change.get(target)) + " ("),
                term(Quantity.LOGIT),
                new Text(" " + Figures.signed(change.get(target) + line.common()) + ")"));
        figures.removeAll();
        switch (head) {
            case ShownHead.One(HeadId id) -> {
                figures.add(String.format(
                        Locale.ROOT, "weight %.5f, ", run.pattern(id).get(t, s)));
                figures.add(term(Quantity.SCORE));
                figures.add(" " + ModelKind.score(run.config(), id.layer()) + " "
                        + Figures.fixed(run.scores(id).get(t, s), 4) + " ");
                figures.add(origin);
            }
            case ShownHead.Virtual virtual ->
                figures.add(String.format(
                        Locale.ROOT,
                        "weight %.5f, of which %.5f by the strongest way",
                        exploration.pattern(virtual).get(t, s),
                        virtual.strongestWay(exploration, t, s).weight()));
        }
        figures.add(logit);
        if (head instanceof ShownHead.One(HeadId id)) {
            figures.add(known(exploration, id));
        }
    }

    /** What the head is known for, and where all that is known of it stands. */
    private Div known(Exploration exploration, HeadId id) {
        Div known = new Div();
        DetectorScores scores = exploration.scores().get(id);
        if (scores != null) {
            HeadLabel label = HeadLabel.strongest(scores);
            known.add(
                    new Term(label.kind().title(), label.kind().title()),
                    new Text(" score " + Figures.fixed(label.score(), 2) + " "));
            if (annotating != null) {
                annotating
                        .claimThis(new Measure.Score(id, Detector.of(label.kind())), label.score())
                        .ifPresent(button -> known.add(button, new Text(" · ")));
            } else {
                known.add(" · ");
            }
        }
        known.add(new Anchor(HeadAddress.of(exploration.model().name(), id), "all about " + id));
        return known;
    }

    private static Term term(Quantity quantity) {
        return new Term(quantity.label(), quantity.label());
    }

    private void showNext(Exploration exploration) {
        int t = exploration.state().destination();
        nextHeading.removeAll();
        nextHeading.add(LineInWords.text("Next token after "), LineInWords.token(exploration, t));
        List<Guess> guesses =
                exploration.guesses(Prediction.at(exploration.computed(), t).likeliest(GUESSES));
        boolean known = t + 1 < exploration.prompt().tokens().length;
        List<Row> rows = guesses.stream()
                .map(guess -> new Row(
                        guess.label(),
                        guess.id(),
                        guess.p(),
                        null,
                        known && exploration.prompt().tokens()[t + 1] == guess.id()))
                .toList();
        Ranking ranked = new Ranking(
                exploration.model().name() + " next after " + t,
                "",
                "token",
                Quantity.PROBABILITY.label(),
                rows,
                List.of(),
                exploration.model().config().dVocab(),
                "",
                "");
        next.show(ranked);
        next.setPython(exploration.python(run -> InspectorPython.next(run, t, ranked)));
    }

    private static List<Row> rows(Exploration exploration, List<TopK.Entry> entries) {
        return entries.stream()
                .map(entry ->
                        new Row(exploration.piece(entry.index()).label(), entry.index(), entry.value(), null, false))
                .toList();
    }
}
