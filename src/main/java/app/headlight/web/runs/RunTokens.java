package app.headlight.web.runs;

import app.headlight.web.component.TokenStrip;
import app.headlight.web.component.TokenStrip.Token;
import app.headlight.web.component.TokenStrip.Tokens;
import app.headlight.web.explore.shown.Selection;
import app.headlight.web.explore.shown.StateChange;
import app.headlight.web.panels.Panel;

/** The tokens of a run, of which nothing is known that a model would foresee. */
class RunTokens implements Panel<ShownRun> {

    private final TokenStrip strip = new TokenStrip();

    RunTokens(StateChange change) {
        strip.setId("token-strip");
        strip.addTokenSelectListener(event -> change.to(state -> event.asSource()
                ? state.withLine(state.destination(), event.index())
                : Selection.destination(state, event.index())));
    }

    @Override
    public TokenStrip component() {
        return strip;
    }

    @Override
    public void show(ShownRun shown) {
        strip.show(shown.key(), () -> tokens(shown));
        strip.select(shown.state().destination(), shown.state().source());
    }

    private static Tokens tokens(ShownRun shown) {
        return Tokens.alone(shown.labels().stream()
                .map(token -> new Token(token.id(), token.label(), "text"))
                .toList());
    }
}
