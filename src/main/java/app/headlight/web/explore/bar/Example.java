package app.headlight.web.explore.bar;

import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.text.Piece;
import app.headlight.services.models.OpenModel;
import app.headlight.services.models.Prompt;
import app.headlight.web.view.ViewState;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A sentence to begin with.
 *
 * @param title how the menu names it
 * @param shows what there is to see in it
 */
public record Example(String title, String text, String shows) {

    private static final String MARY = "When Mary and John went to the store, John gave a bag to Mary";
    private static final String PARIS = "Paris traveled to Paris, France and stayed in a Hilton";

    private static final List<Example> SENTENCES = List.of(
            new Example(
                    ViewState.FIRST_SENTENCE,
                    ViewState.FIRST_SENTENCE,
                    "A name comes again: an induction head finds what followed it."),
            new Example(PARIS, PARIS, "The same word with and without a space before it: two tokens, one city."),
            new Example(
                    "Mr and Mrs Dursley … Mr Dursley",
                    "Mr and Mrs Dursley, of number four, were proud to say that they were perfectly normal. Mr Dursley",
                    "The paper's sentence: a name of several tokens is copied from far back."),
            new Example(
                    "Random words, said twice",
                    "river seven candle bright horse under stone music river seven candle bright horse under stone music",
                    "No grammar helps here: what is predicted the second time is induction alone."),
            new Example(MARY, MARY, "Two names: which of them does the model expect, and which head says so?"),
            new Example(
                    "The cat sat on the mat. The cat …",
                    "The cat sat on the mat. The cat sat on the",
                    "A sentence said twice, all in common words: bigrams and induction agree."),
            new Example(
                    "Once upon a time",
                    "Once upon a time there was a little girl who lived in the wood",
                    "A set phrase: the previous token is often all that is needed."));

    /** How many ids an example of ids repeats, and how far apart they are. */
    private static final int IDS = 6;

    private static final int STRIDE = 7;

    /** The sentences that a model can read; where it reads none, some of its own tokens said twice, if it reads those. */
    static List<Example> of(OpenModel model) {
        List<Example> readable = SENTENCES.stream()
                .filter(example -> isReadable(model, example.text()))
                .toList();
        if (!readable.isEmpty()) {
            return readable;
        }
        Example own = ofTokens(model);
        return isReadable(model, own.text()) ? List.of(own) : List.of();
    }

    /** The one to begin with: without unknown tokens where there is such a one, ending in a token that came before. */
    public static Example first(OpenModel model) {
        return of(model).stream()
                .min(Comparator.comparingLong((Example example) -> unknown(model.prompt(example.text())))
                        .thenComparing(example -> !endsInARepetition(model.prompt(example.text()))))
                .orElse(new Example("", "", ""));
    }

    private static boolean endsInARepetition(Prompt prompt) {
        int[] tokens = prompt.tokens();
        return tokens.length > 0
                && Arrays.stream(tokens, 0, tokens.length - 1).anyMatch(token -> token == tokens[tokens.length - 1]);
    }

    /** Whether a model knows at least half of the tokens of a text. */
    public static boolean isReadable(OpenModel model, String text) {
        try {
            Prompt prompt = model.prompt(text);
            return prompt.unknown().isEmpty() && 2 * unknown(prompt) <= prompt.tokens().length;
        } catch (Refusal unreadable) {
            return false;
        }
    }

    public static long unknown(Prompt prompt) {
        return prompt.pieces().stream()
                .filter(piece -> piece.kind() == Piece.Kind.UNKNOWN)
                .count();
    }

    private static Example ofTokens(OpenModel model) {
        int vocabulary = Math.min(model.config().dVocab(), model.tokenizer().vocabularySize());
        int[] tokens = IntStream.range(0, 2 * IDS)
                .map(i -> (3 + i % IDS * STRIDE) % vocabulary)
                .toArray();
        String text = model.tokenizer().decode(tokens);
        return new Example(text, text, "Tokens said twice: the second time, an induction head knows what comes.");
    }
}
