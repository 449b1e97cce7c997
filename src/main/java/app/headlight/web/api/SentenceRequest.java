package app.headlight.web.api;

import app.headlight.engine.refusal.Refusal;
import app.headlight.engine.text.Piece;
import app.headlight.services.models.OpenModel;
import app.headlight.services.models.Prompt;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A sentence in a request: a text, or tokens. */
record SentenceRequest(@Nullable String text, int @Nullable [] tokens) {

    /** The tokens to run on; a request that is too long is refused rather than cut. */
    Prompt prompt(OpenModel model) {
        if ((text == null) == (tokens == null)) {
            throw bad("Give either “text” or “tokens”.");
        }
        Prompt prompt;
        try {
            prompt = text == null ? ofTokens(model, tokens) : model.prompt(text);
        } catch (Refusal unreadable) {
            throw bad(unreadable.getMessage());
        }
        if (prompt.isEmpty()) {
            throw bad("There is no token to run on: the text is empty.");
        }
        if (!prompt.unknown().isEmpty()) {
            throw bad(prompt.unknownTo(model));
        }
        if (prompt.isCut()) {
            throw bad("There are " + prompt.given() + " tokens; " + model.name() + " takes "
                    + model.config().nCtx() + " at most.");
        }
        return prompt;
    }

    private static Prompt ofTokens(OpenModel model, int[] tokens) {
        for (int token : tokens) {
            if (token < 0 || token >= model.config().dVocab()) {
                throw new Refusal("There is no token " + token + "; the vocabulary of " + model.name()
                        + " has ids 0 to " + (model.config().dVocab() - 1) + ".");
            }
        }
        int[] kept =
                Arrays.copyOf(tokens, Math.min(tokens.length, model.config().nCtx()));
        List<Piece> pieces =
                Arrays.stream(kept).mapToObj(model.tokenizer()::piece).toList();
        return new Prompt(kept, pieces, "", tokens.length, List.of());
    }

    private static Problem bad(String detail) {
        return Problem.bad("Cannot be run", detail);
    }
}
