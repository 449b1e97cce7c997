package app.headlight.services.sentences;

import app.headlight.engine.circuits.HeadOverSentences;
import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.transformer.HeadId;
import app.headlight.services.lab.Measurement;
import app.headlight.services.models.OpenModel;
import app.headlight.services.search.CircuitSearch;
import java.util.List;
import java.util.Locale;

/** Asks the laboratory what a head does over many sentences, for REST and for pages. */
public final class OverSentences {

    private OverSentences() {}

    /**
     * What a head does in each sentence of a set.
     *
     * @throws Refusal if the model has no such head
     */
    public static Measurement<HeadOverSentences> of(OpenModel model, HeadId head, SentenceSet set) {
        model.transformer().head(head); // refused before anybody waits for it
        List<List<Integer>> tokens =
                set.sentences().stream().map(SentenceSet.Sentence::tokens).toList();
        return Measurement.slow(
                model.ref(),
                "a head over many sentences",
                List.of(head, tokens),
                progress -> HeadOverSentences.of(model.transformer(), head, set.tokens(), progress));
    }

    /** @throws Refusal if it takes longer than so many seconds, about */
    public static void checkTime(OpenModel model, SentenceSet set, double most) {
        double seconds = set.tokens().stream()
                        .mapToDouble(tokens -> HeadOverSentences.operations(model.config(), tokens.length))
                        .sum()
                / CircuitSearch.A_SECOND;
        if (seconds > most) {
            throw new Refusal(String.format(
                    Locale.ROOT,
                    "On this model %d sentences of this length take about %,.0f minutes; take fewer of them, or shorter"
                            + " ones.",
                    set.sentences().size(),
                    Math.ceil(seconds / 60)));
        }
    }
}
