package app.headlight.web.api;

import app.headlight.engine.circuits.EdgeTask.Measure;
import app.headlight.engine.circuits.PatchingMap.Metric;
import app.headlight.engine.refusal.Fields;
import app.headlight.engine.refusal.Refusal;
import app.headlight.services.models.OpenModel;
import app.headlight.services.search.PairSet;
import app.headlight.services.search.SearchTask;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The request for a map of patches: of one pair of sentences, or of several. */
@Schema(requiredProperties = {"site", "by"})
record PatchingRequest(
        @Nullable SentenceRequest clean,

        @Schema(description = "A sentence of as many tokens.") @Nullable
        SentenceRequest corrupt,

        @Schema(description = "The token whose logit counts for.", minimum = "0") @Nullable
        Integer answer,

        @Schema(description = "The token whose logit counts against.", minimum = "0") @Nullable
        Integer wrong,

        @Schema(description = "The position of those logits; the last one if it is not given.", minimum = "0") @Nullable
        Integer position,

        @Schema(
                description =
                        "Several pairs, in place of clean, corrupt, answer, wrong and position: means over them are"
                                + " answered.")
        @Nullable
        List<PairRequest> pairs,

        @Schema(
                description = "What is patched: resid_pre, resid_mid, resid_post, attn_out, mlp_in, mlp_pre,"
                        + " mlp_post or mlp_out by position; q, k, v, z, scores, pattern or head_out by head or"
                        + " head_position.",
                example = "resid_pre")
        @Nullable
        String site,

        @Schema(
                description = "The axes of the map: position, head or head_position; of a pattern the position is"
                        + " that of the destination.",
                example = "position")
        @Nullable
        String by,

        @Schema(
                description = "denoise: the corrupt run with one activation from the clean one, which is meant"
                        + " without it; noise: the reverse.",
                example = "denoise")
        @Nullable
        String direction) {

    /** One of several pairs. */
    @Schema(requiredProperties = {"clean", "corrupt", "answer", "wrong"})
    record PairRequest(
            @Nullable SentenceRequest clean,

            @Schema(description = "A sentence of as many tokens.") @Nullable
            SentenceRequest corrupt,

            @Schema(description = "The token whose logit counts for.", minimum = "0") @Nullable
            Integer answer,

            @Schema(description = "The token whose logit counts against.", minimum = "0") @Nullable
            Integer wrong,

            @Schema(description = "The position of those logits; the last one if it is not given.", minimum = "0")
            @Nullable
            Integer position) {

        private SearchTask task(OpenModel model) {
            int[] tokens = Fields.needed("clean", clean).prompt(model).tokens();
            return SearchTask.of(
                    tokens,
                    Fields.needed("corrupt", corrupt).prompt(model).tokens(),
                    new Metric(
                            position == null ? tokens.length - 1 : position,
                            Fields.needed("answer", answer),
                            Fields.needed("wrong", wrong)),
                    Measure.LOGIT_DIFF);
        }
    }

    /**
     * The pairs, as a model reads them.
     *
     * @throws Refusal naming what is missing, or given twice, of a pair of {@code pairs} with its index
     */
    List<SearchTask> tasks(OpenModel model) {
        if (pairs == null) {
            return List.of(new PairRequest(clean, corrupt, answer, wrong, position).task(model));
        }
        refuseBeside("clean", clean);
        refuseBeside("corrupt", corrupt);
        refuseBeside("answer", answer);
        refuseBeside("wrong", wrong);
        refuseBeside("position", position);
        if (pairs.isEmpty() || pairs.size() > PairSet.MOST) {
            throw Refusal.of("the number of “pairs”", pairs.size(), "1 to " + PairSet.MOST);
        }
        List<SearchTask> tasks = new ArrayList<>();
        for (PairRequest pair : pairs) {
            try {
                tasks.add(pair.task(model));
            } catch (Refusal unfit) {
                throw new Refusal("pairs[" + tasks.size() + "]: " + unfit.getMessage());
            } catch (Problem unreadable) {
                throw Problem.bad(
                        "Cannot be run",
                        "pairs[" + tasks.size() + "]: " + unreadable.getBody().getDetail());
            }
        }
        return tasks;
    }

    private static void refuseBeside(String field, @Nullable Object value) {
        if (value != null) {
            throw new Refusal("“" + field + "” is given beside “pairs”, each of which has its own");
        }
    }
}
