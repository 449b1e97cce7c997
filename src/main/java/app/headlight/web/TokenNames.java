package app.headlight.web;

import app.headlight.library.OpenModel;
import app.headlight.text.IdTokenizer;
import java.util.Optional;

/** Tokens of a model by the words that people write for them. */
public final class TokenNames {

    private static final int SHOWN = 30;

    private TokenNames() {}

    /**
     * The token that a word means: the word as it stands, {@code ·} being a space; else with a space before it.
     *
     * @throws IllegalArgumentException in words for people, if it is no single token
     */
    public static int id(OpenModel model, String written) {
        return find(model, written).orElseThrow(() -> unfit(model, written));
    }

    /** Why a word is no token: that it is none of this vocabulary, where the tokenizer has it, or that it is several. */
    private static IllegalArgumentException unfit(OpenModel model, String written) {
        if (!(model.tokenizer() instanceof IdTokenizer)) {
            try {
                model.encode(written.replace('·', ' ').strip());
            } catch (IllegalArgumentException beyond) {
                return beyond;
            }
        }
        return new IllegalArgumentException(
                "“" + (written.length() <= SHOWN ? written : written.substring(0, SHOWN) + "…")
                        + "” is not one token of this model.");
    }

    /** Likewise; empty if it is no single token. */
    public static Optional<Integer> find(OpenModel model, String written) {
        String word = written.replace('·', ' ');
        for (String candidate : new String[] {word, " " + word.strip(), word.strip()}) {
            if (!candidate.isEmpty()) {
                try {
                    int[] tokens = model.encode(candidate);
                    if (tokens.length == 1) {
                        return Optional.of(tokens[0]);
                    }
                } catch (IllegalArgumentException unreadable) {
                    // not as it stands; perhaps in the next spelling
                }
            }
        }
        return Optional.empty();
    }
}
