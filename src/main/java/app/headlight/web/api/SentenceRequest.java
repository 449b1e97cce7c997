package app.headlight.web.api;

import app.headlight.engine.refusal.Refusal;
import app.headlight.services.models.OpenModel;
import app.headlight.services.models.Prompt;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A sentence in a request: a text, or tokens. */
record SentenceRequest(@Nullable String text, int @Nullable [] tokens) {

    /** The tokens to run on; a request that is too long is refused rather than cut. */
    Prompt prompt(OpenModel model) {
        try {
            return Prompt.whole(model, text, listed(tokens));
        } catch (Refusal unreadable) {
            throw Problem.bad("Cannot be run", unreadable.getMessage());
        }
    }

    static @Nullable List<Integer> listed(int @Nullable [] tokens) {
        return tokens == null ? null : Arrays.stream(tokens).boxed().toList();
    }
}
