package app.headlight.services.search;

import app.headlight.services.models.OpenModel;
import java.util.Optional;
import java.util.Random;

/**
 * Two sentences of as many tokens, made by a template from the words of a model's own vocabulary, after which it should
 * expect another token each.
 *
 * @param answer what should follow the clean one, as the token's label
 * @param wrong what its logit is compared with, likewise
 */
public record ReadyPair(String clean, String corrupt, String answer, String wrong) {

    /** How a pair is made. */
    public enum Template {
        /**
         * Some words of which the first come again: what followed them follows again. In the corrupt sentence the last of
         * them was another word the first time (Olsson et al. 2022, "In-context Learning and Induction Heads").
         */
        INDUCTION,
        /**
         * Two names, of which one comes again: the other is meant. In the corrupt sentence the other comes again (Wang et
         * al. 2022, "Interpretability in the Wild").
         */
        TWO_NAMES,
        /**
         * Something lasted from one year to another, which must be later. In the corrupt sentence it began in an earlier
         * year, so that the wrong token too is one that may follow (Hanna et al. 2023, "How does GPT-2 compute
         * greater-than?").
         */
        GREATER_THAN,
        /**
         * What grows on a tree is picked: the article fits its name. In the corrupt sentence it is another tree (Miller and
         * Neo 2023, "We Found An Neuron in GPT-2").
         */
        ARTICLE,
        /**
         * The verb fits its subject. In the corrupt sentence the subject is several in place of one, or the reverse
         * (Linzen, Dupoux and Goldberg 2016).
         */
        NUMBER
    }

    /** A pair; empty where the vocabulary has too few of the words. Equal seeds give equal pairs. */
    public static Optional<ReadyPair> of(OpenModel model, Template template, long seed) {
        Random random = new Random(seed);
        Vocabulary words = new Vocabulary(model);
        SentenceTemplates sentences = new SentenceTemplates(words, random);
        return switch (template) {
            case INDUCTION -> RepeatedPassage.of(words, random);
            case TWO_NAMES -> sentences.twoNames();
            case GREATER_THAN -> sentences.greaterThan();
            case ARTICLE -> sentences.article();
            case NUMBER -> sentences.number();
        };
    }
}
