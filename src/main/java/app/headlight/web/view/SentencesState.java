package app.headlight.web.view;

import app.headlight.engine.circuits.HeadOverSentences.Asked;
import app.headlight.engine.circuits.HeadOverSentences.Quantity;
import app.headlight.engine.circuits.HeadOverSentences.Role;

/**
 * The state of the tab that shows a head over many sentences.
 *
 * @param from where the sentences come from
 * @param count how many; of one's own it has no meaning
 * @param turn which of all such sentences, from 1 on; likewise
 * @param own the sentences that a person wrote, one a line
 * @param asked what is measured in each
 */
public record SentencesState(From from, int count, int turn, String own, Asked asked) {

    /** Where sentences come from. */
    public enum From {
        /** A passage comes again. */
        INDUCTION,
        /** Of two names one comes again. */
        TWO_NAMES,
        /** A later year follows. */
        GREATER_THAN,
        /** The article fits the word that follows. */
        ARTICLE,
        /** The verb fits its subject. */
        NUMBER,
        /** The text that is stored with the model. */
        TEXT,
        /** As a person writes them. */
        OWN
    }

    public static final SentencesState FIRST =
            new SentencesState(From.INDUCTION, 16, 1, "", new Asked(Quantity.ATTENTION, Role.INDUCTION));

    public SentencesState withFrom(From from) {
        return new SentencesState(from, count, 1, own, asked);
    }

    public SentencesState withCount(int count) {
        return new SentencesState(from, count, turn, own, asked);
    }

    /** Other sentences of the same kind. */
    public SentencesState withOthers() {
        return new SentencesState(from, count, turn % 9999 + 1, own, asked);
    }

    /** The sentences that a person wrote. */
    public SentencesState withOwn(String own) {
        return new SentencesState(From.OWN, count, turn, own, asked);
    }

    public SentencesState withAsked(Asked asked) {
        return new SentencesState(from, count, turn, own, asked);
    }
}
