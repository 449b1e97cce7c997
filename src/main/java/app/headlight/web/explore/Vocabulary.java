package app.headlight.web.explore;

import app.headlight.text.Encoding;

/** Tokens as users write them. */
final class Vocabulary {

    private Vocabulary() {}

    /**
     * The token that a word means: the word as it stands, {@code ·} being a space; else with a space before it.
     *
     * @throws IllegalArgumentException if it is no single token
     */
    static int token(Exploration exploration, String written) {
        String word = written.replace('·', ' ');
        for (String candidate : new String[] {word, " " + word.strip(), word.strip()}) {
            if (!candidate.isEmpty()) {
                Encoding encoding = exploration.model().tokenizer().encodeWithSlices(candidate);
                if (encoding.pieces().size() == 1) {
                    return encoding.pieces().getFirst().id();
                }
            }
        }
        throw new IllegalArgumentException("“" + Shorten.to(30, written) + "” is not one token of this model.");
    }
}
