package app.headlight.web.explore.circuit;

import app.headlight.engine.circuits.QkCircuit;
import app.headlight.engine.circuits.SingularDirections;
import app.headlight.engine.tensor.Matrix;
import app.headlight.engine.tensor.Vector;
import app.headlight.engine.text.Piece;
import app.headlight.engine.transformer.HeadId;
import app.headlight.engine.transformer.Transformer;
import app.headlight.services.lab.Measurement;
import app.headlight.web.component.Float32;
import app.headlight.web.component.Heatmap;
import app.headlight.web.component.RankedTokens.Ranking;
import app.headlight.web.explore.shown.Exploration;
import app.headlight.web.explore.shown.HeadSpectra;
import app.headlight.web.explore.shown.StateChange;
import app.headlight.web.python.CircuitPython;
import app.headlight.web.view.CircuitState.Side;
import app.headlight.web.view.CircuitState.Term;
import app.headlight.web.view.ReadThrough;
import app.headlight.web.words.Quantity;
import app.headlight.web.words.TokenText;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.RangeInput;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.select.Select;
import java.util.List;

/** The QK circuit of the selected head: which token, as destination, looks for which, as source. */
public class QkTab extends HeadTab {

    private static final List<String> ENDS = List.of("destinations like", "look for", "not for");

    private final Select<Term> term = new Select<>();
    private final Select<Side> side = new Select<>();
    private final RangeInput distance = new RangeInput();
    private final Span told = new Span();
    private final Div at = new Div();
    private final ScorePartsPanel parts;

    public QkTab(StateChange change) {
        super(change);
        term.setAriaLabel("Part of the scores");
        term.setItemLabelGenerator(QkTab::label);
        term.addValueChangeListener(event -> {
            if (event.isFromClient()) {
                circuit(state -> state.withTerm(event.getValue()));
            }
        });
        side.setAriaLabel("Which side the token stands on");
        side.setItems(Side.values());
        side.setItemLabelGenerator(given -> given == Side.DESTINATION ? "looks for" : "is looked for by");
        side.addValueChangeListener(event -> {
            if (event.isFromClient()) {
                circuit(state -> state.withSide(event.getValue()));
            }
        });
        distance.setAriaLabel("Distance from source to destination");
        distance.setId("qk-distance");
        distance.setMin(0);
        distance.setStep(1.0);
        distance.addValueChangeListener(event -> {
            if (event.isFromClient()) {
                circuit(state -> state.withDistance(event.getValue().intValue()));
            }
        });
        at.addClassName("hl-distance");
        at.add(told, distance);
        heatmap.addControl(at);
        parts = new ScorePartsPanel(change);
        addPicture(parts);
        heatmap.addControl(term);
        ranking.addControl(side);
        heatmap.addCellSelectListener(event ->
                change.to(state -> state.withLine(event.row(), Math.min(event.row(), event.column()))));
    }

    @Override
    protected String missing(Exploration exploration) {
        return exploration.state().virtual().isEmpty()
                ? super.missing(exploration)
                : "A virtual head has no QK circuit: it looks where its heads look, one after another. Pick one of them"
                        + " to see its QK circuit.";
    }

    @Override
    protected Measurement<QkCircuit> before(Exploration exploration) {
        HeadId head = exploration.headId().orElseThrow();
        ReadThrough through = exploration.state().circuit().through();
        int distant = exploration.state().circuit().distance();
        Transformer model = exploration.model().transformer();
        return Measurement.slow(
                exploration.model().ref(),
                "QK circuit",
                List.of(head, through, distant),
                progress -> through.isAll()
                        ? QkCircuit.of(model, head, distant)
                        : QkCircuit.composed(model, head, through.queryHead(), through.keyHead()));
    }

