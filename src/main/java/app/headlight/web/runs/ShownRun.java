package app.headlight.web.runs;

import app.headlight.engine.circuits.DetectorScores;
import app.headlight.engine.tensor.Matrix;
import app.headlight.engine.tensor.Vector;
import app.headlight.engine.text.Piece;
import app.headlight.engine.transformer.HeadId;
import app.headlight.engine.transformer.RecordedRun;
import app.headlight.engine.transformer.Site;
import app.headlight.engine.transformer.Site.Kind;
import app.headlight.services.runs.Runs;
import app.headlight.services.runs.StoredRun;
import app.headlight.web.component.TokenLabel;
import app.headlight.web.view.ViewState;
import app.headlight.web.words.TokenText;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * A run of another model as its page shows it.
 *
 * @param scores what its heads attend to on its own tokens
 * @param state fitted to it: at least one head is selected
 * @param notices what had to be changed, and why
 * @param runs where more is measured
 */
public record ShownRun(
        StoredRun stored,
        RecordedRun run,
        Map<HeadId, DetectorScores> scores,
        ViewState state,
        List<String> notices,
        Runs runs) {

    public ShownRun {
        notices = List.copyOf(notices);
    }

    /** What every picture depends on. */
    List<Object> key() {
        return List.of(stored.id(), stored.hash());
    }

    /**
     * Something of this run, measured once whoever asks.
     *
     * @param how all that it depends on beside the run
     */
    <V> V measured(String what, List<?> how, Supplier<V> work) {
        return runs.measured(stored, what, how, work);
    }

    /** The head that is shown first. */
    HeadId head() {
        return state.heads().getFirst();
    }

    /** Whether it is known how large what heads move is, as far as their values tell it. */
    boolean hasValues() {
        return hasValues(run);
    }

    static boolean hasValues(RecordedRun run) {
        return run.heads().stream()
                .allMatch(head -> run.norms(Site.of(Kind.V, head)).isPresent());
    }

    /** A head's pattern, each source times the length of its value, [T, T]; only where values are known. */
    Matrix valued(HeadId head) {
        return run.pattern(head).transpose().scaledRows(values(head).toArray()).transpose();
    }

    /** The lengths of a head's values, [T]; only where they are known. */
    Vector values(HeadId head) {
        return run.norms(Site.of(Kind.V, head)).orElseThrow();
    }

    boolean hasDestination() {
        return state.destination() >= 0;
    }

    boolean hasLine() {
        return hasDestination() && state.source() >= 0;
    }

    String label(int position) {
        return Piece.visible(run.tokens().get(position));
    }

    /** {@code ·the (11)}. */
    public String placed(int position) {
        return TokenText.of(label(position)) + " (" + position + ")";
    }

    /** Their ids where these are known, so that tokens that look alike are told apart. */
    public List<TokenLabel> labels() {
        Optional<int[]> ids = run.givenIds();
        return IntStream.range(0, run.length())
                .mapToObj(
                        at -> new TokenLabel(label(at), ids.map(all -> all[at]).orElse(null)))
                .toList();
    }
}
