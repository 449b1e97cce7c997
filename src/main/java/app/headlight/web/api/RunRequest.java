package app.headlight.web.api;

import app.headlight.engine.refusal.Refusal;
import app.headlight.services.edits.EditList;
import app.headlight.services.lab.Laboratory;
import app.headlight.services.models.OpenModel;
import app.headlight.services.models.Prompt;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
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

    /** @throws Problem naming an edit that cannot be made */
    EditList edits(Laboratory lab, OpenModel model, int[] tokens) {
        try {
            return EditList.of(lab, model, tokens, EditRequest.read(asked()));
        } catch (Refusal refused) {
            throw Problem.bad("Cannot be run", refused.getMessage());
        }
    }

    /** The edits as they were asked for, with TransformerLens's names of the sites. */
    List<EditRequest> named(EditList read) {
        return IntStream.range(0, asked().size())
                .mapToObj(i -> asked().get(i)
                        .named(Objects.requireNonNull(
                                read.asked().get(i).where().site())))
                .toList();
    }
}
