package app.headlight.services.models;

import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.text.IdTokenizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds tokens of a model by the words that people write for them. */
public final class TokenNames {

    private static final int SHOWN = 30;

    private TokenNames() {}

    /**
     * The token that a word means: the word as it is, with {@code ·} for a space; otherwise with a space before it.
     *
     * @throws Refusal in words for people, if it is no single token
     */
    public static int id(OpenModel model, String written) {
        return find(model, written).orElseThrow(() -> unfit(model, written));
    }

    /**
     * Why a word is not one token: it is not in the vocabulary, although the tokenizer has it, or it is several tokens.
     */
    private static Refusal unfit(OpenModel model, String written) {
        if (!(model.tokenizer() instanceof IdTokenizer)) {
            try {
                model.encode(written.replace('·', ' ').strip());
            } catch (Refusal beyond) {
                return beyond;
            }
        }
        return new Refusal("“" + (written.length() <= SHOWN ? written : written.substring(0, SHOWN) + "…")
                + "” is not one token of this model.");
    }

    /** The same; empty if it is not a single token. */
    public static Optional<Integer> find(OpenModel model, String written) {
        return spellings(model, written).stream().findFirst();
    }

    /** The single tokens that a word could mean, in the order in which they are tried. */
    public static List<Integer> spellings(OpenModel model, String written) {
        String word = written.replace('·', ' ');
        List<Integer> found = new ArrayList<>();
        for (String candidate : new String[] {word, " " + word.strip(), word.strip()}) {
            if (!candidate.isEmpty()) {
                try {
                    int[] tokens = model.encode(candidate);
                    if (tokens.length == 1) {
                        found.add(tokens[0]);
                    }
                } catch (Refusal unreadable) {
                    // not as it is; perhaps in the next spelling
                }
            }
        }
        return found;
    }
}
