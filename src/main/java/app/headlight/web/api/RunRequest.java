package app.headlight.web.api;

import app.headlight.services.models.OpenModel;
import app.headlight.services.models.Prompt;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The request of a run.
 *
 * @param text or the tokens
 * @param edits in any order: they apply in the order of the forward pass; null: none
 */
record RunRequest(
        @Nullable String text,

        int @Nullable [] tokens,

        @Schema(
                description =
                        "What is changed in the run; each edit applies where its site stands in the forward pass.")
        @Nullable
        List<EditRequest> edits) {

    RunRequest {
        edits = edits == null ? null : List.copyOf(edits);
    }

    Prompt prompt(OpenModel model) {
        return new SentenceRequest(text, tokens).prompt(model);
    }

    List<EditRequest> asked() {
        return edits == null ? List.of() : edits;
    }
}
