package app.headlight.web.explore.circuit;

import app.headlight.engine.transformer.HeadId;
import app.headlight.web.component.Heatmap;
import app.headlight.web.explore.shown.Exploration;
import app.headlight.web.python.CircuitPython;
import app.headlight.web.python.ScorePython;
import app.headlight.web.view.CircuitState.Term;
import app.headlight.web.view.ReadThrough;
import app.headlight.web.words.Quantity;
import org.jspecify.annotations.Nullable;

/** The program of the matrix of the QK circuit among the tokens of a sentence. */
final class QkInPython {

    private QkInPython() {}

    static @Nullable String of(Exploration exploration, Term term, CircuitPython.Circuit circuit) {
        HeadId head = exploration.headId().orElseThrow();
        ReadThrough through = exploration.state().circuit().through();
        Heatmap.Axis down =
                Heatmap.Axis.sentence("destination", exploration.prompt().pieces());
        Heatmap.Axis across =
                Heatmap.Axis.sentence("source", exploration.prompt().pieces());
        String figure = Quantity.SCORE.label();
        int[] tokens = exploration.prompt().tokens();
        double scale = exploration.model().config().scoreScale(head.layer());
        return switch (term) {
            case TOKEN_TOKEN -> CircuitPython.among(exploration.pythonModel(), circuit, tokens, down, across, figure);
            case SCORES ->
                exploration.python(
                        run -> ScorePython.between(run, head, through.query(), through.key(), down, across, figure));
            case TOKEN_POSITION, POSITION_TOKEN, POSITION_POSITION ->
                CircuitPython.positions(
                        exploration.pythonModel(),
                        head,
                        term != Term.TOKEN_POSITION,
                        term != Term.POSITION_TOKEN,
                        scale,
                        tokens,
                        down,
                        across,
                        figure);
        };
    }
}
