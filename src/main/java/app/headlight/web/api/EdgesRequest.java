package app.headlight.web.api;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The request about the edges between the parts of a model. */
@Schema(requiredProperties = {"clean", "corrupt"})
record EdgesRequest(
        @Nullable SentenceRequest clean,

        @Schema(description = "A sentence of as many tokens.") @Nullable
        SentenceRequest corrupt,

        @Schema(description = "The token whose logit counts for; needed by logit_diff.", minimum = "0") @Nullable
        Integer answer,

        @Schema(description = "The token whose logit counts against; needed by logit_diff.", minimum = "0") @Nullable
        Integer wrong,

        @Schema(description = "The position of the metric; the last one if it is not given.", minimum = "0") @Nullable
        Integer position,

        @Schema(
                description = "logit_diff: the answer's logit minus the wrong token's; kl: KL(clean ‖ run).",
                example = "logit_diff")
        @Nullable
        String metric,

        @Schema(
                description = "exact: each edge patched; eap: its estimate by the derivative at the clean run;"
                        + " eap-ig: by the mean of derivatives at five points between both sentences.",
                example = "exact")
        @Nullable
        String method,

        @Schema(description = "So many edges of the largest effects, instead of all.", minimum = "1") @Nullable
        Integer top,

        @Schema(
                description = "Which 10,000 edges, where there are more; as JSON the first ones if it is not given.",
                minimum = "0")
        @Nullable
        Integer page) {

    /** The same request of all pages. */
    EdgesRequest withoutPage() {
        return new EdgesRequest(clean, corrupt, answer, wrong, position, metric, method, top, null);
    }
}
