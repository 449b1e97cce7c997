package app.headlight.web.state;

/**
 * What the tabs under the attention panel show.
 *
 * @param tab the open tab
 * @param token id of the token that the vocabulary table is about; {@link ViewState#NONE}: the selected line's
 * @param search text that the vocabulary table is searched for
 * @param side for the QK circuit, whether the token asks (destination) or is asked for (source)
 * @param term which part of the QK circuit the heatmap shows
 * @param singular index of the singular direction shown; {@link ViewState#NONE}: none
 * @param ask what is taken apart: the logit of a token, or of “a − b”, or “log p(a)”; empty: the next token's
 *     logit
 */
public record CircuitState(Tab tab, int token, String search, Side side, Term term, int singular, String ask) {

    public enum Tab {
        OV,
        QK,
        RESIDUAL,
        ATTRIBUTION,
        STEPS
    }

    public enum Side {
        DESTINATION,
        SOURCE
    }

    /** Token against token, the three other terms of a model with positions, or the scores of this sentence. */
    public enum Term {
        TOKEN_TOKEN,
        TOKEN_POSITION,
        POSITION_TOKEN,
        POSITION_POSITION,
        SCORES
    }

    public static final CircuitState FIRST =
            new CircuitState(Tab.OV, ViewState.NONE, "", Side.DESTINATION, Term.TOKEN_TOKEN, ViewState.NONE, "");

    public CircuitState withTab(Tab tab) {
        return new CircuitState(tab, token, search, side, term, ViewState.NONE, ask);
    }

    public CircuitState withToken(int token) {
        return new CircuitState(tab, token, search, side, term, singular, ask);
    }

    public CircuitState withSearch(String search) {
        return new CircuitState(tab, token, search, side, term, singular, ask);
    }

    public CircuitState withSide(Side side) {
        return new CircuitState(tab, ViewState.NONE, search, side, term, singular, ask);
    }

    public CircuitState withTerm(Term term) {
        return new CircuitState(tab, token, search, side, term, singular, ask);
    }

    public CircuitState withSingular(int singular) {
        return new CircuitState(tab, token, search, side, term, singular, ask);
    }

    public CircuitState withAsk(String ask) {
        return new CircuitState(tab, token, search, side, term, singular, ask);
    }

    CircuitState withoutSelection() {
        return new CircuitState(tab, ViewState.NONE, search, side, term, ViewState.NONE, "");
    }
}
