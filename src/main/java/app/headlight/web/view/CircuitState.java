package app.headlight.web.view;

/**
 * What the tabs under the attention panel show.
 *
 * @param tab the name of the open tab, which the catalogue of the page's panels has
 * @param token id of the token that the vocabulary table is about; {@link ViewState#NONE}: the selected line's
 * @param search text that the vocabulary table is searched for
 * @param side for the QK circuit, whether the token is the destination or the source
 * @param term which part of the QK circuit the heatmap shows
 * @param singular index of the singular direction shown; {@link ViewState#NONE}: none
 * @param ask what is split: the logit of a token, or of “a − b”, or “log p(a)”; empty: the next token's
 *     logit
 * @param through which part of the scores the QK circuit shows; only with {@link Term#SCORES} other than all
 * @param distance from source to destination, at which the QK circuit of a model with rotary positions is shown
 */
public record CircuitState(
        String tab,
        int token,
        String search,
        Side side,
        Term term,
        int singular,
        String ask,
        ReadThrough through,
        int distance) {

    /** The two sides of a circuit: destinations or sources. */
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

    /** The tab of the OV circuit. */
    public static final String OV = "ov";

    /** The tab of the QK circuit. */
    public static final String QK = "qk";

    /** The tab that patches one sentence into another. */
    public static final String PATCHING = "patching";

    public static final CircuitState FIRST = new CircuitState(
            OV, ViewState.NONE, "", Side.DESTINATION, Term.TOKEN_TOKEN, ViewState.NONE, "", ReadThrough.ALL, 0);

    public CircuitState withTab(String tab) {
        return new CircuitState(tab, token, search, side, term, ViewState.NONE, ask, through, distance);
    }

    public CircuitState withToken(int token) {
        return new CircuitState(tab, token, search, side, term, singular, ask, through, distance);
    }

    public CircuitState withSearch(String search) {
        return new CircuitState(tab, token, search, side, term, singular, ask, through, distance);
    }

    public CircuitState withSide(Side side) {
        return new CircuitState(tab, ViewState.NONE, search, side, term, singular, ask, through, distance);
    }

    /** Another part of the scores; the whole of it. */
    public CircuitState withTerm(Term term) {
        return new CircuitState(tab, token, search, side, term, singular, ask, ReadThrough.ALL, distance);
    }

    /** The scores of the sentence, or what writers bring to them. */
    public CircuitState withThrough(ReadThrough through) {
        return new CircuitState(tab, token, search, side, Term.SCORES, ViewState.NONE, ask, through, distance);
    }

    /** The whole of the scores. */
    CircuitState withoutThrough() {
        return through.isAll() ? this : withThrough(ReadThrough.ALL);
    }

    /** For a head of that layer, which may not read what is shown. */
    CircuitState forLayer(int layer) {
        return through.isAll() ? this : withThrough(through.in(layer));
    }

    public CircuitState withSingular(int singular) {
        return new CircuitState(tab, token, search, side, term, singular, ask, through, distance);
    }

    public CircuitState withAsk(String ask) {
        return new CircuitState(tab, token, search, side, term, singular, ask, through, distance);
    }

    public CircuitState withDistance(int distance) {
        return new CircuitState(tab, token, search, side, term, singular, ask, through, distance);
    }

    CircuitState withoutSelection() {
        return new CircuitState(tab, ViewState.NONE, search, side, term, ViewState.NONE, "", through, distance);
    }
}
