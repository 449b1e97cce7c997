package app.headlight.services.models;

import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.text.IdTokenizer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Writes tokens as a text that a model reads as exactly these tokens. */
public final class TextOfTokens {

    private TextOfTokens() {}

    /** @param tokens without a beginning-of-sequence token; empty if there is no such text */
    public static Optional<String> find(OpenModel model, int[] tokens) {
        String text = model.tokenizer() instanceof IdTokenizer
                ? Arrays.toString(tokens).replaceAll("[\\[\\],]", "")
                : model.tokenizer().decode(tokens).strip();
        for (String candidate : List.of(text, " " + text)) {
            try {
                if (Arrays.equals(model.encode(candidate), tokens)) {
                    return Optional.of(candidate);
                }
            } catch (Refusal unreadable) {
                // and so not this text
            }
        }
        return Optional.empty();
    }
}
