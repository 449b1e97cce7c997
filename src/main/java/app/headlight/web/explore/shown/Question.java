package app.headlight.web.explore.shown;

import app.headlight.engine.circuits.LogitDirection;
import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.residual.Prediction;
import app.headlight.engine.transformer.Run;
import app.headlight.web.explore.shown.Vocabulary.Asked;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What is asked of the logits at the selected destination.
 *
 * @param written as it stands in the field
 * @param offered what could be asked instead: the token that comes next, where one does, then the likeliest
 * @param trouble what could not be read; empty where all could
 */
public record Question(int destination, Asked asked, String written, List<String> offered, String trouble) {

    private static final int LIKELIEST = 5;

    /** Of an exploration with a destination. */
    public static Question of(Exploration exploration) {
        int destination = exploration.state().destination();
        List<String> offered = offered(exploration, destination);
        String wanted = exploration.state().circuit().ask();
        if (wanted.isEmpty()) {
            wanted = offered.getFirst();
        }
        try {
            return new Question(destination, Vocabulary.asked(exploration, wanted), wanted, offered, "");
        } catch (Refusal unreadable) {
            String usual = offered.getFirst();
            return new Question(
                    destination,
                    Vocabulary.asked(exploration, usual),
                    usual,
                    offered,
                    unreadable.getMessage() + " " + usual + " is shown.");
        }
    }

    public LogitDirection direction(Exploration exploration) {
        var model = exploration.model().transformer();
        return exploration.ofRun("direction", List.of(destination, asked), run -> switch (asked.quantity()) {
            case LOGIT_OVER_EXPECTED -> LogitDirection.logProbability(model, run, destination, asked.raised());
            case LOGIT_OVER_MEAN -> LogitDirection.overMean(model, run, destination, asked.raised());
            case LOGIT_DIFFERENCE ->
                LogitDirection.difference(model, run, destination, asked.raised(), asked.lowered());
            default -> LogitDirection.logit(model, run, destination, asked.raised());
        });
    }

    /** {@code Logit of ·Mary after ·to (7)}. */
    public String title(Exploration exploration) {
        String name = asked.name(exploration);
        String what = switch (asked.kind()) {
            case LOGIT -> "Logit of " + name;
            case OVER_MEAN ->
                "Logit over mean of " + exploration.piece(asked.raised()).label();
            case LOG_PROBABILITY -> "Direction of " + name;
        };
        return what + " after " + exploration.placed(destination);
    }

    private static List<String> offered(Exploration exploration, int destination) {
        List<String> offered = new ArrayList<>();
        if (destination + 1 < exploration.prompt().tokens().length) {
            offered.add(exploration.label(destination + 1));
        }
        // Those of the run without edits first, so that all runs are asked the same.
        Run plain = exploration.runsOfSentence().plain();
        Stream.of(plain, exploration.computed())
                .distinct()
                .flatMap(run -> Prediction.at(run, destination).likeliest(LIKELIEST).stream())
                .map(likely -> exploration.piece(likely.token()).label())
                .filter(label -> !offered.contains(label))
                .forEach(offered::add);
        return offered.stream().distinct().toList();
    }
}
