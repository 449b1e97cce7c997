package app.headlight.web.api;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The request about a circuit of some edges. */
@Schema(requiredProperties = {"clean", "corrupt"})
record CircuitRequest(
        @Nullable SentenceRequest clean,

        @Schema(description = "A sentence of as many tokens.") @Nullable
        SentenceRequest corrupt,

        @Schema(description = "The token whose logit counts for; needed by logit_diff.", minimum = "0") @Nullable
        Integer answer,

        @Schema(description = "The token whose logit counts against; needed by logit_diff.", minimum = "0") @Nullable
        Integer wrong,

        @Schema(description = "The position of the metric; the last one if it is not given.", minimum = "0") @Nullable
        Integer position,

        @Schema(description = "logit_diff or kl, as for edges.", example = "logit_diff") @Nullable
        String metric,

        @Schema(description = "The edges of the circuit; all others read the corrupt run.") @Nullable
        List<String> keep,

        @Schema(description = "Or the edges that are not of the circuit.") @Nullable
        List<String> drop,

        @Schema(description = "Or so many edges of the largest effects, by a method.", minimum = "0") @Nullable
        Integer top,

        @Schema(description = "With top: exact, eap or eap-ig; with threshold: acdc.", example = "exact") @Nullable
        String method,

        @Schema(
                description = "With the method acdc: edges are dropped that move the metric by less.",
                exclusiveMinimum = true,
                minimum = "0")
        @Nullable
        Double threshold) {}
