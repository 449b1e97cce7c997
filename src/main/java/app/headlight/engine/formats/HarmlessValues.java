package app.headlight.engine.formats;

import app.headlight.engine.transformer.Config;
import app.headlight.engine.transformer.Norm;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Knows which values of TransformerLens's fields change nothing in a model of some sizes; {@code null} counts as left
 * out.
 *
 * @param config the sizes
 * @param root the whole configuration
 */
record HarmlessValues(Config config, JsonNode root) {

    /** The relative difference of a number that was rounded to float32 or to decimals. */
    private static final double SAME = 1e-6;

    /** @return what would be read in place of a value that changes something; null if this value changes nothing */
    @Nullable
    String onlyRead(String field, JsonNode value) {
        if (value.isNull()) {
            return null;
        }
        return switch (field) {
            case "attn_scale" -> attentionScale(value);
            case "attn_scores_soft_cap", "output_logits_soft_cap" ->
                value.isNumber() && value.asDouble() <= 0 ? null : "no cap, -1.0,";
            case "scale_attn_by_inverse_layer_idx" -> isFalse(value) || config.nLayers() < 2 ? null : "false";
            case "use_local_attn" -> isFalse(value) || allGlobal() ? null : "false";
            case "n_key_value_heads" -> number(value, config.nHeads(), "the number of heads, " + config.nHeads() + ",");
            case "d_vocab_out" ->
                isNumber(value, -1) ? null : number(value, config.dVocab(), "d_vocab, " + config.dVocab() + ",");
            case "final_rms" -> isFalse(value) || config.norm() == Norm.NONE ? null : "false";
            default -> throw new IllegalStateException("there is no rule for the values of " + field);
        };
    }

    private @Nullable String attentionScale(JsonNode value) {
        double usual = Math.sqrt(config.dHead());
        boolean same = value.isNumber() && Math.abs(value.asDouble() - usual) <= SAME * usual;
        return same || isNumber(value, -1) ? null : "the square root of d_head, " + usual + ",";
    }

    private boolean allGlobal() {
        JsonNode types = root.path("attn_types");
        return types.isArray()
                && types.size() >= config.nLayers()
                && types.valueStream().allMatch(type -> "global".equals(type.asString("")));
    }

    private static @Nullable String number(JsonNode value, int wanted, String what) {
        return isNumber(value, wanted) ? null : what;
    }

    private static boolean isNumber(JsonNode value, double wanted) {
        return value.isNumber() && value.asDouble() == wanted;
    }

    private static boolean isFalse(JsonNode value) {
        return value.isBoolean() && !value.asBoolean();
    }
}
