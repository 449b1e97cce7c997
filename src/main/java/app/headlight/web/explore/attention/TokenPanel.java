package app.headlight.web.explore.attention;

import app.headlight.engine.residual.Prediction;
import app.headlight.engine.text.Piece;
import app.headlight.engine.transformer.Run;
import app.headlight.web.component.TokenStrip;
import app.headlight.web.component.TokenStrip.Guess;
import app.headlight.web.component.TokenStrip.Token;
import app.headlight.web.component.TokenStrip.Tokens;
import app.headlight.web.explore.shown.Exploration;
import app.headlight.web.explore.shown.Selection;
import app.headlight.web.explore.shown.StateChange;
import app.headlight.web.panels.Panel;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The sentence's tokens with what the model made of each. */
public class TokenPanel implements Panel<Exploration> {

    private static final int GUESSES = 5;

    private final TokenStrip strip = new TokenStrip();

    public TokenPanel(StateChange change) {
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
    public void show(Exploration exploration) {
        strip.show(
                exploration.sentenceKey(),
                () -> exploration.isEmpty()
                        ? tokens(exploration)
                        : exploration.ofRun(
                                "tokens",
                                List.of(exploration.prompt(), exploration.isDifference()),
                                run -> tokens(exploration)));
        strip.select(exploration.state().destination(), exploration.state().source());
    }

    private static Tokens tokens(Exploration exploration) {
        List<Token> tokens = exploration.prompt().pieces().stream()
                .map(piece -> new Token(piece.id(), piece.label(), kind(piece)))
                .toList();
        List<@Nullable Double> surprise = new ArrayList<>();
        List<@Nullable Integer> rank = new ArrayList<>();
        List<List<Guess>> next = new ArrayList<>();
        if (!tokens.isEmpty()) {
            surprise.add(null);
            rank.add(null);
        }
        double[] loss = tokens.isEmpty() ? new double[0] : loss(exploration);
        List<List<Double>> before = new ArrayList<>();
        for (int t = 0; t < tokens.size(); t++) {
            Run run = exploration.computed();
            Prediction prediction = Prediction.at(run, t);
            List<Guess> guesses = exploration.guesses(prediction.likeliest(GUESSES));
            next.add(guesses);
            if (!exploration.computed().edits().isEmpty()) {
                Prediction plain = Prediction.at(exploration.runsOfSentence().plain(), t);
                before.add(guesses.stream()
                        .map(guess -> plain.probability(guess.id()))
                        .toList());
            }
            if (t + 1 < tokens.size()) {
                surprise.add(loss[t]);
                rank.add(prediction.rank(exploration.prompt().tokens()[t + 1]));
            }
        }
        return new Tokens(
                tokens,
                surprise,
                rank,
                next,
                before,
                exploration.isDifference(),
                exploration.model().config().nCtx(),
                exploration.prompt().given(),
                exploration.prompt().continued());
    }

    /** Of positions 0 to T−2; of a difference, with edits minus without. */
    private static double[] loss(Exploration exploration) {
        double[] loss = exploration.computed().loss();
        if (exploration.isDifference()) {
            double[] plain = exploration.runsOfSentence().plain().loss();
            for (int t = 0; t < loss.length; t++) {
                loss[t] -= plain[t];
            }
        }
        return loss;
    }

    private static String kind(Piece piece) {
        return piece.kind().name().toLowerCase(Locale.ROOT);
    }
}
