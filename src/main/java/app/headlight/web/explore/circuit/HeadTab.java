package app.headlight.web.explore.circuit;

import app.headlight.web.component.Heatmap;
import app.headlight.web.component.RankedTokens;
import app.headlight.web.explore.shown.Exploration;
import app.headlight.web.explore.shown.HeadSpectra;
import app.headlight.web.explore.shown.StateChange;
import app.headlight.web.explore.shown.TabContent;
import app.headlight.web.page.LeftOut;
import app.headlight.web.view.CircuitState;
import app.headlight.web.view.ViewState;
import java.util.function.UnaryOperator;

/** One circuit of the selected head: among the sentence's tokens, over the whole vocabulary, and its spectra. */
abstract class HeadTab extends TabContent {

    final StateChange change;
    final Heatmap heatmap;
    final RankedTokens ranking;
    final HeadSpectra spectra;
    private final LeftOut leftOut = new LeftOut();

    public HeadTab(StateChange change) {
        this(change, new Heatmap(), new RankedTokens().searchable(), new HeadSpectra(change));
    }

    private HeadTab(StateChange change, Heatmap heatmap, RankedTokens ranking, HeadSpectra spectra) {
        super("hl-tab-circuit", heatmap, ranking, spectra.eigenvalues(), spectra.singular());
        this.change = change;
        this.heatmap = heatmap;
        this.ranking = ranking;
        this.spectra = spectra;
        addPicture(leftOut);
        ranking.addSearchListener(event -> circuit(state -> state.withSearch(event.query())));
        ranking.addTokenPickListener(event -> circuit(state -> state.withToken(event.id())));
    }

    /** Changes the tab's part of the state. */
    final void circuit(UnaryOperator<CircuitState> edit) {
        change.to(state -> state.withCircuit(edit.apply(state.circuit())));
    }

    @Override
    protected String missing(Exploration exploration) {
        return exploration.headId().isEmpty()
                ? "This model has no attention heads, so it has neither OV nor QK circuits; what it computes is the"
                        + " direct path, W_E W_U: see the predictions after each token above."
                : super.missing(exploration);
    }

    /** Says what circuits of weights leave out of this model. */
    final void showLeftOut(Exploration exploration) {
        leftOut.show(exploration.model().config());
    }

    /** The token that the vocabulary table is about: the picked one, or that of the selected line. */
    static int subject(Exploration exploration, boolean asSource) {
        int picked = exploration.state().circuit().token();
        if (picked != ViewState.NONE) {
            return picked;
        }
        int[] tokens = exploration.prompt().tokens();
        int position =
                asSource ? exploration.state().source() : exploration.state().destination();
        return tokens[position >= 0 ? position : tokens.length - 1];
    }
}
