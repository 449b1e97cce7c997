package app.headlight.web.api;

import app.headlight.engine.refusal.Refusal;
import app.headlight.services.edits.AskedEdit;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** One edit of a run, as it is asked for and answered ({@code docs/maths.md}, "Interventions"). */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(requiredProperties = {"site", "do"})
record EditRequest(
        @Schema(
                description = "Which activation: embed, pos_embed, resid_pre, resid_mid, resid_post, q, k, v, scores,"
                        + " pattern, z, result (also head or head_out), attn_out, mlp_in, mlp_pre, mlp_post, mlp_out"
                        + " (also mlp), final_norm; or TransformerLens's name of its hook. q and k are those before"
                        + " any rotation, scores those after cap and mask.",
                example = "result")
        @Nullable
        String site,

        @Schema(
                description = "The head, of a site that each head has; or give the layer for all of its heads.",
                example = "L0H1",
                pattern = FindingsController.HEAD)
        @Nullable
        String head,

        @Schema(description = "The layer, of a site that each layer has, counted from 0.", minimum = "0") @Nullable
        Integer layer,

        @Schema(description = "The only position that is edited, counted from 0; without it all are.", minimum = "0")
        @Nullable
        Integer position,

        @Schema(description = "The only row of a pattern, or of scores, that is edited.", minimum = "0") @Nullable
        Integer destination,

        @Schema(description = "The entry of that row that is cut or set; not after the destination.", minimum = "0")
        @Nullable
        Integer source,

        @Schema(
                description = "What is done: zero; mean (over); patch (from); add (vector, or a direction of length 1,"
                        + " times factor); remove (direction); scale (by); set (row; or a value at destination and"
                        + " source); cut (one entry of a pattern to 0, renormalise); freeze (a pattern, from).",
                example = "zero")
        @JsonProperty("do")
        @Nullable
        String done,

        @Schema(
                description = "What the mean is taken over: \"positions\", those of this sentence, or {\"tokens\":"
                        + " [[…], …]}, all positions of some sentences.",
                implementation = Object.class)
        @Nullable
        JsonNode over,

        @Schema(description = "The run, without edits, whose values are taken.") @Nullable
        From from,

        @Schema(description = "What is added, as long as the site is wide.") @Nullable
        List<Float> vector,

        @Schema(description = "A direction, as long as the site is wide; its own length does not matter.") @Nullable
        List<Float> direction,

        @Schema(description = "What the added vector or direction is multiplied by; 1 if it is not given.") @Nullable
        Float factor,

        @Schema(description = "What the value is multiplied by.") @Nullable
        Float by,

        @Schema(description = "The new value at each position that is edited.") @Nullable
        List<Float> row,

        @Schema(description = "The new value of one entry of a pattern or of scores.") @Nullable
        Float value,

        @Schema(description = "Whether the rest of the row is made to sum to 1 again after a cut; false if not given.")
        @Nullable
        Boolean renormalise) {

    EditRequest {
        vector = copy(vector);
        direction = copy(direction);
        row = copy(row);
    }

    /** Another run: a text or tokens, and the one position that is taken; null: the position that is edited. */
    record From(
            @Nullable String text,
            int @Nullable [] tokens,
            @Nullable Integer position,

            @Schema(
                    description =
                            "Whose part alone is taken, of q, k, v, mlp_in, or the resid_post of the last layer, which"
                                    + " the logits read: embed, a head or an MLP, such as L0H1; the rest of what is read is that"
                                    + " of the sentence's own run.",
                    example = "L0H1")
            @Nullable
            String writer) {}

    private static @Nullable List<Float> copy(@Nullable List<Float> numbers) {
        return numbers == null ? null : List.copyOf(numbers);
    }

    /** The same, with another name of the site. */
    EditRequest named(String hook) {
        return new EditRequest(
                hook,
                head,
                layer,
                position,
                destination,
                source,
                done,
                over,
                from,
                vector,
                direction,
                factor,
                by,
                row,
                value,
                renormalise);
    }

    /**
     * What is asked for, in the words that pages and addresses use too.
     *
     * @throws Refusal naming by its number an edit whose {@code over} or {@code from} has another form
     */
    static List<AskedEdit> read(List<EditRequest> requests) {
        List<AskedEdit> asked = new ArrayList<>();
        for (int i = 0; i < requests.size(); i++) {
            try {
                asked.add(requests.get(i).asked());
            } catch (Refusal wrong) {
                throw new Refusal("edits[" + i + "]: " + wrong.getMessage());
            }
        }
        return asked;
    }

    private AskedEdit asked() {
        return new AskedEdit(
                new AskedEdit.Where(site, head, layer, position, destination, source),
                done,
                new AskedEdit.Particulars(
                        over == null ? null : over(over),
                        from == null ? null : from(from),
                        vector,
                        direction,
                        factor,
                        by,
                        row,
                        value,
                        renormalise));
    }

    private static AskedEdit.Over over(JsonNode over) {
        if (over.isString() && over.asString().equals("positions")) {
            return AskedEdit.Over.POSITIONS;
        }
        if (!over.isObject() || over.size() != 1 || !over.path("tokens").isArray()) {
            throw new Refusal("“over” is " + over + "; expected \"positions\" or {\"tokens\": [[…], …]}");
        }
        return new AskedEdit.Over(
                over.path("tokens").valueStream().map(EditRequest::ids).toList());
    }

    private static List<Integer> ids(JsonNode sentence) {
        if (!sentence.isArray() || !sentence.valueStream().allMatch(JsonNode::isInt)) {
            throw new Refusal("“over” has " + sentence + " for a sentence; expected a list of token ids");
        }
        return sentence.valueStream().map(JsonNode::asInt).toList();
    }

    private static AskedEdit.From from(From from) {
        if (from.text() == null && from.tokens() == null) {
            throw new Refusal("Give either “text” or “tokens”.");
        }
        return new AskedEdit.From(from.text(), SentenceRequest.listed(from.tokens()), from.position(), from.writer());
    }
}