    @Override
    protected void draw(Exploration exploration) {
        showLeftOut(exploration);
        HeadId head = exploration.headId().orElseThrow();
        ReadThrough through = exploration.state().circuit().through();
        int distant = exploration.state().circuit().distance();
        QkCircuit circuit = exploration.lab().get(before(exploration));
        Term shown = exploration.model().config().positions().isEmbedded()
                        || exploration.state().circuit().term() == Term.SCORES
                ? exploration.state().circuit().term()
                : Term.TOKEN_TOKEN;
        term.setItems(
                exploration.model().config().positions().isEmbedded()
                        ? List.of(Term.values())
                        : List.of(Term.TOKEN_TOKEN, Term.SCORES));
        term.setValue(shown);
        at.setVisible(exploration.model().config().rotary() != null && through.isAll() && shown == Term.TOKEN_TOKEN);
        told.setText("at distance " + distant);
        distance.setMax(exploration.model().config().nCtx() - 1);
        distance.setValue((double) distant);
        heatmap.show(
                List.of(exploration.sentenceKey(), head, shown, through, distant),
                () -> between(exploration, circuit, shown));
        heatmap.select(exploration.state().destination(), exploration.state().source());
        Side asked = exploration.state().circuit().side();
        side.setValue(asked);
        Ranking ranked = ranking(exploration, circuit, asked);
        ranking.show(ranked);
        spectra.showEigenvalues(
                exploration,
                head.toString(),
                ScoresInWords.circuit(through) + (distant == 0 ? "" : " at distance " + distant),
                through.isAll() ? "matches itself →" : "matches →",
                "matching",
                exploration.ofModel("QK spectrum", List.of(head, through, distant), model -> circuit.spectrum()));
        spectra.showDirections(
                exploration,
                head.toString(),
                "Singular values of " + ScoresInWords.weights(through),
                model -> SingularDirections.ofQk(
                        model, head, through.queryHead(), through.keyHead(), HeadSpectra.TOKENS),
                ENDS);
        CircuitPython.Circuit python = CircuitPython.Circuit.qk(
                head,
                through.queryHead(),
                through.keyHead(),
                through.isAll() ? distant : 0,
                exploration.model().config().scoreScale(head.layer()));
        spectra.setPython(
                exploration,
                python,
                "Singular values of " + ScoresInWords.weights(through) + " of " + head,
                CircuitPython.qkWeights(head, through.queryHead(), through.keyHead()));
        boolean asSource = asked == Side.SOURCE;
        ranking.setPython(CircuitPython.ranking(
                exploration.pythonModel(), python, subject(exploration, asSource), asSource, ranked));
        heatmap.setPython(QkInPython.of(exploration, shown, python));
        parts.setVisible(shown == Term.SCORES || !through.isAll());
        if (parts.isVisible()) {
            parts.show(exploration);
        }
    }

    private static Ranking ranking(Exploration exploration, QkCircuit circuit, Side side) {
        boolean asSource = side == Side.SOURCE;
        int subject = subject(exploration, asSource);
        String label = TokenText.of(exploration.piece(subject).label());
        ReadThrough through = exploration.state().circuit().through();
        HeadId moving = asSource ? through.queryHead() : through.keyHead();
        return new VocabularyRanking(exploration)
                .ranking(
                        label,
                        moving != null ? "moved by " + moving : asSource ? "destination" : "source",
                        exploration.ofModel(
                                "QK matches",
                                List.of(
                                        exploration.headId().orElseThrow(),
                                        through,
                                        subject,
                                        side,
                                        exploration.state().circuit().distance()),
                                model -> Vector.of(
                                        asSource ? circuit.destinationsOf(subject) : circuit.sourcesOf(subject))));
    }

    private static Heatmap.Cells between(Exploration exploration, QkCircuit circuit, Term term) {
        List<Piece> pieces = exploration.prompt().pieces();
        int[] tokens = exploration.prompt().tokens();
        HeadId head = exploration.headId().orElseThrow();
        ReadThrough through = exploration.state().circuit().through();
        boolean change = term == Term.SCORES && exploration.isDifference();
        Matrix values = exploration.ofRun(
                "QK between tokens",
                List.of(head, term, through, exploration.state().circuit().distance(), change),
                run -> (term == Term.SCORES
                                ? change
                                        ? scores(exploration.withEdits()).minus(scores(exploration.withoutEdits()))
                                        : scores(exploration)
                                : circuit.between(tokens, QkCircuit.Term.valueOf(term.name())))
                        .withAboveDiagonal(Float.NaN)); // no destination looks at what comes after it
        return new Heatmap.Cells(
                exploration.model().name() + " " + head + " QK "
                        + (through.isAll() ? label(term) : ScoresInWords.through(through)),
                (change ? "Change of: " : "") + (through.isAll() ? "QK circuit" : ScoresInWords.through(through)),
                Heatmap.Axis.sentence("destination", pieces),
                Heatmap.Axis.sentence("source", pieces),
                Float32.base64(values),
                "diverging",
                Quantity.SCORE.label());
    }

    private static Matrix scores(Exploration exploration) {
        ReadThrough through = exploration.state().circuit().through();
        return exploration.scoreParts(exploration.headId().orElseThrow()).between(through.query(), through.key());
    }

    private static String label(Term term) {
        return switch (term) {
            case TOKEN_TOKEN -> "token looks for token";
            case TOKEN_POSITION -> "token looks for position";
            case POSITION_TOKEN -> "position looks for token";
            case POSITION_POSITION -> "position looks for position";
            case SCORES -> "scores in this sentence";
        };
    }
}
